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

/// True only for events without findings; it may be false for some of these.
QMFORGE_INLINE bool passes_quick_check(const Event& event) noexcept {
  const U32x4 member_counts =
      lanes({member_count<FailurePoint>, member_count<KeyModuleType>, member_count<QmSaState>, member_count<SaRole>});
  const U32x4 suspect_codes = lanes({0, error_code_markers[0], error_code_markers[1], error_code_markers[2]});
  if (!all_zero(at_least(enumerations(event), member_counts) | equal(splat(event.failureErrorCode), suspect_codes)))
      [[unlikely]]
    return false;
  if (!event.has_subnets()) return event.saTrafficType == TrafficType::transport;
  const ConditionValue& local = event.localSubNet;
  const ConditionValue& remote = event.remoteSubNet;
  if (local.is_null || remote.is_null || local.type != remote.type) [[unlikely]]
    return false;
  if (local.type == DataType::v4AddrMask) {
    const V4AddrMask& a = local.v4AddrMask;
    const V4AddrMask& b = remote.v4AddrMask;
    return (broken_bits(a) | host_bits(a) | broken_bits(b) | host_bits(b)) == 0;
  }
  if (local.type != DataType::v6AddrMask) [[unlikely]]
    return false;
  const V6AddrMask& a = local.v6AddrMask;
  const V6AddrMask& b = remote.v6AddrMask;
  return a.prefixLength <= 128 && b.prefixLength <= 128 && all_zero(host_bits(a) | host_bits(b));
}

}  // namespace qmforge::detail
