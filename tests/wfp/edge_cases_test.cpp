// Edge cases of the fake: full call logs, combinations of modes, full headers, queues that end.
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "qmforge/json.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class EdgeCases : public WfpTest {};

// The call log

constexpr std::size_t most = 65536;

TEST_F(EdgeCases, TheLast65536CallsAreListed) {
  void* null = nullptr;
  for (std::size_t i = 0; i < most + 4; ++i) FwpmFreeMemory0(&null);
  const std::vector<Call> listed = calls();
  ASSERT_EQ(listed.size(), most);
  EXPECT_EQ(listed.front().number, 5u);
  EXPECT_EQ(listed.back().number, most + 4);
  EXPECT_EQ(call_count(Function::freeMemory0), most + 4);
}

TEST_F(EdgeCases, TheFirst65536MisusesAreReported) {
  for (std::size_t i = 0; i < most + 1; ++i) FwpmFreeMemory0(nullptr);
  const Report wrong = report();
  ASSERT_EQ(wrong.misuses.size(), most);
  EXPECT_EQ(wrong.misuses.back().call, most);
}

TEST_F(EdgeCases, AReportIsCleanWithoutMisusesAndLeaks) {
  EXPECT_TRUE(report().clean());
  {
    const Session session;
    EXPECT_FALSE(report().clean()) << "the session is open";
  }
  EXPECT_TRUE(report().clean());
  FwpmFreeMemory0(nullptr);
  EXPECT_FALSE(report().clean()) << "p is NULL";
  EXPECT_EQ(to_string(report()), "misuse: null-argument: call 3 (FwpmFreeMemory0): p is NULL\n");
}

TEST_F(EdgeCases, EveryMisuseKindHasAName) {
  std::vector<std::string_view> names;
  for (int i = 0; i < 10; ++i) names.push_back(to_string(static_cast<MisuseKind>(i)));
  EXPECT_THAT(names,
              ElementsAre("unknown-handle", "closed-handle", "wrong-kind", "wrong-session", "null-argument",
                          "double-free", "unknown-pointer", "inside-batch", "callback-event", "end-in-callback"));
  EXPECT_EQ(to_string(MisuseKind{10}), "");
  EXPECT_EQ(to_string(static_cast<Function>(function_count)), "");
  EXPECT_EQ(to_string(static_cast<Mode>(all_modes.size())), "");
}

// Options, memory, sets

TEST_F(EdgeCases, OtherOptionsStoreAnyNumber) {
  const Session session;
  FWP_VALUE0 value{};
  value.type = FWP_UINT32;
  value.uint32 = 7;
  ASSERT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_TXN_WATCHDOG_TIMEOUT_IN_MSEC, &value), ERROR_SUCCESS);
  FWP_VALUE0* kept = nullptr;
  ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_TXN_WATCHDOG_TIMEOUT_IN_MSEC, &kept), ERROR_SUCCESS);
  EXPECT_EQ(kept->uint32, 7u);
  FwpmFreeMemory0(reinterpret_cast<void**>(&kept));
}

TEST_F(EdgeCases, MemoryFromFindsBatchesOnly) {
  EXPECT_TRUE(memory_from(nullptr).empty()) << "no batch at all";
  const Session session;
  FWP_VALUE0* value = nullptr;
  ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value), ERROR_SUCCESS);
  const std::span<const std::byte> whole = memory_from(value);
  EXPECT_EQ(whole.size(), sizeof(FWP_VALUE0));
  EXPECT_EQ(memory_from(&value->uint32).size(), whole.size() - offsetof(FWP_VALUE0, uint32));
  EXPECT_TRUE(memory_from(whole.data() + whole.size()).empty()) << "behind it";
  EXPECT_TRUE(memory_from(whole.data() - 1).empty()) << "before it";
  FwpmFreeMemory0(reinterpret_cast<void**>(&value));
}

TEST_F(EdgeCases, ALabelledSetMayBeCompactAndHaveEmptyLines) {
  const auto file = std::filesystem::path(testing::TempDir()) / "qmforge_wfp_compact.jsonl";
  std::ofstream(file) << "{\"label\":\"one\",\"verdict\":\"malformed\",\"event\":null}\n\n"
                      << "{\"label\":\"two\",\"revision\":0,\"event\":" << to_json(v4_tunnel(5)) << "}\n";
  EXPECT_THAT(feed_labelled(file), testing::Optional(1u));
}

TEST_F(EdgeCases, AnErrorInALabelledSetNamesTheLineOfTheFile) {
  const auto file = std::filesystem::path(testing::TempDir()) / "qmforge_wfp_wrong.jsonl";
  std::ofstream(file) << "{\"label\":\"one\",\"verdict\":\"malformed\",\"event\":null}\n\n\nnonsense\n";
  const auto fed = feed_labelled(file);
  ASSERT_FALSE(fed.has_value());
  EXPECT_THAT(fed.error(), testing::HasSubstr("qmforge_wfp_wrong.jsonl:4: ")) << "empty lines are lines";
}

// Feeds and subscriptions

TEST_F(EdgeCases, ResetEndsAFeedThatPauses) {
  feed(std::vector<Event>(2, transport_event()), {Delivery::logged, 0.01});
  while (statistics().logged == 0) std::this_thread::yield();
  const auto start = std::chrono::steady_clock::now();
  reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(50)) << "the pause is of 100 s";
}

TEST_F(EdgeCases, ResetEndsFeedsThatWaitForASubscription) {
  // Many feeds, and time for some of their threads to begin to wait.
  for (int i = 0; i < 20; ++i) feed(transport_event(), {Delivery::subscribed});
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  reset();
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  std::atomic<int> calls = 0;
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, count_call, &calls, &events), ERROR_SUCCESS);
  wait_delivered();
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(statistics().logged, 0u);
}

/// A subscription whose first callback waits until the test continues it.
struct BlockedCallback {
  std::atomic<int> calls = 0;
  std::atomic<bool> go_on = false;
  std::atomic<bool> ended = false;

  static void callback(void* context, const FWPM_NET_EVENT1*) {
    auto& blocked = *static_cast<BlockedCallback*>(context);
    ++blocked.calls;
    while (!blocked.go_on) std::this_thread::yield();
    blocked.ended = true;
  }
};

TEST_F(EdgeCases, WaitDeliveredWaitsForRunningCallbacks) {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  BlockedCallback blocked;
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, &BlockedCallback::callback, &blocked, &events),
            ERROR_SUCCESS);
  feed(transport_event(), {Delivery::live});
  while (blocked.calls == 0) std::this_thread::yield();
  // Time for the feed to end, and then for this thread to see an empty queue whose last callback still runs.
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  std::jthread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    blocked.go_on = true;
  });
  wait_delivered();
  EXPECT_TRUE(blocked.ended);
}

TEST_F(EdgeCases, ASubscriptionThatEndsDropsItsQueue) {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  for (const bool late : {false, true}) {
    set_mode(Mode::lateCallback, late);
    BlockedCallback blocked;
    HANDLE events = nullptr;
    ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, &BlockedCallback::callback, &blocked, &events),
              ERROR_SUCCESS);
    feed(std::vector<Event>(4, transport_event()), {Delivery::live});
    while (blocked.calls == 0) std::this_thread::yield();
    std::jthread release([&] {
      // The handle is closed as soon as the subscription has begun to end.
      while (call_count(Function::netEventUnsubscribe0) == (late ? 1u : 0u)) std::this_thread::yield();
      while (report().leaks.size() != 1) std::this_thread::yield();
      blocked.go_on = true;
    });
    ASSERT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
    EXPECT_EQ(blocked.calls, late ? 2 : 1) << "the one that ran, and with the mode one more of the three that waited";
  }
}

TEST_F(EdgeCases, WithNothingLoggedThereIsNoLateCallback) {
  set_mode(Mode::lateCallback);
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  std::atomic<int> calls = 0;
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, count_call, &calls, &events), ERROR_SUCCESS);
  ASSERT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
  EXPECT_EQ(calls, 0);
}

// Modes

TEST_F(EdgeCases, TheLargestBatchRepeatsWhatMatches) {
  set_mode(Mode::largestBatch);
  set_mode(Mode::subnetHeaders);
  feed(v4_tunnel(1));
  feed(v6_tunnel(2));
  FWPM_FILTER_CONDITION0 address{};
  address.fieldKey = FWPM_CONDITION_IP_LOCAL_ADDRESS;
  address.conditionValue.type = FWP_UINT32;
  address.conditionValue.uint32 = 0x0a010000;
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
  enum_template.numFilterConditions = 1;
  enum_template.filterCondition = &address;
  {
    const Everything<0> everything(&enum_template);
    ASSERT_EQ(everything.page.size(), 65537u);
    for (const auto* event : everything.page.entries()) ASSERT_EQ(event->ikeQmFailure->qmFilterId, 1u);
  }
  address.conditionValue.uint32 = 0x0a010001;
  EXPECT_EQ(Everything<0>(&enum_template).page.size(), 0u) << "nothing to repeat";
}

struct Union {
  FWP_DATA_TYPE type;
  bool null;
  bool operator==(const Union&) const = default;
};

/// The local subnets of four transport failures that were fed at once.
std::vector<Union> transport_unions() {
  feed(std::vector<Event>(4, transport_event()));
  const Everything<0> everything;
  std::vector<Union> unions;
  for (const auto* event : everything.page.entries()) {
    const FWP_CONDITION_VALUE0& local = event->ikeQmFailure->localSubNet;
    unions.push_back({local.type, local.v4AddrMask == nullptr});
  }
  return unions;
}

TEST_F(EdgeCases, StaleAndNullSubnetsAlternate) {
  constexpr FWP_DATA_TYPE v4 = FWP_V4_ADDR_MASK;
  constexpr FWP_DATA_TYPE v6 = FWP_V6_ADDR_MASK;
  set_mode(Mode::staleSubnets);
  EXPECT_THAT(transport_unions(), ElementsAre(Union{v4, false}, Union{v6, false}, Union{v4, false}, Union{v6, false}));
  reset();
  set_mode(Mode::nullSubnets);
  EXPECT_THAT(transport_unions(), ElementsAre(Union{v4, true}, Union{v6, true}, Union{v4, true}, Union{v6, true}));
  reset();
  set_mode(Mode::staleSubnets);
  set_mode(Mode::nullSubnets);
  EXPECT_THAT(transport_unions(), ElementsAre(Union{v4, false}, Union{v6, false}, Union{v4, true}, Union{v6, true}));
}

TEST_F(EdgeCases, OtherSubnetTypesApplyToTunnels) {
  set_mode(Mode::otherSubnetTypes);
  feed(transport_event());
  const Everything<0> everything;
  EXPECT_TRUE(decoded(everything.page[0].ikeQmFailure, Revision::r0) == transport_event());
}

TEST_F(EdgeCases, BothFamiliesConvertMasksOnly) {
  set_mode(Mode::bothFamilies);
  Event event = v6_tunnel();
  event.localSubNet.v6AddrMask = {{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 10, 20, 30, 40}, 104};
  event.remoteSubNet = ConditionValue(DataType::uint8);
  event.remoteSubNet.arm.uint8 = 7;
  feed(event);
  feed(transport_event());
  const Everything<0> everything;
  ASSERT_EQ(everything.page.size(), 4u);
  EXPECT_EQ(everything.page[1].header.ipVersion, FWP_IP_VERSION_V4);
  const auto& turned = *everything.page[1].ikeQmFailure;
  ASSERT_EQ(turned.localSubNet.type, FWP_V4_ADDR_MASK);
  EXPECT_EQ(turned.localSubNet.v4AddrMask->addr, 0x0a141e28u);
  EXPECT_EQ(turned.localSubNet.v4AddrMask->mask, 0xff000000u) << "104 is 96 and 8";
  EXPECT_EQ(turned.remoteSubNet.type, FWP_UINT8);
  EXPECT_EQ(turned.remoteSubNet.uint8, 7);
  EXPECT_TRUE(decoded(everything.page[3].ikeQmFailure, Revision::r0) == transport_event());
}

TEST_F(EdgeCases, BothFamiliesGiveTheLast32BitsOfAnIpv6Mask) {
  set_mode(Mode::bothFamilies);
  for (const unsigned prefix : {0u, 48u, 95u, 96u, 97u, 127u, 128u}) {
    reset();
    set_mode(Mode::bothFamilies);
    Event event = v6_tunnel();
    event.remoteSubNet.v6AddrMask.prefixLength = static_cast<std::uint8_t>(prefix);
    feed(event);
    const Everything<0> everything;
    const std::uint32_t length = prefix < 96 ? 0 : prefix - 96;
    EXPECT_EQ(everything.page[1].ikeQmFailure->remoteSubNet.v4AddrMask->mask,
              static_cast<std::uint32_t>(0xffffffffull << (32 - length)))
        << prefix;
  }
}

// The flags are off; the members keep the feed's values.
TEST_F(EdgeCases, UnflaggedFieldsKeepSetMembers) {
  set_mode(Mode::unflaggedFields);
  const std::uint32_t sub_authority = 18;
  EventHeader header;
  header.ipVersion = IpVersion::v6;
  header.localAddr = {1};
  header.remoteAddr = {2};
  header.ipProtocol = 50;
  header.localPort = 500;
  header.remotePort = 4500;
  header.scopeId = 3;
  header.appId = u"app";
  header.userId = Sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(std::span(&sub_authority, 1))};
  header.packageSid = header.userId;
  header.enterpriseId = u"example";
  header.policyFlags = 7;
  header.effectiveName = u"name";
  feed(transport_event(), header);
  const Everything<3> everything;
  const auto& h = everything.page[0].header;
  EXPECT_EQ(h.flags, 0u);
  EXPECT_EQ(h.ipVersion, FWP_IP_VERSION_V6);
  EXPECT_EQ(h.localAddrV6.byteArray16[0], 1);
  EXPECT_EQ(h.remoteAddrV6.byteArray16[0], 2);
  EXPECT_EQ(h.ipProtocol, 50);
  EXPECT_EQ(h.localPort, 500);
  EXPECT_EQ(h.remotePort, 4500);
  EXPECT_EQ(h.scopeId, 3u);
  EXPECT_EQ(std::memcmp(h.appId.data, u"app", 8), 0);
  EXPECT_EQ(h.userId->SubAuthority[0], 18u);
  EXPECT_EQ(h.packageSid->SubAuthority[0], 18u);
  EXPECT_EQ(std::u16string(h.enterpriseId), u"example");
  EXPECT_EQ(h.policyFlags, 7u);
  EXPECT_EQ(std::memcmp(h.effectiveName.data, u"name", 10), 0);
}

}  // namespace
}  // namespace qmforge::wfp
