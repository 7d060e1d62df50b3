// Causes every code that call_codes lists for a function.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <set>

#include "documented.h"
#include "memory_limit.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

/// The arguments of the calls: a session, its handles, and wrong arguments.
class Codes : public WfpTest {
 protected:
  void provoke(Function function, DWORD code, DWORD result) {
    EXPECT_EQ(result, code) << to_string(function);
    provoked_.insert({function, code});
  }
  /// The same without memory.
  void provoke_without_memory(Function function, const std::function<DWORD()>& call) {
    DWORD result = 0;
    {
      const MemoryLimit limit(0);
      result = call();
    }
    provoke(function, ERROR_NOT_ENOUGH_MEMORY, result);
  }
  /// Every code that a template can have, in a call that takes one.
  void provoke_by_templates(Function function, const std::function<DWORD(const FWPM_NET_EVENT_ENUM_TEMPLATE0*)>& call);
  template <unsigned n>
  void provoke_enum(Function function);
  template <class NetEvent, class Subscribe>
  void provoke_subscribe(Function function, Subscribe subscribe);
  void begin_transaction() { ASSERT_EQ(FwpmTransactionBegin0(session_, 0), ERROR_SUCCESS); }
  void end_transaction() { ASSERT_EQ(FwpmTransactionAbort0(session_), ERROR_SUCCESS); }

  static constexpr HANDLE none = nullptr;
  Session session_;
  Session other_session_;
  HANDLE enumeration_ = enumeration(session_);
  HANDLE out_ = nullptr;
  std::set<std::pair<Function, DWORD>> provoked_;
};

void Codes::provoke_by_templates(Function function,
                                 const std::function<DWORD(const FWPM_NET_EVENT_ENUM_TEMPLATE0*)>& call) {
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
  enum_template.startTime.dwLowDateTime = 1;
  provoke(function, FWP_E_INVALID_INTERVAL, call(&enum_template));
  enum_template = {};
  FWPM_FILTER_CONDITION0 conditions[2] = {};
  enum_template.numFilterConditions = 1;
  provoke(function, FWP_E_NULL_POINTER, call(&enum_template));
  enum_template.filterCondition = conditions;
  provoke(function, FWP_E_CONDITION_NOT_FOUND, call(&enum_template));
  FWPM_FILTER_CONDITION0& condition = conditions[0];
  condition.fieldKey = FWPM_CONDITION_IP_LOCAL_ADDRESS;
  provoke(function, FWP_E_TYPE_MISMATCH, call(&enum_template));
  FWP_V4_ADDR_AND_MASK mask{0, 0x00ff0000};
  condition.conditionValue.type = FWP_V4_ADDR_MASK;
  condition.conditionValue.v4AddrMask = &mask;
  provoke(function, FWP_E_INVALID_NET_MASK, call(&enum_template));
  mask.mask = 0xff000000;
  condition.matchType = FWP_MATCH_RANGE;
  provoke(function, FWP_E_MATCH_TYPE_MISMATCH, call(&enum_template));
  FWP_RANGE0 range{};
  range.valueLow.type = range.valueHigh.type = FWP_UINT32;
  range.valueLow.uint32 = 1;
  condition.conditionValue.type = FWP_RANGE_TYPE;
  condition.conditionValue.rangeValue = &range;
  provoke(function, FWP_E_INVALID_RANGE, call(&enum_template));
  range.valueHigh.uint32 = 1;
  conditions[1] = conditions[0];
  enum_template.numFilterConditions = 2;
  provoke(function, FWP_E_DUPLICATE_CONDITION, call(&enum_template));
}

template <unsigned n>
void Codes::provoke_enum(Function function) {
  constexpr auto call = Version<n>::enumerate;
  typename Version<n>::NetEvent** entries = nullptr;
  UINT32 count = 0;
  provoke(function, ERROR_INVALID_HANDLE, call(none, enumeration_, 1, &entries, &count));
  provoke(function, FWP_E_INVALID_ENUMERATOR, call(session_, session_, 1, &entries, &count));
  provoke(function, FWP_E_WRONG_SESSION, call(other_session_, enumeration_, 1, &entries, &count));
  provoke(function, FWP_E_NULL_POINTER, call(session_, enumeration_, 1, nullptr, &count));
  provoke_without_memory(function, [&] { return call(session_, enumeration_, 1, &entries, &count); });
  FWP_VALUE0 collect{};
  collect.type = FWP_UINT32;
  ASSERT_EQ(FwpmEngineSetOption0(session_, FWPM_ENGINE_COLLECT_NET_EVENTS, &collect), ERROR_SUCCESS);
  provoke(function, FWP_E_NET_EVENTS_DISABLED, call(session_, enumeration_, 1, &entries, &count));
  collect.uint32 = 1;
  ASSERT_EQ(FwpmEngineSetOption0(session_, FWPM_ENGINE_COLLECT_NET_EVENTS, &collect), ERROR_SUCCESS);
}

template <class NetEvent, class Subscribe>
void Codes::provoke_subscribe(Function function, Subscribe subscribe) {
  const auto callback = [](void*, const NetEvent*) {};
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  const auto call = [&](HANDLE session) { return subscribe(session, &subscription, callback, nullptr, &out_); };
  provoke(function, ERROR_INVALID_HANDLE, call(none));
  provoke_by_templates(function, [&](const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template) {
    FWPM_NET_EVENT_SUBSCRIPTION0 with_template{const_cast<FWPM_NET_EVENT_ENUM_TEMPLATE0*>(enum_template), 0, {}};
    return subscribe(session_, &with_template, callback, nullptr, &out_);
  });
  provoke_without_memory(function, [&] { return call(session_); });
  begin_transaction();
  provoke(function, FWP_E_TXN_IN_PROGRESS, call(session_));
  end_transaction();
}

TEST_F(Codes, EveryCodeOfTheTableIsReturned) {
  using F = Function;
  feed(transport_event());
  enumeration_ = enumeration(session_);

  const auto open = [&](const FWPM_SESSION0* session) {
    return FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, session, &out_);
  };
  FWPM_SESSION0 session{};
  provoke(F::engineOpen0, FWP_E_NULL_POINTER, FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, nullptr));
  provoke(F::engineOpen0, ERROR_NOT_SUPPORTED, FwpmEngineOpen0(u"there", RPC_C_AUTHN_WINNT, nullptr, nullptr, &out_));
  provoke(F::engineOpen0, RPC_S_UNKNOWN_AUTHN_SERVICE, FwpmEngineOpen0(nullptr, 1, nullptr, nullptr, &out_));
  session.flags = 2;
  provoke(F::engineOpen0, FWP_E_INVALID_FLAGS, open(&session));
  session.flags = 0;
  session.sessionKey.Data1 = 77;
  ASSERT_EQ(open(&session), ERROR_SUCCESS);
  const HANDLE third = out_;
  provoke(F::engineOpen0, FWP_E_ALREADY_EXISTS, open(&session));
  provoke_without_memory(F::engineOpen0, [&] { return open(nullptr); });

  struct Context {
    HANDLE session = nullptr;
    HANDLE events = nullptr;
    DWORD unsubscribed = 0;
    DWORD closed = 0;
  } context{third, nullptr, 0, 0};
  const auto callback = [](void* p, const FWPM_NET_EVENT1*) {
    auto& c = *static_cast<Context*>(p);
    c.unsubscribed = FwpmNetEventUnsubscribe0(c.session, c.events);
    c.closed = FwpmEngineClose0(c.session);
  };
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  ASSERT_EQ(FwpmNetEventSubscribe0(third, &subscription, callback, &context, &context.events), ERROR_SUCCESS);
  feed(transport_event(), {Delivery::live});
  wait_delivered();
  provoke(F::netEventUnsubscribe0, ERROR_POSSIBLE_DEADLOCK, context.unsubscribed);
  provoke(F::engineClose0, ERROR_POSSIBLE_DEADLOCK, context.closed);
  provoke(F::netEventUnsubscribe0, FWP_E_WRONG_SESSION, FwpmNetEventUnsubscribe0(session_, context.events));
  provoke(F::netEventUnsubscribe0, ERROR_INVALID_HANDLE, FwpmNetEventUnsubscribe0(third, third));
  provoke_without_memory(F::engineClose0, [&] { return FwpmEngineClose0(third); });
  FWPM_NET_EVENT_SUBSCRIPTION0** subscriptions = nullptr;
  UINT32 count = 0;
  provoke_without_memory(F::netEventSubscriptionsGet0,
                         [&] { return FwpmNetEventSubscriptionsGet0(session_, &subscriptions, &count); });
  ASSERT_EQ(FwpmEngineClose0(third), ERROR_SUCCESS);
  provoke(F::engineClose0, ERROR_INVALID_HANDLE, FwpmEngineClose0(third));
  provoke(F::netEventSubscriptionsGet0, ERROR_INVALID_HANDLE,
          FwpmNetEventSubscriptionsGet0(third, &subscriptions, &count));
  provoke(F::netEventSubscriptionsGet0, FWP_E_NULL_POINTER,
          FwpmNetEventSubscriptionsGet0(session_, &subscriptions, nullptr));

  FWP_VALUE0* got = nullptr;
  FWP_VALUE0 value{};
  const auto set = [&](HANDLE of, FWPM_ENGINE_OPTION option) { return FwpmEngineSetOption0(of, option, &value); };
  provoke(F::engineGetOption0, ERROR_INVALID_HANDLE, FwpmEngineGetOption0(none, FWPM_ENGINE_COLLECT_NET_EVENTS, &got));
  provoke(F::engineGetOption0, FWP_E_NULL_POINTER,
          FwpmEngineGetOption0(session_, FWPM_ENGINE_COLLECT_NET_EVENTS, nullptr));
  provoke(F::engineGetOption0, FWP_E_INVALID_PARAMETER, FwpmEngineGetOption0(session_, FWPM_ENGINE_OPTION_MAX, &got));
  provoke_without_memory(F::engineGetOption0,
                         [&] { return FwpmEngineGetOption0(session_, FWPM_ENGINE_COLLECT_NET_EVENTS, &got); });
  provoke(F::engineSetOption0, ERROR_INVALID_HANDLE, set(none, FWPM_ENGINE_COLLECT_NET_EVENTS));
  provoke(F::engineSetOption0, FWP_E_NULL_POINTER,
          FwpmEngineSetOption0(session_, FWPM_ENGINE_COLLECT_NET_EVENTS, nullptr));
  provoke(F::engineSetOption0, FWP_E_INVALID_PARAMETER, set(session_, FWPM_ENGINE_OPTION_MAX));
  provoke(F::engineSetOption0, FWP_E_TYPE_MISMATCH, set(session_, FWPM_ENGINE_COLLECT_NET_EVENTS));
  value.type = FWP_UINT32;
  value.uint32 = 2;
  provoke(F::engineSetOption0, FWP_E_OUT_OF_BOUNDS, set(session_, FWPM_ENGINE_COLLECT_NET_EVENTS));
  value.uint32 = 0;
  provoke(F::engineSetOption0, 0x80320043, set(session_, static_cast<FWPM_ENGINE_OPTION>(3)));
  value.uint32 = 1;
  begin_transaction();
  provoke(F::engineSetOption0, FWP_E_TXN_IN_PROGRESS, set(session_, FWPM_ENGINE_COLLECT_NET_EVENTS));
  end_transaction();
  FWPM_SESSION0 dynamic{};
  dynamic.flags = FWPM_SESSION_FLAG_DYNAMIC;
  ASSERT_EQ(open(&dynamic), ERROR_SUCCESS);
  provoke(F::engineSetOption0, 0x8032000B, set(out_, FWPM_ENGINE_COLLECT_NET_EVENTS));
  ASSERT_EQ(FwpmEngineClose0(out_), ERROR_SUCCESS);

  provoke(F::transactionBegin0, ERROR_INVALID_HANDLE, FwpmTransactionBegin0(none, 0));
  provoke(F::transactionBegin0, FWP_E_INVALID_FLAGS, FwpmTransactionBegin0(session_, 2));
  provoke(F::transactionCommit0, ERROR_INVALID_HANDLE, FwpmTransactionCommit0(none));
  provoke(F::transactionCommit0, FWP_E_NO_TXN_IN_PROGRESS, FwpmTransactionCommit0(session_));
  provoke(F::transactionAbort0, ERROR_INVALID_HANDLE, FwpmTransactionAbort0(none));
  provoke(F::transactionAbort0, FWP_E_NO_TXN_IN_PROGRESS, FwpmTransactionAbort0(session_));
  begin_transaction();
  provoke(F::transactionBegin0, FWP_E_TXN_IN_PROGRESS, FwpmTransactionBegin0(session_, 0));
  provoke(F::netEventCreateEnumHandle0, FWP_E_TXN_IN_PROGRESS, FwpmNetEventCreateEnumHandle0(session_, nullptr, &out_));
  provoke(F::netEventUnsubscribe0, FWP_E_TXN_IN_PROGRESS, FwpmNetEventUnsubscribe0(session_, none));
  end_transaction();

  provoke(F::netEventCreateEnumHandle0, ERROR_INVALID_HANDLE, FwpmNetEventCreateEnumHandle0(none, nullptr, &out_));
  provoke_by_templates(F::netEventCreateEnumHandle0, [&](const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template) {
    return FwpmNetEventCreateEnumHandle0(session_, enum_template, &out_);
  });
  provoke_without_memory(F::netEventCreateEnumHandle0,
                         [&] { return FwpmNetEventCreateEnumHandle0(session_, nullptr, &out_); });
  provoke_enum<0>(F::netEventEnum0);
  provoke_enum<1>(F::netEventEnum1);
  provoke_enum<2>(F::netEventEnum2);
  provoke_enum<3>(F::netEventEnum3);
  provoke_enum<4>(F::netEventEnum4);
  provoke_enum<5>(F::netEventEnum5);
  provoke(F::netEventDestroyEnumHandle0, ERROR_INVALID_HANDLE, FwpmNetEventDestroyEnumHandle0(session_, none));
  provoke(F::netEventDestroyEnumHandle0, FWP_E_INVALID_ENUMERATOR, FwpmNetEventDestroyEnumHandle0(session_, session_));
  provoke(F::netEventDestroyEnumHandle0, FWP_E_WRONG_SESSION,
          FwpmNetEventDestroyEnumHandle0(other_session_, enumeration_));
  provoke_subscribe<FWPM_NET_EVENT1>(F::netEventSubscribe0, &FwpmNetEventSubscribe0);
  provoke_subscribe<FWPM_NET_EVENT2>(F::netEventSubscribe1, &FwpmNetEventSubscribe1);
  provoke_subscribe<FWPM_NET_EVENT3>(F::netEventSubscribe2, &FwpmNetEventSubscribe2);
  provoke_subscribe<FWPM_NET_EVENT4>(F::netEventSubscribe3, &FwpmNetEventSubscribe3);
  provoke_subscribe<FWPM_NET_EVENT5>(F::netEventSubscribe4, &FwpmNetEventSubscribe4);

  FWP_BYTE_BLOB* app_id = nullptr;
  provoke(F::getAppIdFromFileName0, FWP_E_NULL_POINTER, FwpmGetAppIdFromFileName0(nullptr, &app_id));
  provoke_without_memory(F::getAppIdFromFileName0, [&] { return FwpmGetAppIdFromFileName0(u"C:\\x.exe", &app_id); });
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  const auto get_security = [&](HANDLE session_handle, PSECURITY_DESCRIPTOR* to) {
    return FwpmNetEventsGetSecurityInfo0(session_handle, 4, nullptr, nullptr, nullptr, nullptr, to);
  };
  provoke(F::netEventsGetSecurityInfo0, ERROR_INVALID_HANDLE, get_security(none, &descriptor));
  provoke(F::netEventsGetSecurityInfo0, FWP_E_NULL_POINTER, get_security(session_, nullptr));
  provoke_without_memory(F::netEventsGetSecurityInfo0, [&] { return get_security(session_, &descriptor); });
  provoke(F::netEventsSetSecurityInfo0, ERROR_INVALID_HANDLE,
          FwpmNetEventsSetSecurityInfo0(none, 4, nullptr, nullptr, nullptr, nullptr));
  begin_transaction();
  provoke(F::netEventsSetSecurityInfo0, FWP_E_TXN_IN_PROGRESS,
          FwpmNetEventsSetSecurityInfo0(session_, 4, nullptr, nullptr, nullptr, nullptr));
  end_transaction();

  provoked_.insert({F::engineOpen0, ERROR_BAD_CONFIGURATION});  // the test below
  std::set<std::pair<Function, DWORD>> listed;
  for (const CallCode& row : call_codes)
    for (std::size_t i = 0; i < function_count; ++i)
      if (const auto function = static_cast<Function>(i); row.functions.contains(function))
        listed.emplace(function, row.code);
  EXPECT_EQ(provoked_, listed);
}

// A process reads its scenario once, before its first call, so each of these tests starts a process.

/// The result of FwpmEngineOpen0 in a process whose environment names a scenario, from its exit status.
[[noreturn]] void open_with_scenario(const char* file, int allocations) {
  setenv(scenario_variable.data(), file, 1);
  reset();  // uses the fake, but makes no call
  HANDLE handle = nullptr;
  DWORD code = 0;
  {
    const MemoryLimit limit(allocations);
    code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle);
  }
  std::exit(code == ERROR_SUCCESS ? 0 : code == ERROR_BAD_CONFIGURATION ? 1 : 2);
}

TEST(CodesDeathTest, AScenarioThatCannotBeRunIsABadConfiguration) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const std::string broken = testing::TempDir() + "qmforge_broken.scenario";
  std::ofstream(broken) << "logged\nnonsense\n";
  const std::string empty = testing::TempDir() + "qmforge_empty.scenario";
  std::ofstream{empty};
  constexpr int enough = 1 << 30;
  EXPECT_EXIT(open_with_scenario("no/such/file", enough), testing::ExitedWithCode(1), "no/such/file: cannot be read");
  EXPECT_EXIT(open_with_scenario(broken.c_str(), enough), testing::ExitedWithCode(1), "line 2: no such command");
  EXPECT_EXIT(open_with_scenario(empty.c_str(), 0), testing::ExitedWithCode(1), "out of memory");
  EXPECT_EXIT(open_with_scenario(empty.c_str(), enough), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(open_with_scenario("", enough), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace qmforge::wfp
