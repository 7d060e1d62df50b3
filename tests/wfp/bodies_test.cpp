// The events of other kinds, member by member, in every version of the interface: docs/wfp.md says which structure each
// version has.
#include <array>
#include <string>

#include "support.h"

namespace qmforge::wfp {
namespace {

class Bodies : public WfpTest {
 protected:
  static void feed_kind(const std::string& type, const std::string& members) {
    const auto fed = feed_json(R"({"type": ")" + type + R"(", "event": {)" + members + "}}");
    ASSERT_TRUE(fed.has_value()) << fed.error();
  }
};

/// An older structure lacks the members that the newest has behind its end.
template <class Newest, class Body>
void expect_nothing_behind(const Body& body) {
  if (reads_are_checked) return;  // AddressSanitizer forbids the look
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(&body);
  for (std::size_t i = sizeof(Body); i < sizeof(Newest); ++i) ASSERT_EQ(bytes[i], 0xa5) << i;
}

template <class Body>
void expect_principals(const Body& body) {
  EXPECT_EQ(std::u16string(body.localPrincipalNameForAuth), u"l\u00f6cal");
  EXPECT_EQ(std::u16string(body.remotePrincipalNameForAuth), u"remote\U0001f511");
  ASSERT_EQ(body.numLocalPrincipalGroupSids, 1u);
  EXPECT_EQ(std::u16string(body.localPrincipalGroupSids[0]), u"S-1-1-0");
  ASSERT_EQ(body.numRemotePrincipalGroupSids, 3u);
  EXPECT_EQ(std::u16string(body.remotePrincipalGroupSids[0]), u"a");
  EXPECT_EQ(std::u16string(body.remotePrincipalGroupSids[1]), u"");
  EXPECT_EQ(std::u16string(body.remotePrincipalGroupSids[2]), u"ccc");
}

constexpr const char* principals =
    R"(, "localPrincipalNameForAuth": "löcal", "remotePrincipalNameForAuth": "remote🔑",)"
    R"( "localPrincipalGroupSids": ["S-1-1-0"], "remotePrincipalGroupSids": ["a", "", "ccc"])";

template <unsigned n>
void expect_mm_failure() {
  const Everything<n> everything;
  const auto& event = everything.page[0];
  EXPECT_EQ(event.type, FWPM_NET_EVENT_TYPE_IKEEXT_MM_FAILURE);
  const auto& body = *event.ikeMmFailure;
  EXPECT_EQ(body.failureErrorCode, 0xfedcba98u);
  EXPECT_EQ(body.failurePoint, IPSEC_FAILURE_PEER);
  EXPECT_EQ(body.flags, 0x80000002u);
  EXPECT_EQ(body.keyingModuleType, IKEEXT_KEY_MODULE_AUTHIP);
  EXPECT_EQ(body.mmState, IKEEXT_MM_SA_STATE_COMPLETE);
  EXPECT_EQ(body.saRole, IKEEXT_SA_ROLE_RESPONDER);
  EXPECT_EQ(body.mmAuthMethod, IKEEXT_SSL);
  for (std::uint8_t i = 0; i < IKEEXT_CERT_HASH_LEN; ++i) EXPECT_EQ(body.endCertHash[i], 0x10 + i);
  EXPECT_EQ(body.mmId, 0x8000000000000001u);
  EXPECT_EQ(body.mmFilterId, 0x0102030405060708u);
  if constexpr (n >= 1) expect_principals(body);
  if constexpr (n >= 4) {
    EXPECT_EQ(body.providerContextKey->Data1, 0x12345678u);
    EXPECT_EQ(body.providerContextKey->Data4[7], 8);
  }
  expect_nothing_behind<FWPM_NET_EVENT_IKEEXT_MM_FAILURE2>(body);
}

TEST_F(Bodies, AMainModeFailureHasTheMembersOfItsVersion) {
  feed_kind("IKEEXT_MM_FAILURE",
            R"("failureErrorCode": 4275878552, "failurePoint": 2, "flags": 2147483650, "keyingModuleType": 1,)"
            R"( "mmState": 5, "saRole": 1, "mmAuthMethod": 4,)"
            R"( "endCertHash": "101112131415161718191a1b1c1d1e1f20212223", "mmId": "9223372036854775809",)"
            R"( "mmFilterId": "72623859790382856",)"
            R"( "providerContextKey": "{12345678-9abc-def0-0102-030405060708}")" +
                std::string(principals));
  expect_mm_failure<0>();
  expect_mm_failure<1>();
  expect_mm_failure<2>();
  expect_mm_failure<3>();
  expect_mm_failure<4>();
  expect_mm_failure<5>();
}

template <unsigned n>
void expect_em_failure() {
  const Everything<n> everything;
  const auto& event = everything.page[0];
  EXPECT_EQ(event.type, FWPM_NET_EVENT_TYPE_IKEEXT_EM_FAILURE);
  const auto& body = *event.ikeEmFailure;
  EXPECT_EQ(body.failureErrorCode, 13802u);
  EXPECT_EQ(body.failurePoint, IPSEC_FAILURE_ME);
  EXPECT_EQ(body.flags, 3u);
  EXPECT_EQ(body.emState, IKEEXT_EM_SA_STATE_FINAL);
  EXPECT_EQ(body.saRole, IKEEXT_SA_ROLE_RESPONDER);
  EXPECT_EQ(body.emAuthMethod, IKEEXT_NTLM_V2);
  for (std::uint8_t i = 0; i < IKEEXT_CERT_HASH_LEN; ++i) EXPECT_EQ(body.endCertHash[i], 0xf0 - i);
  EXPECT_EQ(body.mmId, 0xffffffffffffffffu);
  EXPECT_EQ(body.qmFilterId, 0x0000000100000000u);
  if constexpr (n >= 1) {
    expect_principals(body);
    EXPECT_EQ(body.saTrafficType, IPSEC_TRAFFIC_TYPE_TUNNEL);
  }
  expect_nothing_behind<FWPM_NET_EVENT_IKEEXT_EM_FAILURE1>(body);
}

TEST_F(Bodies, AnExtendedModeFailureHasTheMembersOfItsVersion) {
  feed_kind("IKEEXT_EM_FAILURE",
            R"("failureErrorCode": 13802, "failurePoint": 1, "flags": 3, "emState": 4, "saRole": 1, "emAuthMethod": 5,)"
            R"( "endCertHash": "f0efeeedecebeae9e8e7e6e5e4e3e2e1e0dfdedd", "mmId": "18446744073709551615",)"
            R"( "qmFilterId": "4294967296", "saTrafficType": 1)" +
                std::string(principals));
  expect_em_failure<0>();
  expect_em_failure<1>();
  expect_em_failure<2>();
  expect_em_failure<3>();
  expect_em_failure<4>();
  expect_em_failure<5>();
}

template <class Body>
void expect_classification(const Body& body) {
  EXPECT_EQ(body.filterId, 0x8877665544332211u);
  EXPECT_EQ(body.layerId, 0xfedc);
  if constexpr (requires { body.reauthReason; }) {
    EXPECT_EQ(body.reauthReason, 0x80000003u);
    EXPECT_EQ(body.originalProfile, 4u);
    EXPECT_EQ(body.currentProfile, 5u);
    EXPECT_EQ(body.msFwpDirection, 0x3901u);
    EXPECT_EQ(body.isLoopback, 1);
  }
  if constexpr (requires { body.vSwitchId; }) {
    ASSERT_EQ(body.vSwitchId.size, 5u);
    EXPECT_EQ(std::memcmp(body.vSwitchId.data, "\x01\x02\x03\x04\xff", 5), 0);
    EXPECT_EQ(body.vSwitchSourcePort, 0xfffffffeu);
    EXPECT_EQ(body.vSwitchDestinationPort, 7u);
  }
}

constexpr const char* classification =
    R"("filterId": "9833440827789222417", "layerId": 65244, "reauthReason": 2147483651, "originalProfile": 4,)"
    R"( "currentProfile": 5, "msFwpDirection": 14593, "isLoopback": 1)";
constexpr const char* virtual_switch =
    R"(, "vSwitchId": "01020304ff", "vSwitchSourcePort": 4294967294, "vSwitchDestinationPort": 7)";

template <unsigned n>
void expect_classify_drop() {
  const Everything<n> everything;
  expect_classification(*everything.page[0].classifyDrop);
  expect_nothing_behind<FWPM_NET_EVENT_CLASSIFY_DROP2>(*everything.page[0].classifyDrop);
}

TEST_F(Bodies, AClassifyDropHasTheMembersOfItsVersion) {
  feed_kind("CLASSIFY_DROP", std::string(classification) + virtual_switch);
  expect_classify_drop<0>();
  expect_classify_drop<1>();
  expect_classify_drop<2>();
  expect_classify_drop<3>();
  expect_classify_drop<4>();
  expect_classify_drop<5>();
}

/// The structures that are the same in every version; FWPM_NET_EVENT<n> has members for some of them only.
template <unsigned n>
void expect_the_rest() {
  const Everything<n> everything;
  ASSERT_EQ(everything.page.size(), 8u);
  const auto body = [&]<class Body>(std::size_t i, std::type_identity<Body>) -> const Body& {
    return *reinterpret_cast<const Body*>(everything.page[i].ikeQmFailure);
  };
  const auto& kernel = body(0, std::type_identity<FWPM_NET_EVENT_IPSEC_KERNEL_DROP0>());
  EXPECT_EQ(kernel.failureStatus, -1073606646);
  EXPECT_EQ(kernel.direction, FWP_DIRECTION_INBOUND);
  EXPECT_EQ(kernel.spi, 0xf1e2d3c4u);
  EXPECT_EQ(kernel.filterId, 12u);
  EXPECT_EQ(kernel.layerId, 13);
  const auto& v4 = body(1, std::type_identity<FWPM_NET_EVENT_IPSEC_DOSP_DROP0>());
  EXPECT_EQ(v4.ipVersion, FWP_IP_VERSION_V4);
  EXPECT_EQ(v4.publicHostV4Addr, 0xc0000209u);
  EXPECT_EQ(v4.internalHostV4Addr, 0x0a000001u);
  EXPECT_EQ(v4.failureStatus, -1);
  EXPECT_EQ(v4.direction, FWP_DIRECTION_INBOUND);
  const auto& v6 = body(2, std::type_identity<FWPM_NET_EVENT_IPSEC_DOSP_DROP0>());
  EXPECT_EQ(v6.ipVersion, FWP_IP_VERSION_V6);
  EXPECT_EQ(v6.publicHostV6Addr[0], 0x20);
  EXPECT_EQ(v6.publicHostV6Addr[15], 9);
  EXPECT_EQ(v6.internalHostV6Addr[0], 0xfe);
  EXPECT_EQ(v6.internalHostV6Addr[15], 1);
  expect_classification(body(3, std::type_identity<FWPM_NET_EVENT_CLASSIFY_ALLOW0>()));
  for (const std::size_t i : {4u, 5u}) {
    const auto& capability = body(i, std::type_identity<FWPM_NET_EVENT_CAPABILITY_DROP0>());
    EXPECT_EQ(capability.networkCapabilityId, FWPM_APPC_NETWORK_CAPABILITY_INTERNET_PRIVATE_NETWORK);
    EXPECT_EQ(capability.filterId, 14u + i);
    EXPECT_EQ(capability.isLoopback, 1);
  }
  const auto& mac = body(6, std::type_identity<FWPM_NET_EVENT_CLASSIFY_DROP_MAC0>());
  EXPECT_EQ(mac.localMacAddr.byteArray6[0], 2);
  EXPECT_EQ(mac.localMacAddr.byteArray6[5], 0x53);
  EXPECT_EQ(mac.remoteMacAddr.byteArray6[5], 0x54);
  EXPECT_EQ(mac.mediaType, 21u);
  EXPECT_EQ(mac.ifType, 22u);
  EXPECT_EQ(mac.etherType, 0x86dd);
  EXPECT_EQ(mac.ndisPortNumber, 23u);
  EXPECT_EQ(mac.reserved, 24u);
  EXPECT_EQ(mac.vlanTag, 0x8025);
  EXPECT_EQ(mac.ifLuid, 0x0006000000000000u);
  expect_classification(mac);
  EXPECT_EQ(body(7, std::type_identity<FWPM_NET_EVENT_LPM_PACKET_ARRIVAL0>()).spi, 0xffffffffu);
  std::vector<int> types;
  for (const auto* event : everything.page.entries()) types.push_back(event->type);
  EXPECT_THAT(types, testing::ElementsAre(4, 5, 5, 6, 7, 8, 9, 10));
}

TEST_F(Bodies, TheOtherKindsAreTheSameInEveryVersion) {
  feed_kind("IPSEC_KERNEL_DROP",
            R"("failureStatus": -1073606646, "direction": 1, "spi": 4058174404, "filterId": "12", "layerId": 13)");
  feed_kind("IPSEC_DOSP_DROP",
            R"("ipVersion": 0, "publicHostAddr": "192.0.2.9", "internalHostAddr": "10.0.0.1", "failureStatus": -1,)"
            R"( "direction": 1)");
  feed_kind("IPSEC_DOSP_DROP", R"("ipVersion": 1, "publicHostAddr": "2001:db8::9", "internalHostAddr": "fe80::1")");
  feed_kind("CLASSIFY_ALLOW", classification);
  feed_kind("CAPABILITY_DROP", R"("networkCapabilityId": 2, "filterId": "18", "isLoopback": 1)");
  feed_kind("CAPABILITY_ALLOW", R"("networkCapabilityId": 2, "filterId": "19", "isLoopback": 1)");
  feed_kind("CLASSIFY_DROP_MAC",
            R"("localMacAddr": "0200005e0053", "remoteMacAddr": "0200005e0054", "mediaType": 21, "ifType": 22,)"
            R"( "etherType": 34525, "ndisPortNumber": 23, "reserved": 24, "vlanTag": 32805,)"
            R"( "ifLuid": "1688849860263936", )" +
                std::string(classification) + virtual_switch);
  feed_kind("LPM_PACKET_ARRIVAL", R"("spi": 4294967295)");
  expect_the_rest<0>();
  expect_the_rest<1>();
  expect_the_rest<2>();
  expect_the_rest<3>();
  expect_the_rest<4>();
  expect_the_rest<5>();
}

}  // namespace
}  // namespace qmforge::wfp
