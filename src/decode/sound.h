// Whether there is anything to find, in as few branches as can be: in a stream of events those that depend on an
// address are mispredicted, and the others take their time as well.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "four.h"
#include "qmforge/event.h"
#include "qmforge/names.h"

namespace qmforge::detail {

/// ERROR_IPSEC_IKE_NEG_STATUS_BEGIN, _END and _EXTENDED_END: range markers of winerror.h, not errors.
inline constexpr std::array<std::uint32_t, 3> error_code_markers = {13800, 13897, 13909};

/// By prefix length: the bits of an address that lie beyond it, as its two halves stand in memory.
inline constexpr auto bits_beyond = [] {
  std::array<std::array<std::uint64_t, 2>, 129> table{};
  for (unsigned prefix = 0; prefix <= 128; ++prefix)
    for (unsigned bit = prefix; bit < 128; ++bit) {
      const std::uint64_t big_endian = std::uint64_t{1} << (63 - bit % 64);
      table[prefix][bit / 64] |= std::endian::native == std::endian::big ? big_endian : std::byteswap(big_endian);
    }
  return table;
}();

/// The bits of an address that lie beyond its prefix, which is at most 128.
QMFORGE_HOT Four host_bits(const V6AddrMask& subnet) noexcept {
  return load_four(subnet.addr.data()) & load_four(bits_beyond[subnet.prefixLength].data());
}

// What is wrong with an IPv4 mask, as bits: none for one that is sound.

/// A mask is ones, then zeros; all ones (/32) and all zeros (/0) are masks too.
QMFORGE_HOT std::uint32_t broken_bits(const V4AddrMask& subnet) noexcept {
  const std::uint32_t host_bits = ~subnet.mask;
  return host_bits & (host_bits + 1);
}

QMFORGE_HOT std::uint32_t host_bits(const V4AddrMask& subnet) noexcept { return subnet.addr & ~subnet.mask; }

/// Whether there is nothing to find, as far as can be told at a glance. Where this says no there may still be nothing.
QMFORGE_HOT bool looks_sound(const Event& event) noexcept {
  static_assert(offsetof(Event, keyingModuleType) == 8 && offsetof(Event, qmState) == 12 &&
                offsetof(Event, saRole) == 16);
  const Four enumerations = load_four(reinterpret_cast<const std::byte*>(&event) + offsetof(Event, failurePoint));
  const Four members = {member_count<FailurePoint>, member_count<KeyModuleType>, member_count<QmSaState>,
                        member_count<SaRole>};
  std::uint32_t code = event.failureErrorCode;  // NOLINT(misc-const-correctness): the next line writes it
  asm("" : "+r"(code));  // or clang++ would load 16 bytes for it, which two stores of the decoder have just written
  const Four no_errors = {0, error_code_markers[0], error_code_markers[1], error_code_markers[2]};
  const Four found = reinterpret_cast<Four>(enumerations >= members) |
                     reinterpret_cast<Four>(Four{code, code, code, code} == no_errors);
  if (!all_zero(found)) [[unlikely]]
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
