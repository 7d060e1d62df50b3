#include "body_kinds.h"

#include <algorithm>
#include <cstddef>

namespace qmforge::wfp {
namespace {

// What mingw-w64's headers do not have, as Windows' public SDK declares it.
struct ClassifyAllow {
  UINT64 filterId;
  UINT16 layerId;
  UINT32 reauthReason;
  UINT32 originalProfile;
  UINT32 currentProfile;
  UINT32 msFwpDirection;
  BOOL isLoopback;
};
struct Capability {
  UINT32 networkCapabilityId;
  UINT64 filterId;
  BOOL isLoopback;
};
struct ClassifyDropMac {
  FWP_BYTE_ARRAY6 localMacAddr;
  FWP_BYTE_ARRAY6 remoteMacAddr;
  UINT32 mediaType;
  UINT32 ifType;
  UINT16 etherType;
  UINT32 ndisPortNumber;
  UINT32 reserved;
  UINT16 vlanTag;
  UINT64 ifLuid;
  UINT64 filterId;
  UINT16 layerId;
  UINT32 reauthReason;
  UINT32 originalProfile;
  UINT32 currentProfile;
  UINT32 msFwpDirection;
  BOOL isLoopback;
  FWP_BYTE_BLOB vSwitchId;
  UINT32 vSwitchSourcePort;
  UINT32 vSwitchDestinationPort;
};
struct LpmPacketArrival {
  UINT32 spi;
};

using enum MemberType;

#define MEMBER(type, member, kind) {#member, kind, offsetof(type, member)}
#define TEXTS(type, count, member) {#member, texts, offsetof(type, member), offsetof(type, count)}

using Mm = FWPM_NET_EVENT_IKEEXT_MM_FAILURE2;
constexpr BodyMember mm_failure[] = {
    MEMBER(Mm, failureErrorCode, uint32),
    MEMBER(Mm, failurePoint, uint32),
    MEMBER(Mm, flags, uint32),
    MEMBER(Mm, keyingModuleType, uint32),
    MEMBER(Mm, mmState, uint32),
    MEMBER(Mm, saRole, uint32),
    MEMBER(Mm, mmAuthMethod, uint32),
    MEMBER(Mm, endCertHash, bytes20),
    MEMBER(Mm, mmId, uint64),
    MEMBER(Mm, mmFilterId, uint64),
    MEMBER(Mm, localPrincipalNameForAuth, text),
    MEMBER(Mm, remotePrincipalNameForAuth, text),
    TEXTS(Mm, numLocalPrincipalGroupSids, localPrincipalGroupSids),
    TEXTS(Mm, numRemotePrincipalGroupSids, remotePrincipalGroupSids),
    MEMBER(Mm, providerContextKey, guid),
};

using Em = FWPM_NET_EVENT_IKEEXT_EM_FAILURE1;
constexpr BodyMember em_failure[] = {
    MEMBER(Em, failureErrorCode, uint32),
    MEMBER(Em, failurePoint, uint32),
    MEMBER(Em, flags, uint32),
    MEMBER(Em, emState, uint32),
    MEMBER(Em, saRole, uint32),
    MEMBER(Em, emAuthMethod, uint32),
    MEMBER(Em, endCertHash, bytes20),
    MEMBER(Em, mmId, uint64),
    MEMBER(Em, qmFilterId, uint64),
    MEMBER(Em, localPrincipalNameForAuth, text),
    MEMBER(Em, remotePrincipalNameForAuth, text),
    TEXTS(Em, numLocalPrincipalGroupSids, localPrincipalGroupSids),
    TEXTS(Em, numRemotePrincipalGroupSids, remotePrincipalGroupSids),
    MEMBER(Em, saTrafficType, uint32),
};

using Drop = FWPM_NET_EVENT_CLASSIFY_DROP2;
constexpr BodyMember classify_drop[] = {
    MEMBER(Drop, filterId, uint64),          MEMBER(Drop, layerId, uint16),
    MEMBER(Drop, reauthReason, uint32),      MEMBER(Drop, originalProfile, uint32),
    MEMBER(Drop, currentProfile, uint32),    MEMBER(Drop, msFwpDirection, uint32),
    MEMBER(Drop, isLoopback, boolean),       MEMBER(Drop, vSwitchId, byte_blob),
    MEMBER(Drop, vSwitchSourcePort, uint32), MEMBER(Drop, vSwitchDestinationPort, uint32),
};

using Kernel = FWPM_NET_EVENT_IPSEC_KERNEL_DROP0;
constexpr BodyMember ipsec_kernel_drop[] = {
    MEMBER(Kernel, failureStatus, int32), MEMBER(Kernel, direction, uint32), MEMBER(Kernel, spi, uint32),
    MEMBER(Kernel, filterId, uint64),     MEMBER(Kernel, layerId, uint16),
};

using Dosp = FWPM_NET_EVENT_IPSEC_DOSP_DROP0;
constexpr BodyMember ipsec_dosp_drop[] = {
    MEMBER(Dosp, ipVersion, uint32),
    {"publicHostAddr", address, offsetof(Dosp, publicHostV4Addr)},
    {"internalHostAddr", address, offsetof(Dosp, internalHostV4Addr)},
    MEMBER(Dosp, failureStatus, int32),
    MEMBER(Dosp, direction, uint32),
};

constexpr BodyMember classify_allow[] = {
    MEMBER(ClassifyAllow, filterId, uint64),       MEMBER(ClassifyAllow, layerId, uint16),
    MEMBER(ClassifyAllow, reauthReason, uint32),   MEMBER(ClassifyAllow, originalProfile, uint32),
    MEMBER(ClassifyAllow, currentProfile, uint32), MEMBER(ClassifyAllow, msFwpDirection, uint32),
    MEMBER(ClassifyAllow, isLoopback, boolean),
};

constexpr BodyMember capability[] = {
    MEMBER(Capability, networkCapabilityId, uint32),
    MEMBER(Capability, filterId, uint64),
    MEMBER(Capability, isLoopback, boolean),
};

constexpr BodyMember classify_drop_mac[] = {
    MEMBER(ClassifyDropMac, localMacAddr, bytes6),
    MEMBER(ClassifyDropMac, remoteMacAddr, bytes6),
    MEMBER(ClassifyDropMac, mediaType, uint32),
    MEMBER(ClassifyDropMac, ifType, uint32),
    MEMBER(ClassifyDropMac, etherType, uint16),
    MEMBER(ClassifyDropMac, ndisPortNumber, uint32),
    MEMBER(ClassifyDropMac, reserved, uint32),
    MEMBER(ClassifyDropMac, vlanTag, uint16),
    MEMBER(ClassifyDropMac, ifLuid, uint64),
    MEMBER(ClassifyDropMac, filterId, uint64),
    MEMBER(ClassifyDropMac, layerId, uint16),
    MEMBER(ClassifyDropMac, reauthReason, uint32),
    MEMBER(ClassifyDropMac, originalProfile, uint32),
    MEMBER(ClassifyDropMac, currentProfile, uint32),
    MEMBER(ClassifyDropMac, msFwpDirection, uint32),
    MEMBER(ClassifyDropMac, isLoopback, boolean),
    MEMBER(ClassifyDropMac, vSwitchId, byte_blob),
    MEMBER(ClassifyDropMac, vSwitchSourcePort, uint32),
    MEMBER(ClassifyDropMac, vSwitchDestinationPort, uint32),
};

constexpr BodyMember lpm_packet_arrival[] = {MEMBER(LpmPacketArrival, spi, uint32)};

#undef MEMBER
#undef TEXTS

constexpr auto type_of(std::uint32_t number) { return static_cast<FWPM_NET_EVENT_TYPE>(number); }

// By number: mingw-w64's enumeration ends early.
constexpr BodyKind kinds[] = {
    {"IKEEXT_MM_FAILURE", type_of(0), sizeof(Mm), mm_failure},
    {"IKEEXT_EM_FAILURE", type_of(2), sizeof(Em), em_failure},
    {"CLASSIFY_DROP", type_of(3), sizeof(Drop), classify_drop},
    {"IPSEC_KERNEL_DROP", type_of(4), sizeof(Kernel), ipsec_kernel_drop},
    {"IPSEC_DOSP_DROP", type_of(5), sizeof(Dosp), ipsec_dosp_drop},
    {"CLASSIFY_ALLOW", type_of(6), sizeof(ClassifyAllow), classify_allow},
    {"CAPABILITY_DROP", type_of(7), sizeof(Capability), capability},
    {"CAPABILITY_ALLOW", type_of(8), sizeof(Capability), capability},
    {"CLASSIFY_DROP_MAC", type_of(9), sizeof(ClassifyDropMac), classify_drop_mac},
    {"LPM_PACKET_ARRIVAL", type_of(10), sizeof(LpmPacketArrival), lpm_packet_arrival},
};

}  // namespace

const BodyKind* body_kind_from_name(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(kinds, name, &BodyKind::name);
  return found == std::end(kinds) ? nullptr : found;
}

std::string_view kind_name(std::uint32_t type) noexcept {
  constexpr std::string_view ikeext = "IKEEXT_";
  if (type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) return "QM_FAILURE";
  for (const BodyKind& kind : kinds)
    if (static_cast<std::uint32_t>(kind.type) == type)
      return kind.name.starts_with(ikeext) ? kind.name.substr(ikeext.size()) : kind.name;
  return "unknown type";
}

std::span<const BodyKind> body_kinds() noexcept { return kinds; }

}  // namespace qmforge::wfp
