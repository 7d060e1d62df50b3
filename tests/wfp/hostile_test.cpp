// Every hostile mode, and a program that fails in it: a small consumer with a common bug, which the
// mode exposes. Each test also shows what a correct consumer reads.
#include <atomic>
#include <cstdio>
#include <set>
#include <thread>

#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::ElementsAre;

class Hostile : public WfpTest {};

std::string dotted(std::uint32_t address) {
  char text[16];
  std::snprintf(text, sizeof(text), "%u.%u.%u.%u", address >> 24, address >> 16 & 255, address >> 8 & 255,
                address & 255);
  return text;
}

/// Wrong: reads the local subnet of transport failures too.
std::string local_subnet_of_any(const FWPM_NET_EVENT_IKEEXT_QM_FAILURE0& failure) {
  if (failure.localSubNet.type == FWP_V4_ADDR_MASK) return dotted(failure.localSubNet.v4AddrMask->addr);
  return {};
}

TEST_F(Hostile, StaleSubnets) {
  set_mode(Mode::staleSubnets);
  feed(transport_event());
  const Everything<0> everything;
  const auto& failure = *everything.page[0].ikeQmFailure;
  EXPECT_EQ(failure.localSubNet.type, FWP_V4_ADDR_MASK);  // indeterminate contents of memory
  if (reads_are_checked) {
    EXPECT_DEATH(local_subnet_of_any(failure), "use-after-poison");
  } else {
    EXPECT_EQ(local_subnet_of_any(failure), "165.165.165.165");
  }
  EXPECT_TRUE(decoded(&failure, Revision::r0) == transport_event());
}

/// Every byte is 0xa5; with AddressSanitizer the first and the last may not be read.
void expect_forbidden(const void* begin, std::size_t size) {
  const auto* const bytes = static_cast<const volatile std::uint8_t*>(begin);
  if (reads_are_checked) {
    EXPECT_DEATH(std::printf("%u", bytes[0]), "use-after-poison");
    EXPECT_DEATH(std::printf("%u", bytes[size - 1]), "use-after-poison");
    return;
  }
  for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(bytes[i], 0xa5) << i;
}

TEST_F(Hostile, StaleSubnetsPointToAWholeMaskOfIndeterminateBytes) {
  set_mode(Mode::staleSubnets);
  feed(std::vector<Event>(2, transport_event()));
  const Everything<0> everything;
  std::set<int> types;
  for (const auto* event : everything.page.entries())
    for (const FWP_CONDITION_VALUE0* subnet : {&event->ikeQmFailure->localSubNet, &event->ikeQmFailure->remoteSubNet}) {
      types.insert(subnet->type);
      expect_forbidden(subnet->v6AddrMask, sizeof(FWP_V6_ADDR_AND_MASK));
    }
  EXPECT_EQ(types, (std::set<int>{FWP_V4_ADDR_MASK, FWP_V6_ADDR_MASK}));
}

TEST_F(Hostile, ForbiddenBytesFollowTheArrayAndEveryEvent) {
  for (const bool has_private_fields : {false, true}) {
    reset();
    set_mode(Mode::privateFields, has_private_fields);
    feed(std::vector<Event>(3, v4_tunnel()));
    const Everything<5> everything;
    const auto entries = everything.page.entries();
    expect_forbidden(entries.data() + entries.size(), 16);
    if (has_private_fields) expect_forbidden(entries[0] + 1, 64);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const auto rest = memory_from(entries[i]);
      const std::byte* const end =
          i + 1 < entries.size() ? reinterpret_cast<const std::byte*>(entries[i + 1]) : rest.data() + rest.size();
      expect_forbidden(end - 16, 16);
    }
  }
}

TEST_F(Hostile, NullSubnets) {
  set_mode(Mode::nullSubnets);
  feed(transport_event());
  const Everything<0> everything;
  const auto& failure = *everything.page[0].ikeQmFailure;
  EXPECT_EQ(failure.localSubNet.type, FWP_V4_ADDR_MASK);
  EXPECT_DEATH(local_subnet_of_any(failure), "");
  EXPECT_TRUE(decoded(&failure, Revision::r0) == transport_event());
}

TEST_F(Hostile, NullBody) {
  set_mode(Mode::nullBody);
  feed(transport_event());
  const Everything<5> everything;
  EXPECT_EQ(everything.page[0].type, FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE);
  EXPECT_EQ(everything.page[0].ikeQmFailure, nullptr);
  // Wrong: does not check for NULL.
  EXPECT_DEATH(std::printf("%u", everything.page[0].ikeQmFailure->failureErrorCode), "");
}

TEST_F(Hostile, UnknownTypes) {
  set_mode(Mode::unknownTypes);
  for (int i = 0; i < 20; ++i) feed(std::vector<Event>(10, transport_event()));
  const Everything<2> everything;
  // Wrong: indexes an array of names by the type, without a check.
  static constexpr const char* names[] = {"MM failure", "QM failure", "EM failure", "drop", "kernel drop", "DoSP drop"};
  std::size_t beyond = 0;
  std::vector<bool> seen(22);
  for (const auto* event : everything.page.entries()) {
    const auto type = static_cast<std::uint32_t>(event->type);
    if (type >= std::size(names)) ++beyond;
    seen[type < 21 ? type : 21] = true;
  }
  EXPECT_EQ(beyond, 200u);
  for (const std::size_t type : {11u, 13u, 14u, 15u, 16u, 17u, 18u, 19u, 20u, 21u}) EXPECT_TRUE(seen[type]) << type;
}

/// Wrong: reads the first arm of the union for every type.
std::uint64_t filter_of_any(const FWPM_NET_EVENT4& event) { return event.ikeQmFailure->qmFilterId; }

TEST_F(Hostile, OtherKinds) {
  set_mode(Mode::otherKinds);
  const std::vector<Event> events(3, transport_event(77));
  feed(events);
  const Everything<4> everything;
  std::vector<int> types;
  std::vector<std::uint64_t> right;
  for (const auto* event : everything.page.entries()) {
    types.push_back(event->type);
    if (event->type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) right.push_back(event->ikeQmFailure->qmFilterId);
  }
  EXPECT_THAT(types, ElementsAre(1, 0, 1, 2, 1, 3));
  EXPECT_THAT(right, ElementsAre(77, 77, 77));
  EXPECT_NE(filter_of_any(everything.page[1]), 77u);
  EXPECT_EQ(everything.page[1].ikeMmFailure->mmFilterId, 0x4646000000000000u);
  EXPECT_EQ(std::u16string(everything.page[3].ikeEmFailure->localPrincipalNameForAuth), u"host/client.example");
  EXPECT_EQ(everything.page[5].classifyDrop->filterId, 0x4344000000000002u);
}

TEST_F(Hostile, OtherKindsInEveryVersion) {
  set_mode(Mode::otherKinds);
  feed(std::vector<Event>(3, transport_event()));
  const Everything<0> oldest;
  EXPECT_EQ(oldest.page[1].ikeMmFailure->mmId, 0x4d4d000000000000u);
  EXPECT_EQ(oldest.page[5].classifyDrop->layerId, 12);
  const Everything<1> second;
  EXPECT_EQ(std::u16string(second.page[1].ikeMmFailure->remotePrincipalNameForAuth), u"host/server.example");
  EXPECT_EQ(second.page[3].ikeEmFailure->saTrafficType, 1);
  EXPECT_EQ(second.page[5].classifyDrop->currentProfile, 1u);
}

TEST_F(Hostile, UnflaggedFields) {
  set_mode(Mode::unflaggedFields);
  feed(transport_event(), EventHeader{});
  const Everything<3> everything;
  const auto& header = everything.page[0].header;
  EXPECT_EQ(header.flags, 0u);
  // Wrong: treats a field that is not zero as set.
  EXPECT_NE(header.remotePort, 0);
  EXPECT_NE(header.localAddrV4, 0u);
  EXPECT_NE(header.appId.size, 0u);
  EXPECT_NE(header.userId, nullptr);
  EXPECT_NE(header.enterpriseId, nullptr);
}

TEST_F(Hostile, PastMax) {
  set_mode(Mode::pastMax);
  feed(std::vector<Event>(4, transport_event()));
  const Everything<0> everything;
  static constexpr const char* points[] = {"none", "me", "peer"};
  for (const auto* event : everything.page.entries()) {
    const auto& failure = *event->ikeQmFailure;
    // Wrong: points[failure.failurePoint] without a check.
    EXPECT_GE(static_cast<std::uint32_t>(failure.failurePoint), std::size(points));
    EXPECT_GE(static_cast<std::uint32_t>(failure.keyingModuleType), 3u);
    EXPECT_GE(static_cast<std::uint32_t>(failure.qmState), 4u);
    EXPECT_GE(static_cast<std::uint32_t>(failure.saRole), 2u);
    EXPECT_EQ(failure.saTrafficType, IPSEC_TRAFFIC_TYPE_TRANSPORT);
  }
  EXPECT_EQ(everything.page[0].ikeQmFailure->failurePoint, IPSEC_FAILURE_POINT_MAX);
}

// The MAX member itself, which a check with > lets pass, and values above it.
TEST_F(Hostile, PastMaxGivesEveryMaxMemberAndMore) {
  set_mode(Mode::pastMax);
  feed(std::vector<Event>(4, transport_event()));
  const Everything<0> everything;
  std::set<std::uint32_t> points, modules, states, roles;
  for (const auto* event : everything.page.entries()) {
    points.insert(static_cast<std::uint32_t>(event->ikeQmFailure->failurePoint));
    modules.insert(static_cast<std::uint32_t>(event->ikeQmFailure->keyingModuleType));
    states.insert(static_cast<std::uint32_t>(event->ikeQmFailure->qmState));
    roles.insert(static_cast<std::uint32_t>(event->ikeQmFailure->saRole));
  }
  EXPECT_EQ(*points.begin(), 3u);
  EXPECT_EQ(*modules.begin(), 3u);
  EXPECT_EQ(*states.begin(), 4u);
  EXPECT_EQ(*roles.begin(), 2u);
  for (const auto& values : {points, modules, states, roles}) {
    EXPECT_EQ(values.size(), 4u);
    EXPECT_GT(*values.rbegin(), 0x7fffffffu) << "negative, as an int";
  }
}

TEST_F(Hostile, BothFamilies) {
  set_mode(Mode::bothFamilies);
  feed(v4_tunnel());
  feed(v6_tunnel());
  const Everything<2> everything;
  std::vector<int> versions;
  std::vector<std::string> wrong;
  for (const auto* event : everything.page.entries()) {
    versions.push_back(event->header.ipVersion);
    wrong.push_back(dotted(event->header.localAddrV4));  // Wrong: treats every address as IPv4.
    const auto& failure = *event->ikeQmFailure;
    EXPECT_EQ(failure.localSubNet.type,
              event->header.ipVersion == FWP_IP_VERSION_V4 ? FWP_V4_ADDR_MASK : FWP_V6_ADDR_MASK);
  }
  EXPECT_THAT(versions, ElementsAre(0, 1, 1, 0));
  EXPECT_EQ(wrong[0], "192.0.2.1");
  EXPECT_NE(wrong[1], "192.0.2.1");
  const auto& turned = *everything.page[1].ikeQmFailure->localSubNet.v6AddrMask;
  EXPECT_EQ(turned.prefixLength, 96 + 16);
  EXPECT_EQ(turned.addr[12], 10);
}

TEST_F(Hostile, WideIds) {
  set_mode(Mode::wideIds);
  Event event = transport_event(77, Revision::r1);
  event.mmSaLuid = 78;
  feed(event);
  event.revision = Revision::r0;
  feed(event);
  const Everything<4> everything;
  const auto& failure = *everything.page[0].ikeQmFailure;
  EXPECT_EQ(failure.qmFilterId, 0x800000010000004du);  // Wrong: ids are small.
  EXPECT_EQ(failure.mmSaLuid, 0x800000010000004eu);
  EXPECT_EQ(everything.page[1].ikeQmFailure->mmSaLuid, 0u) << "revision 0 has none";
}

TEST_F(Hostile, OtherSubnetTypes) {
  set_mode(Mode::otherSubnetTypes);
  feed(std::vector<Event>(5, v4_tunnel()));
  const Everything<0> everything;
  std::vector<int> types;
  for (const auto* event : everything.page.entries()) {
    types.push_back(event->ikeQmFailure->localSubNet.type);
    (void)decoded(event->ikeQmFailure, Revision::r0);  // it still decodes
  }
  EXPECT_THAT(types, ElementsAre(FWP_BYTE_ARRAY16_TYPE, FWP_RANGE_TYPE, FWP_UINT32, FWP_EMPTY, FWP_BYTE_ARRAY6_TYPE));
  // Wrong: reads byteArray16 as 16 bytes in the union, which holds a pointer to them.
  const auto& value = everything.page[0].ikeQmFailure->localSubNet;
  std::uint8_t inline_bytes[sizeof(void*)];
  std::memcpy(inline_bytes, &value.byteArray16, sizeof(inline_bytes));
  EXPECT_NE(std::memcmp(inline_bytes, value.byteArray16->byteArray16, sizeof(inline_bytes)), 0);
}

/// Wrong: frees only pages with entries. (FwpmFreeMemory0 accepts every page, and NULL.)
void drain(HANDLE session, HANDLE enum_handle) {
  for (;;) {
    FWPM_NET_EVENT0** entries = nullptr;
    UINT32 count = 0;
    if (FwpmNetEventEnum0(session, enum_handle, 10, &entries, &count) != ERROR_SUCCESS || count == 0) return;
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  }
}

TEST_F(Hostile, EmptyBatch) {
  const Session session;
  feed(transport_event());
  {
    const HANDLE enum_handle = enumeration(session);
    drain(session, enum_handle);
    FwpmNetEventDestroyEnumHandle0(session, enum_handle);
    EXPECT_EQ(report().leaks.size(), 1u);  // the session
  }
  set_mode(Mode::emptyBatch);
  const HANDLE enum_handle = enumeration(session);
  drain(session, enum_handle);
  FwpmNetEventDestroyEnumHandle0(session, enum_handle);
  ASSERT_EQ(report().leaks.size(), 2u);
  EXPECT_EQ(report().leaks[1].what, "batch");
  EXPECT_EQ(report().leaks[1].function, Function::netEventEnum0);
}

TEST_F(Hostile, LargestBatch) {
  set_mode(Mode::largestBatch);
  feed(transport_event(1));
  feed(v4_tunnel(2));
  const Everything<0> everything;
  EXPECT_EQ(everything.page.size(), 65537u);
  const auto wrong = static_cast<std::uint16_t>(everything.page.size());  // Wrong: assumes a smaller page.
  EXPECT_EQ(wrong, 1u);
  EXPECT_EQ(everything.page[65536].ikeQmFailure->qmFilterId, 1u);
  EXPECT_EQ(everything.page[65535].ikeQmFailure->qmFilterId, 2u);
}

TEST_F(Hostile, LateCallback) {
  const Session session;
  struct Consumer {
    std::atomic<bool> alive = true;
    std::atomic<int> too_late = 0;
  } consumer;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  const auto callback = [](void* context, const FWPM_NET_EVENT1*) {
    auto& c = *static_cast<Consumer*>(context);
    if (!c.alive) ++c.too_late;
  };
  feed(transport_event());
  for (const bool on : {false, true}) {
    set_mode(Mode::lateCallback, on);
    HANDLE events = nullptr;
    consumer.alive = true;
    ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, &consumer, &events), ERROR_SUCCESS);
    consumer.alive = false;  // Wrong: destroys the callback's data before it unsubscribes.
    ASSERT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
    EXPECT_EQ(consumer.too_late, on ? 1 : 0);
  }
}

TEST_F(Hostile, SubnetHeaders) {
  set_mode(Mode::subnetHeaders);
  feed(v4_tunnel());
  feed(v6_tunnel());
  const Everything<2> everything;
  const auto& v4 = everything.page[0].header;
  EXPECT_EQ(v4.flags, 0x107u);
  EXPECT_EQ(v4.ipProtocol, 17);
  // Wrong: treats the header's addresses as the gateways'.
  EXPECT_EQ(dotted(v4.localAddrV4), "10.1.0.0");
  EXPECT_EQ(dotted(v4.remoteAddrV4), "192.168.1.0");
  EXPECT_EQ(everything.page[1].header.localAddrV6.byteArray16[5], 1);
  EXPECT_EQ(everything.page[1].header.remoteAddrV6.byteArray16[5], 2);
}

/// The number of events, of five, that a subscription of a session delivers.
int delivered_of_five(HANDLE session) {
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  std::atomic<int> calls = 0;
  HANDLE events = nullptr;
  EXPECT_EQ(FwpmNetEventSubscribe0(session, &subscription, count_call, &calls, &events), ERROR_SUCCESS);
  feed(std::vector<Event>(5, transport_event()), {Delivery::live});
  wait_delivered();  // Wrong would be to wait for five callbacks.
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS) << "the handle is valid";
  return calls;
}

TEST_F(Hostile, Silent) {
  const Session session;
  set_silent_after(3);
  EXPECT_TRUE(is_on(Mode::silent));
  EXPECT_EQ(delivered_of_five(session), 3);
  EXPECT_EQ(delivered_of_five(session), 3) << "each subscription counts its own";
  set_mode(Mode::silent, false);
  EXPECT_EQ(delivered_of_five(session), 5);
}

TEST_F(Hostile, DynamicSilent) {
  set_mode(Mode::dynamicSilent);
  FWPM_SESSION0 dynamic{};
  dynamic.flags = FWPM_SESSION_FLAG_DYNAMIC;
  HANDLE session = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &dynamic, &session), ERROR_SUCCESS);
  EXPECT_EQ(delivered_of_five(session), 0);
  EXPECT_EQ(delivered_of_five(Session()), 5);
  set_mode(Mode::dynamicSilent, false);
  EXPECT_EQ(delivered_of_five(session), 5);
  FwpmEngineClose0(session);
}

TEST_F(Hostile, PrivateFields) {
  feed(transport_event());
  set_mode(Mode::privateFields);
  feed(transport_event());
  const Everything<5> everything;
  // Wrong: reads an undocumented member that a debugger showed after the event.
  const auto private_word = [](const FWPM_NET_EVENT5& event) {
    std::uint64_t word;
    std::memcpy(&word, &event + 1, sizeof(word));
    return word;
  };
  if (reads_are_checked) {
    EXPECT_DEATH(std::printf("%llu", static_cast<unsigned long long>(private_word(everything.page[1]))),
                 "use-after-poison");
  } else {
    EXPECT_EQ(private_word(everything.page[1]), 0xa5a5a5a5a5a5a5a5u);
    EXPECT_NE(private_word(everything.page[0]), 0xa5a5a5a5a5a5a5a5u);
  }
  EXPECT_TRUE(decoded(everything.page[1].ikeQmFailure, Revision::r1) == as_revision(transport_event(), Revision::r1));
}

TEST_F(Hostile, ModesVaryOverEventsThatAreFedOneByOne) {
  set_mode(Mode::unknownTypes);
  for (int i = 0; i < 30; ++i) feed(transport_event());
  const Everything<2> everything;
  std::set<std::uint32_t> types;
  int without_body = 0;
  for (const auto* event : everything.page.entries()) {
    types.insert(static_cast<std::uint32_t>(event->type));
    if (event->ikeQmFailure == nullptr) ++without_body;
  }
  EXPECT_EQ(types.size(), 11u);
  EXPECT_EQ(without_body, 10);
}

// Without any mode
// -----------------------------------------------------------------------------------------------------------

TEST_F(Hostile, AnEventIsFreedAfterItsCallback) {
  const Session session;
  const FWPM_NET_EVENT1* kept = nullptr;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  // Wrong: keeps the pointer after the callback.
  const auto callback = [](void* context, const FWPM_NET_EVENT1* event) {
    *static_cast<const FWPM_NET_EVENT1**>(context) = event;
  };
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, &kept, &events), ERROR_SUCCESS);
  feed(transport_event(), {Delivery::live});
  wait_delivered();
  if (reads_are_checked) {
    EXPECT_DEATH(std::printf("%u", kept->header.flags), "heap-use-after-free");
  } else {
    EXPECT_EQ(kept->header.flags, 0xddddddddu);
    EXPECT_EQ(reinterpret_cast<const std::uint8_t*>(kept + 1)[sizeof(FWPM_NET_EVENT_IKEEXT_QM_FAILURE1)], 0xdd)
        << "up to its end";
  }
}

TEST_F(Hostile, ABatchIsGoneOnceItIsFreed) {
  const Session session;
  feed(transport_event());
  const HANDLE enum_handle = enumeration(session);
  FWPM_NET_EVENT0** entries = nullptr;
  UINT32 count = 0;
  ASSERT_EQ(FwpmNetEventEnum0(session, enum_handle, 1, &entries, &count), ERROR_SUCCESS);
  const FWPM_NET_EVENT0* const kept = entries[0];  // Wrong: keeps an entry, which FwpmFreeMemory0 frees with its batch.
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  if (reads_are_checked) {
    EXPECT_DEATH(std::printf("%u", kept->header.flags), "heap-use-after-free");
  } else {
    EXPECT_EQ(kept->header.flags, 0xddddddddu);
  }
}

TEST_F(Hostile, AFailure0LacksTheMembersOfAFailure1) {
  feed(transport_event(77, Revision::r1));
  const Everything<3> everything;
  // Wrong: reads a QM_FAILURE1 from FWPM_NET_EVENT3, which has a QM_FAILURE0.
  const auto* wrong = reinterpret_cast<const FWPM_NET_EVENT_IKEEXT_QM_FAILURE1*>(everything.page[0].ikeQmFailure);
  if (reads_are_checked) {
    EXPECT_DEATH(std::printf("%llu", static_cast<unsigned long long>(wrong->mmSaLuid)), "use-after-poison");
  } else {
    EXPECT_EQ(wrong->mmSaLuid, 0xa5a5a5a5a5a5a5a5u);
  }
}

}  // namespace
}  // namespace qmforge::wfp
