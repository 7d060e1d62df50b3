// The documented behaviour of each call. docs/wfp.md lists these tests by name.
#include <atomic>
#include <thread>

#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::ElementsAre;

class Calls : public WfpTest {};

constexpr HANDLE no_handle = nullptr;

// FwpmEngineOpen0, FwpmEngineClose0
// -------------------------------------------------------------------------------------

TEST_F(Calls, OpenAcceptsTwoAuthenticationServices) {
  HANDLE handle = nullptr;
  EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineClose0(handle), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_DEFAULT, nullptr, nullptr, &handle), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineClose0(handle), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineOpen0(nullptr, 0, nullptr, nullptr, &handle), RPC_S_UNKNOWN_AUTHN_SERVICE);
  const WCHAR server[] = u"server";
  EXPECT_EQ(FwpmEngineOpen0(server, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle), ERROR_NOT_SUPPORTED);
  EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, nullptr), FWP_E_NULL_POINTER);
}

TEST_F(Calls, OpenRejectsASessionKeyThatIsInUse) {
  FWPM_SESSION0 session{};
  session.sessionKey.Data1 = 1;
  HANDLE first = nullptr;
  HANDLE second = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &session, &first), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &session, &second), FWP_E_ALREADY_EXISTS);
  EXPECT_EQ(FwpmEngineClose0(first), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &session, &second), ERROR_SUCCESS);
  session.flags = 0x80;
  EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &session, &first), FWP_E_INVALID_FLAGS);
  EXPECT_EQ(FwpmEngineClose0(second), ERROR_SUCCESS);
}

TEST_F(Calls, CloseEndsTheSessionsSubscriptionsAndEnumerations) {
  HANDLE session = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session), ERROR_SUCCESS);
  const HANDLE enum_handle = enumeration(session);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(
                session, &subscription, [](void*, const FWPM_NET_EVENT1*) {}, nullptr, &events),
            ERROR_SUCCESS);
  EXPECT_EQ(report().leaks.size(), 3u);
  EXPECT_EQ(FwpmEngineClose0(session), ERROR_SUCCESS);
  EXPECT_TRUE(report().clean()) << to_string(report());

  const Session another;
  EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(another, enum_handle), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(another, events), ERROR_INVALID_HANDLE);
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::closedHandle, MisuseKind::closedHandle));
}

TEST_F(Calls, AClosedOrUnknownHandleIsInvalid) {
  HANDLE session = nullptr;
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineClose0(session), ERROR_SUCCESS);
  EXPECT_EQ(FwpmEngineClose0(session), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmEngineClose0(no_handle), ERROR_INVALID_HANDLE);
  int something = 0;
  EXPECT_EQ(FwpmEngineClose0(&something), ERROR_INVALID_HANDLE);
  EXPECT_THAT(misuse_kinds(),
              ElementsAre(MisuseKind::closedHandle, MisuseKind::unknownHandle, MisuseKind::unknownHandle));
  EXPECT_EQ(report().misuses[0].text, "the engine of call 1 (FwpmEngineOpen0) was closed by call 2 (FwpmEngineClose0)");
}

// That it is closed says more than that it is of another kind.
TEST_F(Calls, AClosedHandleOfAnotherKindIsAClosedOne) {
  const Session session;
  const HANDLE closed = enumeration(session);
  ASSERT_EQ(FwpmNetEventDestroyEnumHandle0(session, closed), ERROR_SUCCESS);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, closed), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmTransactionBegin0(closed, 0), ERROR_INVALID_HANDLE);
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::closedHandle, MisuseKind::closedHandle));
}

TEST_F(Calls, EveryCallRejectsAHandleOfAnotherKind) {
  const Session session;
  const HANDLE enum_handle = enumeration(session);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE out = nullptr;
  FWP_VALUE0* value = nullptr;
  FWP_VALUE0 one{};
  one.type = FWP_UINT32;
  FWPM_NET_EVENT0** entries = nullptr;
  FWPM_NET_EVENT_SUBSCRIPTION0** subscriptions = nullptr;
  UINT32 count = 0;
  const auto callback = [](void*, const FWPM_NET_EVENT1*) {};
  EXPECT_EQ(FwpmEngineClose0(enum_handle), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmEngineGetOption0(enum_handle, FWPM_ENGINE_COLLECT_NET_EVENTS, &value), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmEngineSetOption0(enum_handle, FWPM_ENGINE_COLLECT_NET_EVENTS, &one), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmTransactionBegin0(enum_handle, 0), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmTransactionCommit0(enum_handle), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmTransactionAbort0(enum_handle), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(enum_handle, nullptr, &out), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventEnum0(enum_handle, enum_handle, 1, &entries, &count), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventEnum0(session, session, 1, &entries, &count), FWP_E_INVALID_ENUMERATOR);
  EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(enum_handle, enum_handle), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session, session), FWP_E_INVALID_ENUMERATOR);
  EXPECT_EQ(FwpmNetEventSubscribe0(enum_handle, &subscription, callback, nullptr, &out), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, enum_handle), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventSubscriptionsGet0(enum_handle, &subscriptions, &count), ERROR_INVALID_HANDLE);
  EXPECT_THAT(misuse_kinds(), testing::AllOf(testing::SizeIs(14), testing::Each(MisuseKind::wrongKind)));
  EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session, enum_handle), ERROR_SUCCESS);
}

TEST_F(Calls, EveryCallRejectsNullWhereItNeedsAnAddress) {
  const Session session;
  const HANDLE enum_handle = enumeration(session);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE out = nullptr;
  FWPM_NET_EVENT0** entries = nullptr;
  FWPM_NET_EVENT_SUBSCRIPTION0** subscriptions = nullptr;
  UINT32 count = 0;
  const auto callback = [](void*, const FWPM_NET_EVENT1*) {};
  EXPECT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, nullptr), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, nullptr), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, nullptr, nullptr), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventEnum0(session, enum_handle, 1, nullptr, &count), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventEnum0(session, enum_handle, 1, &entries, nullptr), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventSubscribe0(session, nullptr, callback, nullptr, &out), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventSubscribe0(session, &subscription, nullptr, nullptr, &out), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, nullptr), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventSubscriptionsGet0(session, nullptr, &count), FWP_E_NULL_POINTER);
  EXPECT_EQ(FwpmNetEventSubscriptionsGet0(session, &subscriptions, nullptr), FWP_E_NULL_POINTER);
  FwpmFreeMemory0(nullptr);
  EXPECT_THAT(misuse_kinds(), testing::AllOf(testing::SizeIs(11), testing::Each(MisuseKind::nullArgument)));
}

// Options, transactions
// ----------------------------------------------------------------------------------------------------

TEST_F(Calls, CollectionIsOnAndCanBeTurnedOff) {
  const Session session;
  FWP_VALUE0* value = nullptr;
  ASSERT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value), ERROR_SUCCESS);
  EXPECT_EQ(value->type, FWP_UINT32);
  EXPECT_EQ(value->uint32, 1u);
  FwpmFreeMemory0(reinterpret_cast<void**>(&value));
  EXPECT_EQ(value, nullptr);

  feed(transport_event());
  const HANDLE enum_handle = enumeration(session);
  FWP_VALUE0 off{};
  off.type = FWP_UINT32;
  ASSERT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &off), ERROR_SUCCESS);
  EXPECT_EQ((Page<0>(session, enum_handle, 1).code), FWP_E_NET_EVENTS_DISABLED);
  feed(transport_event());
  EXPECT_EQ(statistics().not_collected, 1u);
  off.uint32 = 1;
  ASSERT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &off), ERROR_SUCCESS);
  EXPECT_EQ((Page<0>(session, enum_handle, 9).size()), 1u);
  EXPECT_TRUE(report().misuses.empty()) << to_string(report());
}

TEST_F(Calls, OptionsAreChecked) {
  const Session session;
  FWP_VALUE0 value{};
  value.type = FWP_UINT8;
  EXPECT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value), FWP_E_TYPE_MISMATCH);
  value.type = FWP_UINT32;
  value.uint32 = 2;
  EXPECT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value), FWP_E_OUT_OF_BOUNDS);
  EXPECT_EQ(FwpmEngineSetOption0(session, FWPM_ENGINE_OPTION_MAX, &value), FWP_E_INVALID_PARAMETER);
  FWP_VALUE0* out = nullptr;
  EXPECT_EQ(FwpmEngineGetOption0(session, FWPM_ENGINE_OPTION_MAX, &out), FWP_E_INVALID_PARAMETER);
  EXPECT_EQ(out, nullptr);
}

TEST_F(Calls, EnumerationsAndSubscriptionsAreRejectedInATransaction) {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE handle = nullptr;
  HANDLE events = nullptr;
  const auto callback = [](void*, const FWPM_NET_EVENT1*) {};
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &events), ERROR_SUCCESS);
  EXPECT_EQ(FwpmTransactionCommit0(session), FWP_E_NO_TXN_IN_PROGRESS);
  ASSERT_EQ(FwpmTransactionBegin0(session, 0), ERROR_SUCCESS);
  EXPECT_EQ(FwpmTransactionBegin0(session, 0), FWP_E_TXN_IN_PROGRESS);
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, nullptr, &handle), FWP_E_TXN_IN_PROGRESS);
  EXPECT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &handle), FWP_E_TXN_IN_PROGRESS);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), FWP_E_TXN_IN_PROGRESS);
  EXPECT_EQ(handle, nullptr);
  ASSERT_EQ(FwpmTransactionAbort0(session), ERROR_SUCCESS);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
}

// Enumerations
// ---------------------------------------------------------------------------------------------------------------

TEST_F(Calls, AnEnumerationReturnsEventsLoggedBeforeItsHandle) {
  const Session session;
  feed(transport_event(1));
  const HANDLE enum_handle = enumeration(session);
  feed(transport_event(2));
  const Page<0> page(session, enum_handle, 10);
  ASSERT_EQ(page.size(), 1u);
  EXPECT_EQ(page[0].ikeQmFailure->qmFilterId, 1u);
  EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session, enum_handle), ERROR_SUCCESS);
}

TEST_F(Calls, AnEnumerationReturnsPagesAndEndsWithAShortOne) {
  const Session session;
  for (std::uint64_t id = 0; id < 5; ++id) feed(transport_event(id));
  const HANDLE enum_handle = enumeration(session);
  std::vector<std::uint64_t> ids;
  std::vector<UINT32> sizes;
  for (const UINT32 requested : {2u, 0u, 2u, 2u, 2u}) {
    const Page<2> page(session, enum_handle, requested);
    ASSERT_EQ(page.code, ERROR_SUCCESS);
    sizes.push_back(page.size());
    for (const auto* event : page.entries()) ids.push_back(event->ikeQmFailure->qmFilterId);
    EXPECT_EQ(page.is_null(), page.size() == 0);
  }
  EXPECT_THAT(sizes, ElementsAre(2, 0, 2, 1, 0));
  EXPECT_THAT(ids, ElementsAre(0, 1, 2, 3, 4));
}

TEST_F(Calls, BatchesOutliveTheirEnumeration) {
  const Session session;
  feed(transport_event(1));
  const HANDLE enum_handle = enumeration(session);
  const Page<0> page(session, enum_handle, 10);
  EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session, enum_handle), ERROR_SUCCESS);
  EXPECT_EQ(page[0].ikeQmFailure->qmFilterId, 1u);
  EXPECT_EQ((Page<0>(session, enum_handle, 10).code), ERROR_INVALID_HANDLE);
  EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session, enum_handle), ERROR_INVALID_HANDLE);
}

TEST_F(Calls, OneFreeFreesOneBatch) {
  const Session session;
  feed(transport_event(1));
  feed(v4_tunnel(2));
  const HANDLE enum_handle = enumeration(session);
  FWPM_NET_EVENT0** entries = nullptr;
  UINT32 count = 0;
  ASSERT_EQ(FwpmNetEventEnum0(session, enum_handle, 0xffffffff, &entries, &count), ERROR_SUCCESS);
  ASSERT_EQ(count, 2u);
  FWPM_NET_EVENT0** const kept = entries;
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  EXPECT_EQ(entries, nullptr);
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));  // of NULL: nothing
  EXPECT_TRUE(report().misuses.empty());

  entries = kept;
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  ASSERT_THAT(misuse_kinds(), ElementsAre(MisuseKind::doubleFree));
  EXPECT_EQ(report().misuses[0].text,
            "the batch that call 3 (FwpmNetEventEnum0) made was freed before, by call 4 (FwpmFreeMemory0)");
}

TEST_F(Calls, FreeReportsAPointerThatIsNotABatch) {
  const Session session;
  feed(transport_event());
  const HANDLE enum_handle = enumeration(session);
  FWPM_NET_EVENT0** entries = nullptr;
  UINT32 count = 0;
  ASSERT_EQ(FwpmNetEventEnum0(session, enum_handle, 1, &entries, &count), ERROR_SUCCESS);
  FWPM_NET_EVENT0* entry = entries[0];
  FwpmFreeMemory0(reinterpret_cast<void**>(&entry));
  int something = 0;
  void* pointer = &something;
  FwpmFreeMemory0(&pointer);
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::insideBatch, MisuseKind::unknownPointer));
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  EXPECT_EQ(report().misuses.size(), 2u);
}

template <unsigned n>
void expect_all_events(const std::vector<Event>& events) {
  const Everything<n> everything;
  ASSERT_EQ(everything.page.size(), events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto& event = everything.page[i];
    SCOPED_TRACE(testing::Message() << "FwpmNetEventEnum" << n << ", event " << i);
    EXPECT_EQ(event.type, FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE);
    EXPECT_TRUE(decoded(event.ikeQmFailure, Version<n>::revision) == as_revision(events[i], Version<n>::revision));
    EXPECT_EQ(event.header.flags, 0x106u);
    EXPECT_EQ(event.header.ipProtocol, 0);
    EXPECT_EQ(event.header.localPort, 0);
    EXPECT_EQ(event.header.timeStamp.dwHighDateTime, 134116992000000000u >> 32);
  }
}

TEST_F(Calls, EveryVersionDeliversTheSameEventsInItsOwnStructures) {
  const std::vector<Event> events = {transport_event(1),
                                     v4_tunnel(2),
                                     v6_tunnel(3),
                                     transport_event(4, Revision::r1),
                                     v4_tunnel(5, Revision::r1),
                                     v6_tunnel(6, Revision::r1)};
  ASSERT_EQ(feed(events), events.size());
  expect_all_events<0>(events);
  expect_all_events<1>(events);
  expect_all_events<2>(events);
  expect_all_events<3>(events);
  expect_all_events<4>(events);
  expect_all_events<5>(events);
}

// Headers
// -----------------------------------------------------------------------------------------------------------------

TEST_F(Calls, AHeadersAddressesAreTheGatewaysInTheFamilyOfTheSubnets) {
  feed(v4_tunnel());
  feed(v6_tunnel());
  const Everything<2> everything;
  const auto& v4 = everything.page[0].header;
  EXPECT_EQ(v4.flags, 0x106u);
  EXPECT_EQ(v4.ipVersion, FWP_IP_VERSION_V4);
  EXPECT_EQ(v4.addressFamily, FWP_AF_INET);
  EXPECT_EQ(v4.localAddrV4, 0xc0000201u);  // 192.0.2.1, host order
  EXPECT_EQ(v4.remoteAddrV4, 0xc6336401u);
  const auto& v6 = everything.page[1].header;
  EXPECT_EQ(v6.flags, 0x106u);
  EXPECT_EQ(v6.ipVersion, FWP_IP_VERSION_V6);
  EXPECT_EQ(v6.addressFamily, FWP_AF_INET6);
  EXPECT_EQ(v6.localAddrV6.byteArray16[15], 1);
  EXPECT_EQ(v6.remoteAddrV6.byteArray16[7], 2);
}

TEST_F(Calls, HeaderMembersWithoutAFlagAreZero) {
  EventHeader header;
  header.localPort = 500;
  header.appId = u"app";
  const std::uint32_t sub_authority = 18;
  header.userId = Sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(std::span(&sub_authority, 1))};
  header.packageSid = header.userId;
  header.enterpriseId = u"example";
  header.policyFlags = 7;
  header.effectiveName = u"name";
  header.timeStamp = 0x0123456789abcdef;
  feed(transport_event(), header);
  {
    const Everything<0> everything;
    const auto& h = everything.page[0].header;
    EXPECT_EQ(h.flags, 0x68u);  // no flags for members that a HEADER0 does not have
    EXPECT_EQ(h.timeStamp.dwLowDateTime, 0x89abcdefu);
    EXPECT_EQ(h.timeStamp.dwHighDateTime, 0x01234567u);
    EXPECT_EQ(h.localPort, 500);
    EXPECT_EQ(h.remotePort, 0);
    EXPECT_EQ(h.appId.size, 8u);
    EXPECT_EQ(std::memcmp(h.appId.data, u"app", 8), 0);
    EXPECT_EQ(h.userId->SubAuthority[0], 18u);
    EXPECT_EQ(h.ipVersion, FWP_IP_VERSION_NONE);
    EXPECT_EQ(h.localAddrV4, 0u);
  }
  const Everything<3> everything;
  const auto& h = everything.page[0].header;
  EXPECT_EQ(h.flags, 0x3c68u);
  EXPECT_EQ(h.addressFamily, FWP_AF_NONE);
  EXPECT_EQ(h.packageSid->IdentifierAuthority.Value[5], 5);
  EXPECT_EQ(std::u16string(h.enterpriseId), u"example");
  EXPECT_EQ(h.policyFlags, 7u);
  EXPECT_EQ(h.effectiveName.size, 10u);
}

// Templates
// -----------------------------------------------------------------------------------------------------------------

FWPM_FILTER_CONDITION0 condition(const GUID& field, FWP_MATCH_TYPE match = FWP_MATCH_EQUAL) {
  FWPM_FILTER_CONDITION0 result{};
  result.fieldKey = field;
  result.matchType = match;
  return result;
}

FWPM_NET_EVENT_ENUM_TEMPLATE0 with(std::span<FWPM_FILTER_CONDITION0> conditions) {
  FWPM_NET_EVENT_ENUM_TEMPLATE0 result{};
  result.numFilterConditions = static_cast<UINT32>(conditions.size());
  result.filterCondition = conditions.data();
  return result;
}

/// The filter ids of the events that match one condition.
std::vector<std::uint64_t> matching(FWPM_FILTER_CONDITION0 one) {
  const FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template = with(std::span(&one, 1));
  const Everything<5> everything(&enum_template);
  std::vector<std::uint64_t> ids;
  for (const auto* event : everything.page.entries()) ids.push_back(event->ikeQmFailure->qmFilterId);
  return ids;
}

DWORD rejected(FWPM_FILTER_CONDITION0 one) {
  const Session session;
  HANDLE handle = nullptr;
  const FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template = with(std::span(&one, 1));
  return FwpmNetEventCreateEnumHandle0(session, &enum_template, &handle);
}

TEST_F(Calls, ATemplatesTimesBoundTheEvents) {
  set_clock(1000, 10);
  for (std::uint64_t id = 0; id < 5; ++id) feed(transport_event(id));  // at 1000, 1010 … 1040
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template{};
  EXPECT_EQ(Everything<0>(&enum_template).page.size(), 5u);  // no times: all
  enum_template.startTime.dwLowDateTime = 1010;
  enum_template.endTime.dwLowDateTime = 1030;
  EXPECT_EQ(Everything<0>(&enum_template).page.size(), 3u);
  enum_template.endTime.dwLowDateTime = 1009;
  const Session session;
  HANDLE handle = nullptr;
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, &enum_template, &handle), FWP_E_INVALID_INTERVAL);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&enum_template, 0, {}};
  EXPECT_EQ(FwpmNetEventSubscribe0(
                session, &subscription, [](void*, const FWPM_NET_EVENT1*) {}, nullptr, &handle),
            FWP_E_INVALID_INTERVAL);
}

TEST_F(Calls, ConditionsSelectByEveryField) {
  set_mode(Mode::subnetHeaders);
  EventHeader header;
  header.ipVersion = IpVersion::v4;
  header.localAddr = {10, 1};
  header.remoteAddr = {192, 168, 1};
  header.ipProtocol = 17;
  header.localPort = 500;
  header.remotePort = 4500;
  header.appId = u"a";
  const std::uint32_t sub_authority = 18;
  header.userId = Sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(std::span(&sub_authority, 1))};
  feed(v4_tunnel(1), header);
  feed(v6_tunnel(2));
  feed(transport_event(3), EventHeader{});  // nothing set: matches no condition

  FWPM_FILTER_CONDITION0 one = condition(FWPM_CONDITION_IP_PROTOCOL);
  one.conditionValue.type = FWP_UINT8;
  one.conditionValue.uint8 = 17;
  EXPECT_THAT(matching(one), ElementsAre(1, 2));
  one.matchType = FWP_MATCH_NOT_EQUAL;
  EXPECT_THAT(matching(one), ElementsAre());
  one.conditionValue.uint8 = 6;
  EXPECT_THAT(matching(one), ElementsAre(1, 2));

  one = condition(FWPM_CONDITION_IP_LOCAL_PORT);
  one.conditionValue.type = FWP_UINT16;
  one.conditionValue.uint16 = 500;
  EXPECT_THAT(matching(one), ElementsAre(1));
  one.fieldKey = FWPM_CONDITION_IP_REMOTE_PORT;
  EXPECT_THAT(matching(one), ElementsAre());
  one.matchType = FWP_MATCH_GREATER;
  EXPECT_THAT(matching(one), ElementsAre(1));
  one.matchType = FWP_MATCH_LESS;
  EXPECT_THAT(matching(one), ElementsAre());
  one.conditionValue.uint16 = 4500;
  one.matchType = FWP_MATCH_LESS_OR_EQUAL;
  EXPECT_THAT(matching(one), ElementsAre(1));
  one.matchType = FWP_MATCH_GREATER_OR_EQUAL;
  EXPECT_THAT(matching(one), ElementsAre(1));
  FWP_RANGE0 range{};
  range.valueLow.type = range.valueHigh.type = FWP_UINT16;
  range.valueLow.uint16 = 4000;
  range.valueHigh.uint16 = 5000;
  one.matchType = FWP_MATCH_RANGE;
  one.conditionValue.type = FWP_RANGE_TYPE;
  one.conditionValue.rangeValue = &range;
  EXPECT_THAT(matching(one), ElementsAre(1));

  one = condition(FWPM_CONDITION_IP_LOCAL_ADDRESS);
  one.conditionValue.type = FWP_UINT32;
  one.conditionValue.uint32 = 0x0a010000;
  EXPECT_THAT(matching(one), ElementsAre(1));
  FWP_V4_ADDR_AND_MASK v4{0x0a000000, 0xff000000};
  one.conditionValue.type = FWP_V4_ADDR_MASK;
  one.conditionValue.v4AddrMask = &v4;
  EXPECT_THAT(matching(one), ElementsAre(1));
  one.fieldKey = FWPM_CONDITION_IP_REMOTE_ADDRESS;
  EXPECT_THAT(matching(one), ElementsAre());
  FWP_V6_ADDR_AND_MASK v6{{0x20, 0x01, 0x0d, 0xb8, 0, 2, 0xff}, 48};
  one.conditionValue.type = FWP_V6_ADDR_MASK;
  one.conditionValue.v6AddrMask = &v6;
  EXPECT_THAT(matching(one), ElementsAre(2));
  FWP_BYTE_ARRAY16 address{{0x20, 0x01, 0x0d, 0xb8, 0, 2}};
  one.conditionValue.type = FWP_BYTE_ARRAY16_TYPE;
  one.conditionValue.byteArray16 = &address;
  EXPECT_THAT(matching(one), ElementsAre(2));

  one = condition(FWPM_CONDITION_ALE_APP_ID);
  char16_t path[] = u"a";
  FWP_BYTE_BLOB blob{4, reinterpret_cast<UINT8*>(path)};
  one.conditionValue.type = FWP_BYTE_BLOB_TYPE;
  one.conditionValue.byteBlob = &blob;
  EXPECT_THAT(matching(one), ElementsAre(1));
  path[0] = u'b';
  EXPECT_THAT(matching(one), ElementsAre());

  one = condition(FWPM_CONDITION_ALE_USER_ID);
  SID sid{1, 1, {{0, 0, 0, 0, 0, 5}}, {18}};
  one.conditionValue.type = FWP_SID;
  one.conditionValue.sid = &sid;
  EXPECT_THAT(matching(one), ElementsAre(1));
  sid.SubAuthority[0] = 19;
  EXPECT_THAT(matching(one), ElementsAre());
}

TEST_F(Calls, ConditionsAreAndedOneForEachField) {
  EventHeader header = header_for(transport_event());
  header.ipProtocol = 17;
  feed(transport_event(2), header);
  header.localPort = 500;
  feed(transport_event(1), header);
  FWPM_FILTER_CONDITION0 two[2] = {condition(FWPM_CONDITION_IP_PROTOCOL), condition(FWPM_CONDITION_IP_LOCAL_PORT)};
  two[0].conditionValue.type = FWP_UINT8;
  two[0].conditionValue.uint8 = 17;
  two[1].conditionValue.type = FWP_UINT16;
  two[1].conditionValue.uint16 = 500;
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template = with(two);
  EXPECT_EQ(Everything<0>(&enum_template).page.size(), 1u);
  two[1] = two[0];
  const Session session;
  HANDLE handle = nullptr;
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, &enum_template, &handle), FWP_E_DUPLICATE_CONDITION);
  enum_template.filterCondition = nullptr;
  EXPECT_EQ(FwpmNetEventCreateEnumHandle0(session, &enum_template, &handle), FWP_E_NULL_POINTER);
}

TEST_F(Calls, ConditionsAreChecked) {
  FWPM_FILTER_CONDITION0 one = condition(GUID{1, 2, 3, {}});
  EXPECT_EQ(rejected(one), FWP_E_CONDITION_NOT_FOUND);
  one = condition(FWPM_CONDITION_IP_PROTOCOL);
  one.conditionValue.type = FWP_UINT16;
  EXPECT_EQ(rejected(one), FWP_E_TYPE_MISMATCH);
  one.conditionValue.type = FWP_UINT8;
  one.matchType = FWP_MATCH_FLAGS_ALL_SET;
  EXPECT_EQ(rejected(one), FWP_E_MATCH_TYPE_MISMATCH);
  one.matchType = FWP_MATCH_RANGE;
  EXPECT_EQ(rejected(one), FWP_E_MATCH_TYPE_MISMATCH);
  one = condition(FWPM_CONDITION_IP_LOCAL_ADDRESS);
  FWP_V4_ADDR_AND_MASK v4{0, 0xff00ff00};
  one.conditionValue.type = FWP_V4_ADDR_MASK;
  EXPECT_EQ(rejected(one), FWP_E_NULL_POINTER);
  one.conditionValue.v4AddrMask = &v4;
  EXPECT_EQ(rejected(one), FWP_E_INVALID_NET_MASK);
  FWP_V6_ADDR_AND_MASK v6{{}, 129};
  one.conditionValue.type = FWP_V6_ADDR_MASK;
  one.conditionValue.v6AddrMask = &v6;
  EXPECT_EQ(rejected(one), FWP_E_INVALID_NET_MASK);
  FWP_RANGE0 range{};
  range.valueLow.type = range.valueHigh.type = FWP_UINT32;
  range.valueLow.uint32 = 1;
  one.conditionValue.type = FWP_RANGE_TYPE;
  one.conditionValue.rangeValue = &range;
  one.matchType = FWP_MATCH_RANGE;
  EXPECT_EQ(rejected(one), FWP_E_INVALID_RANGE);
}

// Subscriptions
// -------------------------------------------------------------------------------------------------------------

struct Delivered {
  std::mutex mutex;
  std::vector<std::uint64_t> ids;
  std::vector<std::thread::id> threads;

  template <class NetEvent>
  static void add(void* context, const NetEvent* event) {
    auto& delivered = *static_cast<Delivered*>(context);
    const std::lock_guard lock(delivered.mutex);
    delivered.ids.push_back(event->ikeQmFailure->qmFilterId);
    delivered.threads.push_back(std::this_thread::get_id());
  }
};

TEST_F(Calls, CallbacksComeFromAnotherThreadInOrder) {
  const Session session;
  Delivered delivered;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  feed(transport_event(1), {Delivery::live});  // before the subscription: not delivered
  ASSERT_EQ(FwpmNetEventSubscribe1(session, &subscription, &Delivered::add<FWPM_NET_EVENT2>, &delivered, &events),
            ERROR_SUCCESS);
  feed(transport_event(2), {Delivery::live});
  feed(transport_event(3));  // logged only
  feed(v4_tunnel(4), {Delivery::live});
  wait_delivered();
  EXPECT_THAT(delivered.ids, ElementsAre(2, 4));
  EXPECT_THAT(delivered.threads, testing::Each(testing::Ne(std::this_thread::get_id())));
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
  feed(transport_event(5), {Delivery::live});
  wait_delivered();
  EXPECT_EQ(delivered.ids.size(), 2u);
  EXPECT_EQ(Everything<0>().page.size(), 5u);  // live events are also logged
}

template <unsigned n, class Subscribe>
void expect_revision(Subscribe subscribe_call, const Event& event) {
  struct Seen {
    Event event;
  } seen;
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  const auto callback = [](void* context, const typename Version<n + 1>::NetEvent* net_event) {
    static_cast<Seen*>(context)->event = decoded(net_event->ikeQmFailure, Version<n + 1>::revision);
  };
  ASSERT_EQ(subscribe_call(session, &subscription, callback, &seen, &events), ERROR_SUCCESS);
  feed(event, {Delivery::live});
  wait_delivered();
  EXPECT_TRUE(seen.event.revision == Version<n + 1>::revision);
  EXPECT_EQ(seen.event.qmFilterId, event.qmFilterId);
  if (seen.event.revision == Revision::r1) {
    EXPECT_EQ(seen.event.mmSaLuid, event.mmSaLuid);
    EXPECT_TRUE(seen.event.mmProviderContextKey == event.mmProviderContextKey);
  }
}

TEST_F(Calls, SubscribeDeliversTheNextVersionsStructures) {
  const Event event = transport_event(9, Revision::r1);
  expect_revision<0>(&FwpmNetEventSubscribe0, event);
  expect_revision<1>(&FwpmNetEventSubscribe1, event);
  expect_revision<2>(&FwpmNetEventSubscribe2, event);
  expect_revision<3>(&FwpmNetEventSubscribe3, event);
  expect_revision<4>(&FwpmNetEventSubscribe4, event);
}

TEST_F(Calls, ASubscriptionsTemplateSelects) {
  set_mode(Mode::subnetHeaders);
  const Session session;
  Delivered delivered;
  FWPM_FILTER_CONDITION0 one = condition(FWPM_CONDITION_IP_LOCAL_ADDRESS);
  one.conditionValue.type = FWP_UINT32;
  one.conditionValue.uint32 = 0x0a010000;
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template = with(std::span(&one, 1));
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&enum_template, 0, {}};
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, &Delivered::add<FWPM_NET_EVENT1>, &delivered, &events),
            ERROR_SUCCESS);
  const std::vector<Event> fed = {transport_event(1), v4_tunnel(2), v6_tunnel(3)};
  feed(fed, {Delivery::live});
  wait_delivered();
  EXPECT_THAT(delivered.ids, ElementsAre(2));
}

TEST_F(Calls, UnsubscribeWaitsForARunningCallback) {
  const Session session;
  struct Gate {
    std::atomic<bool> entered = false;
    std::atomic<bool> open = false;
    std::atomic<bool> left = false;
  } gate;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  const auto callback = [](void* context, const FWPM_NET_EVENT1*) {
    auto& g = *static_cast<Gate*>(context);
    g.entered = true;
    while (!g.open) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    g.left = true;
  };
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, &gate, &events), ERROR_SUCCESS);
  feed(transport_event(1), {Delivery::live});
  feed(transport_event(2), {Delivery::live});  // in the queue, and never delivered
  while (!gate.entered) std::this_thread::yield();
  gate.open = true;
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
  EXPECT_TRUE(gate.left);
  EXPECT_LE(statistics().delivered, 2u);
}

TEST_F(Calls, UnsubscribeIgnoresNullAndReportsASecondCall) {
  const Session session;
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, no_handle), ERROR_SUCCESS);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  ASSERT_EQ(FwpmNetEventSubscribe0(
                session, &subscription, [](void*, const FWPM_NET_EVENT1*) {}, nullptr, &events),
            ERROR_SUCCESS);
  {
    const Session another;
    EXPECT_EQ(FwpmNetEventUnsubscribe0(another, events), FWP_E_WRONG_SESSION);
  }
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_INVALID_HANDLE);
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::wrongSession, MisuseKind::closedHandle));
}

TEST_F(Calls, ASubscriptionCannotEndInItsOwnCallback) {
  struct Context {
    HANDLE session;
    HANDLE events;
    DWORD unsubscribed;
    DWORD closed;
  } context{};
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &context.session), ERROR_SUCCESS);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  const auto callback = [](void* p, const FWPM_NET_EVENT1*) {
    auto& c = *static_cast<Context*>(p);
    c.unsubscribed = FwpmNetEventUnsubscribe0(c.session, c.events);
    c.closed = FwpmEngineClose0(c.session);
  };
  ASSERT_EQ(FwpmNetEventSubscribe0(context.session, &subscription, callback, &context, &context.events), ERROR_SUCCESS);
  feed(transport_event(), {Delivery::live});
  wait_delivered();
  EXPECT_EQ(context.unsubscribed, ERROR_POSSIBLE_DEADLOCK);
  EXPECT_EQ(context.closed, ERROR_POSSIBLE_DEADLOCK);
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::endInCallback, MisuseKind::endInCallback));
  EXPECT_EQ(FwpmEngineClose0(context.session), ERROR_SUCCESS);
}

TEST_F(Calls, SubscriptionsAreListedWithTheirTemplates) {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
  UINT32 count = 1;
  ASSERT_EQ(FwpmNetEventSubscriptionsGet0(session, &entries, &count), ERROR_SUCCESS);
  EXPECT_EQ(count, 0u);
  EXPECT_EQ(entries, nullptr);

  FWP_RANGE0 range{};
  FWP_BYTE_ARRAY16 low{{1}};
  FWP_BYTE_ARRAY16 high{{2}};
  range.valueLow.type = range.valueHigh.type = FWP_BYTE_ARRAY16_TYPE;
  range.valueLow.byteArray16 = &low;
  range.valueHigh.byteArray16 = &high;
  FWPM_FILTER_CONDITION0 one = condition(FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_MATCH_RANGE);
  one.conditionValue.type = FWP_RANGE_TYPE;
  one.conditionValue.rangeValue = &range;
  FWPM_NET_EVENT_ENUM_TEMPLATE0 enum_template = with(std::span(&one, 1));
  enum_template.endTime.dwHighDateTime = 7;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&enum_template, 0, {}};
  FWPM_NET_EVENT_SUBSCRIPTION0 plain{};
  HANDLE first = nullptr;
  HANDLE second = nullptr;
  const auto callback = [](void*, const FWPM_NET_EVENT1*) {};
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &first), ERROR_SUCCESS);
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &plain, callback, nullptr, &second), ERROR_SUCCESS);
  one.conditionValue.rangeValue = nullptr;  // the subscription has a copy of the template
  ASSERT_EQ(FwpmNetEventSubscriptionsGet0(session, &entries, &count), ERROR_SUCCESS);
  ASSERT_EQ(count, 2u);
  const auto* copy = entries[0]->enumTemplate;
  ASSERT_NE(copy, nullptr);
  EXPECT_EQ(copy->endTime.dwHighDateTime, 7u);
  ASSERT_EQ(copy->numFilterConditions, 1u);
  EXPECT_EQ(copy->filterCondition[0].conditionValue.rangeValue->valueHigh.byteArray16->byteArray16[0], 2);
  EXPECT_EQ(entries[1]->enumTemplate, nullptr);
  EXPECT_NE(entries[0]->sessionKey.Data1, 0u);
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  EXPECT_TRUE(report().misuses.empty());
}

// What the caller's values point to may change after the call.
TEST_F(Calls, AListedTemplateIsACopyOfAllThatItPointsTo) {
  const Session session;
  FWP_BYTE_ARRAY16 low{{0x20, 1}};
  FWP_BYTE_ARRAY16 high{{0x20, 2}};
  FWP_RANGE0 range{};
  range.valueLow.type = range.valueHigh.type = FWP_BYTE_ARRAY16_TYPE;
  range.valueLow.byteArray16 = &low;
  range.valueHigh.byteArray16 = &high;
  FWP_V6_ADDR_AND_MASK v6_mask{{0x20, 3}, 48};
  FWP_V4_ADDR_AND_MASK v4_mask{0x0a000000, 0xff000000};
  char16_t path[] = u"app";
  FWP_BYTE_BLOB blob{sizeof(path), reinterpret_cast<UINT8*>(path)};
  alignas(SID) std::uint8_t user[16] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0};

  FWPM_FILTER_CONDITION0 first[] = {condition(FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_MATCH_RANGE),
                                    condition(FWPM_CONDITION_IP_REMOTE_ADDRESS), condition(FWPM_CONDITION_ALE_APP_ID),
                                    condition(FWPM_CONDITION_ALE_USER_ID)};
  first[0].conditionValue.type = FWP_RANGE_TYPE;
  first[0].conditionValue.rangeValue = &range;
  first[1].conditionValue.type = FWP_V6_ADDR_MASK;
  first[1].conditionValue.v6AddrMask = &v6_mask;
  first[2].conditionValue.type = FWP_BYTE_BLOB_TYPE;
  first[2].conditionValue.byteBlob = &blob;
  first[3].conditionValue.type = FWP_SID;
  first[3].conditionValue.sid = reinterpret_cast<SID*>(user);
  FWPM_FILTER_CONDITION0 second[] = {condition(FWPM_CONDITION_IP_REMOTE_ADDRESS, FWP_MATCH_NOT_EQUAL)};
  second[0].conditionValue.type = FWP_V4_ADDR_MASK;
  second[0].conditionValue.v4AddrMask = &v4_mask;
  HANDLE handle = nullptr;
  for (const std::span<FWPM_FILTER_CONDITION0> conditions :
       {std::span<FWPM_FILTER_CONDITION0>(first), std::span<FWPM_FILTER_CONDITION0>(second)}) {
    FWPM_NET_EVENT_ENUM_TEMPLATE0 all = with(conditions);
    const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&all, 0, {}};
    ASSERT_EQ(FwpmNetEventSubscribe0(
                  session, &subscription, [](void*, const FWPM_NET_EVENT1*) {}, nullptr, &handle),
              ERROR_SUCCESS);
  }
  low = high = {};
  range = {};
  v6_mask = {};
  v4_mask = {};
  path[0] = u'x';
  blob = {};
  user[8] = 0;

  FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
  UINT32 count = 0;
  ASSERT_EQ(FwpmNetEventSubscriptionsGet0(session, &entries, &count), ERROR_SUCCESS);
  ASSERT_EQ(count, 2u);
  const auto value = [&](std::size_t entry, std::size_t i) {
    return entries[entry]->enumTemplate->filterCondition[i].conditionValue;
  };
  EXPECT_EQ(value(0, 0).rangeValue->valueLow.byteArray16->byteArray16[1], 1);
  EXPECT_EQ(value(0, 0).rangeValue->valueHigh.byteArray16->byteArray16[1], 2);
  EXPECT_EQ(value(0, 1).v6AddrMask->addr[1], 3);
  EXPECT_EQ(value(0, 1).v6AddrMask->prefixLength, 48);
  ASSERT_EQ(value(0, 2).byteBlob->size, 8u);
  EXPECT_EQ(std::memcmp(value(0, 2).byteBlob->data, u"app", 8), 0);
  EXPECT_EQ(value(0, 3).sid->SubAuthority[0], 32u);
  EXPECT_EQ(value(1, 0).v4AddrMask->addr, 0x0a000000u);
  EXPECT_EQ(value(1, 0).v4AddrMask->mask, 0xff000000u);
  EXPECT_EQ(entries[1]->enumTemplate->filterCondition[0].matchType, FWP_MATCH_NOT_EQUAL);
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
}

/// A session with a key, dynamic or not, that closes itself.
class KeyedSession {
 public:
  explicit KeyedSession(std::uint32_t key, UINT32 flags = 0) {
    FWPM_SESSION0 session{};
    session.sessionKey = {key, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
    session.flags = flags;
    EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &session, &handle), ERROR_SUCCESS);
  }
  KeyedSession(const KeyedSession&) = delete;
  KeyedSession& operator=(const KeyedSession&) = delete;
  ~KeyedSession() { EXPECT_EQ(FwpmEngineClose0(handle), ERROR_SUCCESS); }

  void subscribe() {
    const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
    HANDLE events = nullptr;
    EXPECT_EQ(FwpmNetEventSubscribe0(
                  handle, &subscription, [](void*, const FWPM_NET_EVENT1*) {}, nullptr, &events),
              ERROR_SUCCESS);
  }
  /// The first words of the session keys of all subscriptions that the session lists.
  [[nodiscard]] std::vector<std::uint32_t> listed_keys() const {
    FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
    UINT32 count = 0;
    EXPECT_EQ(FwpmNetEventSubscriptionsGet0(handle, &entries, &count), ERROR_SUCCESS);
    std::vector<std::uint32_t> keys;
    for (UINT32 i = 0; i < count; ++i) {
      keys.push_back(static_cast<std::uint32_t>(entries[i]->sessionKey.Data1));
      EXPECT_EQ(entries[i]->flags, 0u);
    }
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
    return keys;
  }

  HANDLE handle = nullptr;
};

TEST_F(Calls, ASubscriptionIsListedWithTheKeyOfItsOwnSession) {
  KeyedSession first(1001);
  KeyedSession second(1002);
  second.subscribe();
  first.subscribe();
  second.subscribe();
  for (const KeyedSession* const caller : {&first, &second})
    EXPECT_THAT(caller->listed_keys(), ElementsAre(1002, 1001, 1002));
  {
    const KeyedSession third(1003);
    EXPECT_THAT(third.listed_keys(), ElementsAre(1002, 1001, 1002)) << "a session without a subscription lists all";
  }
}

// Without a key of its own a session gets one that no other has.
TEST_F(Calls, ASessionWithoutAKeyGetsOneOfItsOwn) {
  std::vector<GUID> keys;
  const Session first;
  const Session second;
  for (const HANDLE session : {HANDLE{first}, HANDLE{second}}) {
    const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
    HANDLE events = nullptr;
    ASSERT_EQ(FwpmNetEventSubscribe0(
                  session, &subscription, [](void*, const FWPM_NET_EVENT1*) {}, nullptr, &events),
              ERROR_SUCCESS);
  }
  FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
  UINT32 count = 0;
  ASSERT_EQ(FwpmNetEventSubscriptionsGet0(first, &entries, &count), ERROR_SUCCESS);
  ASSERT_EQ(count, 2u);
  for (UINT32 i = 0; i < count; ++i) keys.push_back(entries[i]->sessionKey);
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  constexpr GUID zero{};
  EXPECT_NE(std::memcmp(&keys[0], &keys[1], sizeof(GUID)), 0);
  for (const GUID& key : keys) EXPECT_NE(std::memcmp(&key, &zero, sizeof(GUID)), 0);
}

TEST_F(Calls, EveryUnknownFlagIsInvalid) {
  const Session transactions;
  for (unsigned bit = 0; bit < 32; ++bit) {
    FWPM_SESSION0 session{};
    session.flags = 1u << bit;
    HANDLE handle = nullptr;
    // FWPM_SESSION_FLAG_DYNAMIC and FWPM_TXN_READ_ONLY are known: both are 1.
    const DWORD expected = bit == 0 ? DWORD{ERROR_SUCCESS} : DWORD{FWP_E_INVALID_FLAGS};
    EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, &session, &handle), expected) << bit;
    EXPECT_EQ(FwpmTransactionBegin0(transactions, 1u << bit), expected) << bit;
    if (expected != ERROR_SUCCESS) continue;
    EXPECT_EQ(FwpmEngineClose0(handle), ERROR_SUCCESS);
    EXPECT_EQ(FwpmTransactionCommit0(transactions), ERROR_SUCCESS);
  }
}

// The session is checked before the handle, also of NULL.
TEST_F(Calls, UnsubscribeOfNullNeedsASessionOutsideATransaction) {
  const Session session;
  ASSERT_EQ(FwpmTransactionBegin0(session, 0), ERROR_SUCCESS);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, no_handle), FWP_E_TXN_IN_PROGRESS);
  ASSERT_EQ(FwpmTransactionAbort0(session), ERROR_SUCCESS);
  EXPECT_EQ(FwpmNetEventUnsubscribe0(no_handle, no_handle), ERROR_INVALID_HANDLE);
  EXPECT_THAT(misuse_kinds(), ElementsAre(MisuseKind::unknownHandle));
}

}  // namespace
}  // namespace qmforge::wfp
