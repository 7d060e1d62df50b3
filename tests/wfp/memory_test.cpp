// The fake without memory: if any allocation of a call fails, the call reports it and changes nothing.
#include <pthread.h>

#include <functional>

#include "memory_limit.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::ElementsAre;

class NoMemory : public WfpTest {};

/// Makes a call with memory for no allocation, for one, for two …, until it succeeds without a failed allocation. Each
/// time the call must fail with ERROR_NOT_ENOUGH_MEMORY and change nothing, or succeed (only its log entry is missing);
/// `undo` reverts a call that succeeds. Returns the number of calls that failed.
int run_out(const std::function<DWORD()>& call, const std::function<void()>& undo = [] {}) {
  int failures = 0;
  const std::string before = to_string(report());
  for (int allowed = 0;; ++allowed) {
    bool reached = false;
    DWORD code = 0;
    {
      const MemoryLimit limit(allowed);
      code = call();
      reached = limit.was_reached();
    }
    if (code == ERROR_SUCCESS) {
      undo();
    } else {
      EXPECT_TRUE(reached);
      EXPECT_EQ(code, ERROR_NOT_ENOUGH_MEMORY);
      ++failures;
    }
    EXPECT_EQ(to_string(report()), before) << "with " << allowed << " allocations";
    if (!reached || testing::Test::HasFailure()) return failures;
  }
}

TEST_F(NoMemory, OpenMakesNoSession) {
  HANDLE handle = nullptr;
  const auto open = [&] {
    const DWORD code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle);
    EXPECT_EQ(handle != nullptr, code == ERROR_SUCCESS);
    return code;
  };
  EXPECT_GE(run_out(open,
                    [&] {
                      EXPECT_EQ(FwpmEngineClose0(handle), ERROR_SUCCESS);
                      handle = nullptr;
                    }),
            2);
}

TEST_F(NoMemory, CloseClosesNothing) {
  HANDLE session = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session), ERROR_SUCCESS);
  (void)enumeration(session);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  const auto callback = [](void*, const FWPM_NET_EVENT1*) {};
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &events), ERROR_SUCCESS);
  int failures = 0;
  for (int allowed = 0;; ++allowed) {
    const MemoryLimit limit(allowed);
    const DWORD code = FwpmEngineClose0(session);
    if (code == ERROR_SUCCESS) break;
    EXPECT_EQ(code, ERROR_NOT_ENOUGH_MEMORY);
    ++failures;
  }
  EXPECT_GE(failures, 3);
  EXPECT_TRUE(report().clean()) << to_string(report());
}

TEST_F(NoMemory, AnEnumerationIsNotMadeAndKeepsItsPosition) {
  const Session session;
  feed(v4_tunnel(1));
  feed(v4_tunnel(2));
  FWPM_FILTER_CONDITION0 condition{};
  condition.fieldKey = FWPM_CONDITION_IP_PROTOCOL;
  condition.conditionValue.type = FWP_UINT8;
  condition.conditionValue.uint8 = 17;
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
  enum_template.numFilterConditions = 1;
  enum_template.filterCondition = &condition;
  HANDLE handle = nullptr;
  EXPECT_GE(run_out([&] { return FwpmNetEventCreateEnumHandle0(session, &enum_template, &handle); },
                    [&] { EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session, handle), ERROR_SUCCESS); }),
            4);

  handle = enumeration(session);
  FWPM_NET_EVENT0** entries = nullptr;
  UINT32 count = 7;
  for (const std::uint64_t id : {1u, 2u}) {
    int failures = 0;
    for (int allowed = 0; entries == nullptr; ++allowed) {
      const MemoryLimit limit(allowed);
      const DWORD code = FwpmNetEventEnum0(session, handle, 1, &entries, &count);
      if (code != ERROR_SUCCESS) {
        EXPECT_EQ(code, ERROR_NOT_ENOUGH_MEMORY);
        EXPECT_EQ(entries, nullptr);
        ++failures;
      }
    }
    EXPECT_GE(failures, 2);
    ASSERT_EQ(count, 1u);
    EXPECT_EQ(entries[0]->ikeQmFailure->qmFilterId, id);
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  }
}

TEST_F(NoMemory, OptionsAndSubscriptionsAreNotReturned) {
  const Session session;
  FWP_VALUE0* value = nullptr;
  EXPECT_GE(run_out([&] { return FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value); },
                    [&] { FwpmFreeMemory0(reinterpret_cast<void**>(&value)); }),
            2);
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&enum_template, 0, {}};
  HANDLE events = nullptr;
  const auto callback = [](void*, const FWPM_NET_EVENT1*) {};
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &events), ERROR_SUCCESS);
  FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
  UINT32 count = 0;
  const auto get = [&] {
    const DWORD code = FwpmNetEventSubscriptionsGet0(session, &entries, &count);
    EXPECT_EQ(entries != nullptr, code == ERROR_SUCCESS);
    return code;
  };
  EXPECT_GE(run_out(get, [&] { FwpmFreeMemory0(reinterpret_cast<void**>(&entries)); }), 4);
}

TEST_F(NoMemory, NeitherASubscriptionNorItsThreadIsMade) {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  const auto callback = [](void*, const FWPM_NET_EVENT1*) {};
  const auto subscribe = [&] { return FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &events); };
  EXPECT_GE(run_out(subscribe, [&] { EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS); }), 4);

  // The system does not start a thread.
  pthread_attr_t usual;
  ASSERT_EQ(pthread_getattr_default_np(&usual), 0);
  pthread_attr_t greedy;
  pthread_attr_init(&greedy);
  pthread_attr_setstacksize(&greedy, std::size_t{1} << 50);
  ASSERT_EQ(pthread_setattr_default_np(&greedy), 0);
  EXPECT_EQ(subscribe(), ERROR_NOT_ENOUGH_MEMORY);
  EXPECT_EQ(pthread_setattr_default_np(&usual), 0);
  EXPECT_EQ(subscribe(), ERROR_SUCCESS);
  pthread_attr_destroy(&greedy);
  pthread_attr_destroy(&usual);
}

TEST_F(NoMemory, AnEventThatFindsNoMemoryIsNotDelivered) {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  std::vector<std::uint64_t> heard;
  const auto callback = [](void* context, const FWPM_NET_EVENT1* event) {
    static_cast<std::vector<std::uint64_t>*>(context)->push_back(event->ikeQmFailure->qmFilterId);
  };
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, &heard, &events), ERROR_SUCCESS);
  {
    const NoMemoryElsewhere none;
    feed(transport_event(1), {Delivery::live});
    wait_delivered();
  }
  feed(transport_event(2), {Delivery::live});
  wait_delivered();
  EXPECT_THAT(heard, ElementsAre(2));
  EXPECT_EQ(statistics().delivered, 1u);
}

TEST_F(NoMemory, FreeStillFrees) {
  const Session session;
  feed(transport_event());
  FWPM_NET_EVENT0** entries = nullptr;
  UINT32 count = 0;
  ASSERT_EQ(FwpmNetEventEnum0(session, enumeration(session), 1, &entries, &count), ERROR_SUCCESS);
  EXPECT_EQ(report().leaks.size(), 3u);
  {
    const MemoryLimit limit(0);
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
    EXPECT_TRUE(limit.was_reached());
  }
  EXPECT_EQ(entries, nullptr);
  EXPECT_EQ(report().leaks.size(), 2u);
}

TEST_F(NoMemory, AMisuseKeepsItsCode) {
  const Session session;
  const MemoryLimit limit(0);
  EXPECT_EQ(FwpmEngineClose0(nullptr), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, nullptr, nullptr), FWP_E_NULL_POINTER);
}

}  // namespace
}  // namespace qmforge::wfp
