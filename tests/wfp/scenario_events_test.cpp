// The events of a scenario: their headers, their kinds, their times.
#include <gtest/gtest.h>

#include <chrono>

#include "qmforge/json.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::HasSubstr;

class ScenarioEvents : public WfpTest {};

/// The line of a Quick Mode failure; `members` come before its "event", such as `"header": {…}, `.
std::string line_of(const Event& event, const std::string& members = "") {
  return "event {\"label\": \"\", \"revision\": 0, " + members + "\"event\": " + to_json(event) + "}\n";
}

TEST_F(ScenarioEvents, AHeaderAppliesToAllEventsThatFollow) {
  ASSERT_EQ(
      error_of("header {\"localAddr\": \"203.0.113.7\", \"remoteAddr\": null, \"ipProtocol\": 50, \"localPort\": 500, "
               "\"remotePort\": 4500, \"scopeId\": 3, \"appId\": \"app\", \"userId\": \"S-1-5-18\", "
               "\"packageSid\": \"S-1-15-2-1\", \"enterpriseId\": \"example\", \"policyFlags\": \"7\", "
               "\"effectiveName\": \"name\", \"timeStamp\": \"99\"}\n" +
               line_of(v4_tunnel(1)) + "seed 1 1 tunnel\nheader {}\n" + line_of(v4_tunnel(2))),
      "");
  const Everything<3> everything;
  ASSERT_EQ(everything.page.size(), 3u);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& header = everything.page[i].header;
    EXPECT_EQ(header.flags, 0x3dfbu) << "all but the remote address";
    EXPECT_EQ(header.localAddrV4, 0xcb007107u);
    EXPECT_EQ(header.remoteAddrV4, 0u);
    EXPECT_EQ(header.ipProtocol, 50);
    EXPECT_EQ(header.localPort, 500);
    EXPECT_EQ(header.remotePort, 4500);
    EXPECT_EQ(header.scopeId, 3u);
    EXPECT_EQ(std::memcmp(header.appId.data, u"app", 8), 0);
    EXPECT_EQ(header.userId->SubAuthority[0], 18u);
    EXPECT_EQ(header.packageSid->IdentifierAuthority.Value[5], 15);
    EXPECT_EQ(std::u16string(header.enterpriseId), u"example");
    EXPECT_EQ(header.policyFlags, 7u);
    EXPECT_EQ(std::memcmp(header.effectiveName.data, u"name", 10), 0);
    EXPECT_EQ(header.timeStamp.dwLowDateTime, 99u);
  }
  EXPECT_EQ(everything.page[2].header.flags, 0x106u);
}

TEST_F(ScenarioEvents, AnEventsOwnHeaderAppliesToItOnly) {
  ASSERT_EQ(error_of("header {\"localPort\": 500}\n" +
                     line_of(v4_tunnel(1), "\"header\": {\"localAddr\": \"2001:db8::7\", \"flags\": 1023}, ") +
                     line_of(v4_tunnel(2))),
            "");
  const Everything<2> everything;
  const auto& own = everything.page[0].header;
  EXPECT_EQ(own.ipVersion, FWP_IP_VERSION_V6) << "the family of the address that it has";
  EXPECT_EQ(own.localAddrV6.byteArray16[15], 7);
  EXPECT_EQ(own.remoteAddrV6.byteArray16[0], 0x20) << "the other gateway in that family";
  EXPECT_EQ(own.flags, 1023u);
  EXPECT_EQ(own.localPort, 0);
  EXPECT_EQ(everything.page[1].header.localPort, 500);
}

TEST_F(ScenarioEvents, InvalidHeadersAreRejected) {
  EXPECT_EQ(error_of("header {\"port\": 1}"), "line 1: header: port: is an unknown key");
  EXPECT_THAT(error_of("header {\"localPort\": 65536}"), HasSubstr("line 1: header: localPort: must be"));
  EXPECT_THAT(error_of("header {\"localAddr\": \"192.0.2\"}"), HasSubstr("line 1: header: localAddr: must be"));
  EXPECT_THAT(error_of("header {\"localAddr\": \"192.0.2.1\", \"remoteAddr\": \"2001:db8::1\"}"),
              HasSubstr("remoteAddr: must be of the family"));
  EXPECT_THAT(error_of("header {\"ipVersion\": \"FWP_IP_VERSION_V4\", \"remoteAddr\": \"2001:db8::1\"}"),
              HasSubstr("remoteAddr: must be of the family"));
  EXPECT_THAT(error_of("header {\"userId\": \"me\"}"), HasSubstr("userId: must be null or a SID"));
  EXPECT_THAT(error_of("header nonsense"), HasSubstr("line 1: header: "));
  EXPECT_EQ(error_of(line_of(v4_tunnel(), "\"headers\": {}, ")), "line 1: headers: is an unknown key");
  EXPECT_EQ(error_of(line_of(v4_tunnel(), "\"header\": {\"port\": 1}, ")), "line 1: header.port: is an unknown key");
}

TEST_F(ScenarioEvents, EveryOtherKindIsFedWithItsMembers) {
  ASSERT_EQ(
      error_of(
          "event {\"type\": \"CLASSIFY_DROP\", \"header\": {\"ipProtocol\": 6}, \"event\": {\"filterId\": \"77\", "
          "\"layerId\": 44, \"msFwpDirection\": 14592, \"isLoopback\": 1, \"vSwitchId\": \"010203\"}}\n"
          "event {\"type\": \"IKEEXT_MM_FAILURE\", \"event\": {\"failureErrorCode\": 13801, \"mmState\": 3, "
          "\"endCertHash\": \"0102030405060708090a0b0c0d0e0f1011121314\", \"localPrincipalNameForAuth\": \"me\", "
          "\"remotePrincipalGroupSids\": [\"a\", \"b\"]}}\n"
          "event {\"type\": \"IKEEXT_EM_FAILURE\", \"event\": {\"qmFilterId\": \"5\", \"saTrafficType\": 1}}\n"
          "event {\"type\": \"IPSEC_KERNEL_DROP\", \"event\": {\"failureStatus\": -1073606646, \"spi\": 9}}\n"
          "event {\"type\": \"IPSEC_DOSP_DROP\", \"event\": {\"ipVersion\": 0, \"publicHostAddr\": \"192.0.2.9\"}}\n"
          "event {\"type\": \"CLASSIFY_ALLOW\", \"event\": {\"filterId\": \"78\"}}\n"
          "event {\"type\": \"CAPABILITY_DROP\", \"event\": {\"networkCapabilityId\": 2, \"filterId\": \"79\"}}\n"
          "event {\"type\": \"CAPABILITY_ALLOW\", \"event\": {}}\n"
          "event {\"type\": \"CLASSIFY_DROP_MAC\", \"event\": {\"localMacAddr\": \"0200005e0053\"}}\n"
          "event {\"type\": \"LPM_PACKET_ARRIVAL\", \"event\": {\"spi\": 12}}\n"),
      "");
  const Everything<5> everything;
  const auto& page = everything.page;
  ASSERT_EQ(page.size(), 10u);
  std::vector<int> types;
  for (const auto* event : page.entries()) types.push_back(event->type);
  EXPECT_THAT(types, testing::ElementsAre(3, 0, 2, 4, 5, 6, 7, 8, 9, 10));
  EXPECT_EQ(page[0].header.ipProtocol, 6);
  EXPECT_EQ(page[0].classifyDrop->filterId, 77u);
  EXPECT_EQ(page[0].classifyDrop->layerId, 44);
  EXPECT_EQ(page[0].classifyDrop->msFwpDirection, 0x3900u);
  EXPECT_EQ(page[0].classifyDrop->isLoopback, 1);
  ASSERT_EQ(page[0].classifyDrop->vSwitchId.size, 3u);
  EXPECT_EQ(page[0].classifyDrop->vSwitchId.data[2], 3);
  EXPECT_EQ(page[1].ikeMmFailure->failureErrorCode, 13801u);
  EXPECT_EQ(page[1].ikeMmFailure->endCertHash[19], 0x14);
  EXPECT_EQ(std::u16string(page[1].ikeMmFailure->localPrincipalNameForAuth), u"me");
  EXPECT_EQ(page[1].ikeMmFailure->remotePrincipalNameForAuth, nullptr) << "what is not written is zero";
  ASSERT_EQ(page[1].ikeMmFailure->numRemotePrincipalGroupSids, 2u);
  EXPECT_EQ(std::u16string(page[1].ikeMmFailure->remotePrincipalGroupSids[1]), u"b");
  EXPECT_EQ(page[2].ikeEmFailure->qmFilterId, 5u);
  EXPECT_EQ(page[3].ipsecDrop->failureStatus, -1073606646);
  EXPECT_EQ(page[4].idpDrop->publicHostV4Addr, 0xc0000209u);
  std::uint64_t filter_id = 0;
  std::memcpy(&filter_id, static_cast<const void*>(page[5].classifyAllow), sizeof(filter_id));
  EXPECT_EQ(filter_id, 78u);
  std::memcpy(&filter_id, reinterpret_cast<const std::byte*>(page[6].capabilityDrop) + 8, sizeof(filter_id));
  EXPECT_EQ(filter_id, 79u);
  std::uint32_t spi = 0;
  std::memcpy(&spi, static_cast<const void*>(page[9].lpmPacketArrival), sizeof(spi));
  EXPECT_EQ(spi, 12u);
}

TEST_F(ScenarioEvents, MembersOfAnotherKindAreRejected) {
  EXPECT_THAT(error_of("event {\"type\": \"CLASSIFY_DROPS\", \"event\": {}}"),
              HasSubstr("line 1: type: must be one of IKEEXT_QM_FAILURE, IKEEXT_MM_FAILURE, "));
  EXPECT_EQ(error_of("event {\"type\": \"CLASSIFY_DROP\", \"event\": {\"mmId\": \"1\"}}"),
            "line 1: event.mmId: is an unknown key");
  EXPECT_THAT(error_of("event {\"type\": \"CLASSIFY_DROP\", \"event\": {\"layerId\": 65536}}"),
              HasSubstr("line 1: event.layerId: must be"));
  EXPECT_EQ(error_of("event {\"type\": \"CLASSIFY_DROP\", \"event\": {\"isLoopback\": 2}}"),
            "line 1: event.isLoopback: must be 0 or 1, not 2");
  for (const char* const bytes : {"0200005e00", "0200005e005300", ""})
    EXPECT_EQ(error_of("event {\"type\": \"CLASSIFY_DROP_MAC\", \"event\": {\"localMacAddr\": \"" + std::string(bytes) +
                       "\"}}"),
              "line 1: event.localMacAddr: must be 12 hex digits, not \"" + std::string(bytes) + "\"");
  EXPECT_THAT(error_of("event {\"type\": \"CLASSIFY_DROP\"}"), HasSubstr("event: is missing"));
}

TEST_F(ScenarioEvents, ModesApplyToOtherKinds) {
  ASSERT_EQ(error_of("mode null-body\nmode both-families\nevent {\"type\": \"CLASSIFY_DROP\", \"event\": {}}\n"), "");
  const Everything<1> everything;
  ASSERT_EQ(everything.page.size(), 2u);
  EXPECT_EQ(everything.page[0].classifyDrop, nullptr);
  EXPECT_NE(everything.page[0].header.ipVersion, everything.page[1].header.ipVersion);
}

std::uint64_t number(const FILETIME& time) {
  return static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}
std::uint64_t system_time() {
  using Ticks = std::chrono::duration<std::uint64_t, std::ratio<1, 10'000'000>>;
  return 116444736000000000 +
         std::chrono::duration_cast<Ticks>(std::chrono::system_clock::now().time_since_epoch()).count();
}

TEST_F(ScenarioEvents, WithTheSystemsClockLoggedEventsLieInThePast) {
  constexpr std::uint64_t second = 10'000'000;
  for (const auto& [clock, past] : {std::pair<std::string, std::uint64_t>("now", 0), {"now-10m", 600}}) {
    reset();
    const std::uint64_t before = system_time();
    ASSERT_EQ(error_of("clock " + clock + " 20000\nseed 1 100\n"), "");
    const Everything<0> everything;
    const std::uint64_t last = number(everything.page[99].header.timeStamp) + past * second;
    EXPECT_GE(last, before);
    EXPECT_LE(last, system_time());
    for (std::size_t i = 0; i < 99; ++i)
      EXPECT_EQ(number(everything.page[i + 1].header.timeStamp) - number(everything.page[i].header.timeStamp), 20000u);
  }
}

// Events that were logged before the line keep their times, and so do those with a time of their own.
TEST_F(ScenarioEvents, ASystemsClockIsForTheEventsThatFollow) {
  ASSERT_EQ(error_of("clock 1000 5\nseed 1 2\nclock now-1h 20000\nseed 1 1\n" +
                     line_of(v4_tunnel(), "\"header\": {\"timeStamp\": \"77\"}, ") + "seed 1 2\n"),
            "");
  const std::vector<std::uint64_t> times = logged_times();
  ASSERT_EQ(times.size(), 6u);
  EXPECT_EQ(times[0], 1000u);
  EXPECT_EQ(times[1], 1005u);
  EXPECT_EQ(times[3], 77u);
  EXPECT_EQ(times[4] - times[2], 20000u);
  EXPECT_EQ(times[5] - times[4], 20000u);
}

TEST_F(ScenarioEvents, EveryMemberOfAHeaderCanBeOff) {
  constexpr std::pair<const char*, std::uint32_t> members[] = {
      {"ipProtocol", 0x1},   {"localAddr", 0x2},      {"remoteAddr", 0x4},     {"localPort", 0x8},
      {"remotePort", 0x10},  {"appId", 0x20},         {"userId", 0x40},        {"scopeId", 0x80},
      {"packageSid", 0x400}, {"enterpriseId", 0x800}, {"policyFlags", 0x1000}, {"effectiveName", 0x2000}};
  for (const auto& [member, flag] : members) {
    reset();
    ASSERT_EQ(error_of("header {\"" + std::string(member) + "\": null}\n" + line_of(v4_tunnel())), "") << member;
    const Everything<5> everything;
    EXPECT_EQ(everything.page[0].header.flags, 0x106u & ~flag) << member;
  }
  ASSERT_EQ(error_of("header {\"ipVersion\": null}\n" + line_of(v4_tunnel())), "");
  const Everything<5> everything;
  EXPECT_EQ(everything.page[1].header.flags, 0u) << "without a version there are no addresses";
}

TEST_F(ScenarioEvents, InvalidClocksAreRejected) {
  for (const std::string clock : {"now-", "now-10", "now-m", "now*10m", "now-10y", "later"})
    EXPECT_THAT(error_of("clock " + clock), HasSubstr("line 1: expected a time in 100 ns since 1601, now, or now-10m"));
}

TEST_F(ScenarioEvents, CommandsWithExtraArgumentsAreRejected) {
  EXPECT_EQ(error_of("logged 3"), "line 1: unexpected: \"3\"");
  EXPECT_EQ(error_of("exhaustive all"), "line 1: unexpected: \"all\"");
  EXPECT_EQ(error_of("quiet please"), "line 1: unexpected: \"please\"");
  EXPECT_EQ(error_of("fail FwpmEngineOpen0 1 5 twice"), "line 1: unexpected: \"twice\"");
  EXPECT_EQ(error_of("clock 5 5 5"), "line 1: unexpected: \"5\"");
  EXPECT_EQ(error_of("clock now 5 later"), "line 1: unexpected: \"later\"");
  EXPECT_EQ(error_of("exit"), "line 1: exit: expected when delivered: \"\"");
  EXPECT_EQ(error_of("exit when delivered"), "exit when delivered: the scenario has no live event");
  EXPECT_EQ(error_of("mode silent never"), "line 1: expected a number of events, nothing or off: \"never\"");
  EXPECT_EQ(error_of("mode silent 3\nmode silent off"), "");
}

}  // namespace
}  // namespace qmforge::wfp
