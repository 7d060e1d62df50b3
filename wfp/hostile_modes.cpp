#include "hostile_modes.h"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include "documentation_addresses.h"
#include "event_image.h"
#include "header_defaults.h"

namespace qmforge::wfp {
namespace {

constexpr std::uint64_t high_bits = 0x8000000100000000;

void widen_ids(Event& event) {
  event.qmFilterId |= high_bits;
  if (event.revision == Revision::r1) event.mmSaLuid |= high_bits;
}

void go_past_max(Event& event, std::uint32_t number) {
  // The MAX members themselves, and values beyond them.
  constexpr std::uint32_t beyond[] = {0, 4, 0x7ffffffb, 0xfffffff0};
  const std::uint32_t more = beyond[number % std::size(beyond)];
  event.failurePoint = static_cast<FailurePoint>(3 + more);
  event.keyingModuleType = static_cast<KeyModuleType>(3 + more);
  event.qmState = static_cast<QmSaState>(4 + more);
  event.saRole = static_cast<SaRole>(2 + more);
}

ConditionValue other_subnet(std::uint32_t number) {
  constexpr DataType types[] = {DataType::byteArray16, DataType::range, DataType::uint32, DataType::empty,
                                DataType::byteArray6};
  const DataType type = types[number % std::size(types)];
  ConditionValue value(type);
  if (type == DataType::byteArray16) value.arm.byteArray16 = local_v6;
  if (type == DataType::byteArray6) value.arm.byteArray6 = {0x02, 0, 0x5e, 0, 0x53, 1};
  if (type == DataType::uint32) value.arm.uint32 = local_v4;
  if (type == DataType::range) {
    value.rangeValue.valueLow = Value(DataType::uint32);
    value.rangeValue.valueLow.arm.uint32 = local_v4;
    value.rangeValue.valueHigh = Value(DataType::uint32);
    value.rangeValue.valueHigh.arm.uint32 = local_v4 + 99;
  }
  return value;
}

/// A mask in the other family: an IPv4 mask appended to 2001:db8::/96, or the last 32 bits of an IPv6 mask.
void turn_family(ConditionValue& subnet) {
  if (subnet.holds(DataType::v4AddrMask)) {
    const auto [addr, mask] = subnet.v4AddrMask;
    Address address = {0x20, 0x01, 0x0d, 0xb8};
    std::ranges::copy_n(network_order(addr).begin(), 4, address.begin() + 12);
    subnet = ConditionValue(DataType::v6AddrMask);
    subnet.v6AddrMask = {address, static_cast<std::uint8_t>(96 + std::popcount(mask))};
  } else if (subnet.holds(DataType::v6AddrMask)) {
    const auto [addr, prefix] = subnet.v6AddrMask;
    std::uint32_t end = 0;
    for (std::size_t i = 12; i < 16; ++i) end = end << 8 | addr[i];
    const int length = std::clamp(static_cast<int>(prefix) - 96, 0, 32);
    subnet = ConditionValue(DataType::v4AddrMask);
    subnet.v4AddrMask = {end, length == 0 ? 0 : 0xffffffff << (32 - length)};
  }
}

/// Fills every member of a header that is not set.
void fill(EventHeader& header, std::uint32_t number) {
  static constexpr std::array<std::uint32_t, 2> sub_authorities = {0xa5a5a5a5, 500};
  Sid sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(std::span<const std::uint32_t>(sub_authorities))};
  if (!header.ipVersion) header.ipVersion = IpVersion::v4;
  if (!header.localAddr) header.localAddr = local_v6;
  if (!header.remoteAddr) header.remoteAddr = remote_v6;
  if (!header.ipProtocol) header.ipProtocol = std::uint8_t{0xa5};
  if (!header.localPort) header.localPort = static_cast<std::uint16_t>(0xa500 + number % 256);
  if (!header.remotePort) header.remotePort = std::uint16_t{0xa5a5};
  if (!header.scopeId) header.scopeId = 0xa5a5a5a5;
  if (!header.appId) header.appId = u"\\device\\harddiskvolume1\\stale.exe";
  if (!header.userId) header.userId = sid;
  if (!header.packageSid) header.packageSid = sid;
  if (!header.enterpriseId) header.enterpriseId = u"stale.example";
  if (!header.policyFlags) header.policyFlags = 0xa5a5a5a5a5a5a5a5;
  if (!header.effectiveName) header.effectiveName = u"stale";
}

constexpr std::size_t local_at = offsetof(FWPM_NET_EVENT_IKEEXT_QM_FAILURE1, localSubNet);
constexpr std::size_t remote_at = offsetof(FWPM_NET_EVENT_IKEEXT_QM_FAILURE1, remoteSubNet);
constexpr std::size_t mask_offset = offsetof(FWP_CONDITION_VALUE0, v4AddrMask);
constexpr std::size_t garbage_size = 24;  // more than either mask

void append_garbage(Draft& draft, std::size_t size) {
  const std::vector<std::byte> zeros(size);
  draft.garbage_at = draft.image.append(zeros.data(), size, alignof(std::uint64_t));
  draft.garbage_size = static_cast<std::uint32_t>(size);
}

void put_stale_subnets(Draft& draft, std::uint32_t number) {
  append_garbage(draft, garbage_size);
  for (const std::size_t at : {local_at, remote_at}) {
    draft.image.put<std::uint32_t>(at, number % 2 == 0 ? FWP_V4_ADDR_MASK : FWP_V6_ADDR_MASK);
    draft.image.point(at + mask_offset, draft.garbage_at);
  }
}

void put_null_subnets(Draft& draft, std::uint32_t number) {
  for (const std::size_t at : {local_at, remote_at})
    draft.image.put<std::uint32_t>(at, number % 2 == 0 ? FWP_V4_ADDR_MASK : FWP_V6_ADDR_MASK);
}

Draft other_kind(const EventHeader& header, std::uint32_t number) {
  Draft draft;
  draft.header = header;
  switch (number % 3) {
    case 0:
      draft.type = FWPM_NET_EVENT_TYPE_IKEEXT_MM_FAILURE;
      append_mm_failure(draft.image, number);
      break;
    case 1:
      draft.type = FWPM_NET_EVENT_TYPE_IKEEXT_EM_FAILURE;
      append_em_failure(draft.image, number);
      break;
    default:
      draft.type = FWPM_NET_EVENT_TYPE_CLASSIFY_DROP;
      append_classify_drop(draft.image, number);
      break;
  }
  return draft;
}

Draft unknown_type(const EventHeader& header, std::uint32_t number) {
  constexpr std::uint32_t types[] = {11, 13, 14, 15, 16, 17, 18, 19, 20, 0xffffffff};
  Draft draft;
  draft.header = header;
  draft.type = static_cast<FWPM_NET_EVENT_TYPE>(types[number % std::size(types)]);
  draft.has_body = number / std::size(types) % 2 == 0;
  if (draft.has_body) append_garbage(draft, sizeof(FWPM_NET_EVENT_IKEEXT_QM_FAILURE1));
  return draft;
}

Draft draft_of(const Event& event, const ModeSet& modes, std::uint32_t number) {
  Draft draft;
  append_qm_failure(draft.image, event);
  if (!event.has_subnets()) {
    // If both modes are on, they alternate.
    const bool stale = modes.contains(Mode::staleSubnets);
    const bool null = modes.contains(Mode::nullSubnets);
    const bool turn_of_null = null && number % 4 >= 2;
    if (stale && !turn_of_null)
      put_stale_subnets(draft, number);
    else if (null)
      put_null_subnets(draft, number);
  }
  return draft;
}

/// The draft with its header; applies the modes for events of every kind.
Draft completed(Draft draft, EventHeader header, const ModeSet& modes, std::uint32_t number) {
  if (modes.contains(Mode::unflaggedFields)) {
    fill(header, number);
    header.flags = 0;
  }
  draft.has_body = !modes.contains(Mode::nullBody);
  draft.header = std::move(header);
  return draft;
}

/// A header in the other family.
EventHeader turned(EventHeader header, const Event* event, const ModeSet& modes) {
  const IpVersion version = header.ipVersion == IpVersion::v6 ? IpVersion::v4 : IpVersion::v6;
  const EventHeader other =
      event != nullptr && modes.contains(Mode::subnetHeaders) ? subnet_header(*event, version) : header_in(version);
  header.ipVersion = version;
  header.localAddr = other.localAddr;
  header.remoteAddr = other.remoteAddr;
  return header;
}

/// A Quick Mode failure, changed by the modes.
Event changed(Event event, const ModeSet& modes, std::uint32_t number) {
  if (modes.contains(Mode::wideIds)) widen_ids(event);
  if (modes.contains(Mode::pastMax)) go_past_max(event, number);
  if (modes.contains(Mode::otherSubnetTypes) && event.has_subnets()) {
    event.localSubNet = other_subnet(number);
    event.remoteSubNet = other_subnet(number + 1);
  }
  return event;
}

}  // namespace

void apply_modes(const NetEventBody& body, const EventHeader& header, const ModeSet& modes, std::uint32_t number,
                 std::vector<Draft>& drafts) {
  const std::size_t first = drafts.size();
  if (const Event* const original = qm_failure_of(body)) {
    Event event = changed(*original, modes, number);
    drafts.push_back(completed(draft_of(event, modes, number), header, modes, number));
    if (modes.contains(Mode::bothFamilies)) {
      if (event.has_subnets()) {
        turn_family(event.localSubNet);
        turn_family(event.remoteSubNet);
      }
      drafts.push_back(completed(draft_of(event, modes, number), turned(header, &event, modes), modes, number));
    }
  } else {
    const auto& other = std::get<OtherBody>(body);
    Draft draft;
    draft.type = other.type;
    draft.image = other.image;
    drafts.push_back(completed(draft, header, modes, number));
    if (modes.contains(Mode::bothFamilies))
      drafts.push_back(completed(std::move(draft), turned(header, nullptr, modes), modes, number));
  }
  if (modes.contains(Mode::otherKinds)) drafts.push_back(other_kind(header, number));
  if (modes.contains(Mode::unknownTypes)) drafts.push_back(unknown_type(header, number));
  for (Draft& draft : std::span(drafts).subspan(first)) draft.modes = modes;
}

}  // namespace qmforge::wfp
