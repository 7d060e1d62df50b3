// Whether an event has no findings, with as few branches as possible, because branches that depend on an address are
// mispredicted in a stream of events.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "lanes.h"
#include "qmforge/event.h"
#include "qmforge/names.h"

namespace qmforge::detail {

/// ERROR_IPSEC_IKE_NEG_STATUS_BEGIN, _END and _EXTENDED_END: range markers of winerror.h, not errors.
inline constexpr std::array<std::uint32_t, 3> error_code_markers = {13800, 13897, 13909};

/// For each prefix length: the bits of an address after the prefix, as bytes in memory.
inline constexpr auto bits_beyond = [] {
  std::array<std::array<std::uint64_t, 2>, 129> table{};
  for (unsigned prefix = 0; prefix <= 128; ++prefix)
    for (unsigned bit = prefix; bit < 128; ++bit) {
      const std::uint64_t big_endian = std::uint64_t{1} << (63 - bit % 64);
      table[prefix][bit / 64] |= std::endian::native == std::endian::big ? big_endian : std::byteswap(big_endian);
    }
  return table;
}();

/// The bits of an address after its prefix, whose length is at most 128.
QMFORGE_INLINE U32x4 host_bits(const V6AddrMask& subnet) noexcept {
  return load_lanes(subnet.addr.data()) & load_lanes(bits_beyond[subnet.prefixLength].data());
}

/// The bits that violate an IPv4 mask, which is ones followed by zeros, also all ones (/32) or all zeros (/0).
QMFORGE_INLINE std::uint32_t broken_bits(const V4AddrMask& subnet) noexcept {
  const std::uint32_t host_bits = ~subnet.mask;
  return host_bits & (host_bits + 1);
}

QMFORGE_INLINE std::uint32_t host_bits(const V4AddrMask& subnet) noexcept { return subnet.addr & ~subnet.mask; }

/// Not zero if one of the first four members has a finding.
QMFORGE_INLINE U32x4 suspect_members(const Event& event) noexcept {
  const std::array largest = {~std::uint32_t{0}, member_count<FailurePoint> - 1, member_count<KeyModuleType> - 1,
                              member_count<QmSaState> - 1};
  const U32x4 suspect_codes = lanes({0, error_code_markers[0], error_code_markers[1], error_code_markers[2]});
  const U32x4 members = first_members(event);
  return greater(members, largest) | equal(splat_first(members), suspect_codes);
}

/// Not zero if one of two IPv4 masks has a finding.
QMFORGE_INLINE std::uint32_t suspect_bits(const V4AddrMask& a, const V4AddrMask& b) noexcept {
  return broken_bits(a) | host_bits(a) | broken_bits(b) | host_bits(b);
}

QMFORGE_INLINE bool has_valid_prefixes(const V6AddrMask& a, const V6AddrMask& b) noexcept {
  return a.prefixLength <= 128 && b.prefixLength <= 128;
}

/// Whether an event without findings in its subnets' types has none in its values. `type` is both subnets'; FWP_EMPTY:
/// a transport event.
template <DataType type>
QMFORGE_INLINE bool has_no_findings(const Event& event) noexcept {
  const ConditionValue& local = event.localSubNet;
  const ConditionValue& remote = event.remoteSubNet;
  if (!is_valid(event.saRole)) [[unlikely]]
    return false;
  if constexpr (type == DataType::v4AddrMask)
    return all_zero(suspect_members(event), suspect_bits(local.v4AddrMask, remote.v4AddrMask));
  else if constexpr (type == DataType::v6AddrMask)
    return has_valid_prefixes(local.v6AddrMask, remote.v6AddrMask) &&
           all_zero(suspect_members(event) | host_bits(local.v6AddrMask) | host_bits(remote.v6AddrMask));
  else
    return all_zero(suspect_members(event));
}

/// True only for events without findings; it may be false for some of these.
QMFORGE_INLINE bool passes_quick_check(const Event& event) noexcept {
  if (!all_zero(suspect_members(event)) || !is_valid(event.saRole)) [[unlikely]]
    return false;
  if (!event.has_subnets()) [[unlikely]]
    return event.saTrafficType == TrafficType::transport;
  const ConditionValue& local = event.localSubNet;
  const ConditionValue& remote = event.remoteSubNet;
  if (local.is_null || remote.is_null || local.type != remote.type) [[unlikely]]
    return false;
  if (local.type == DataType::v4AddrMask) [[likely]]
    return suspect_bits(local.v4AddrMask, remote.v4AddrMask) == 0;
  return local.type == DataType::v6AddrMask && has_valid_prefixes(local.v6AddrMask, remote.v6AddrMask) &&
         all_zero(host_bits(local.v6AddrMask) | host_bits(remote.v6AddrMask));
}

}  // namespace qmforge::detail
