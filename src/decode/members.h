// Reading integers, and the parts that are alike in every encoding: the six integers at an event's start, and a GUID.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "lanes.h"
#include "qmforge/event.h"

namespace qmforge::detail {

/// An integer of either byte order at any alignment.
template <class T, std::endian Order = std::endian::little>
[[nodiscard]] inline T load(const std::byte* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof(T));
  if constexpr (Order != std::endian::native) value = std::byteswap(value);
  return value;
}

/// The size of the six u32 at an event's start; the last is saTrafficType.
inline constexpr std::size_t scalars_size = 24;
inline constexpr std::size_t traffic_type_at = 20;

/// Reads failureErrorCode and the next four enumerations; the caller checks and sets saTrafficType.
template <std::endian Order>
QMFORGE_INLINE void read_scalars(Event& out, const std::byte* from) noexcept {
  const U32x4 values = load_lanes(from);
  set_first_members(out, Order == std::endian::native ? values : byteswap(values));
  out.saRole = static_cast<SaRole>(load<std::uint32_t, Order>(from + 16));
}

/// The same for a saTrafficType that is checked, which it sets, and the revision. Reads 32 bytes, and may write to
/// qmFilterId, which must be read afterwards.
template <std::endian Order>
QMFORGE_INLINE void read_scalars(Event& out, const std::byte* from, TrafficType traffic_type,
                                 Revision revision) noexcept {
  if constexpr (Order == std::endian::native) {
    constexpr std::uint32_t all = ~std::uint32_t{0};
    set_first_members(out, load_lanes(from));
    set_second_members(out, (load_lanes(from + 16) & lanes({all, all, 0, 0})) |
                                lanes({0, 0, static_cast<std::uint32_t>(revision), 0}));
  } else {  // swapping bytes takes longer than storing members one by one
    read_scalars<Order>(out, from);
    out.saTrafficType = traffic_type;
    out.revision = revision;
  }
}

/// FWP_V4_ADDR_AND_MASK: addr u32 | mask u32.
template <std::endian Order>
QMFORGE_INLINE void read_v4_mask(ConditionValue& out, const std::byte* from) noexcept {
  set_type(out, DataType::v4AddrMask);
  out.v4AddrMask = {load<std::uint32_t, Order>(from), load<std::uint32_t, Order>(from + 4)};
}

/// FWP_V6_ADDR_AND_MASK: addr 16 bytes | prefixLength u8.
QMFORGE_INLINE void read_v6_mask(ConditionValue& out, const std::byte* from) noexcept {
  set_type(out, DataType::v6AddrMask);
  std::memcpy(out.v6AddrMask.addr.data(), from, out.v6AddrMask.addr.size());
  out.v6AddrMask.prefixLength = load<std::uint8_t>(from + 16);
}

/// GUID: u32, u16, u16, 8 bytes.
template <std::endian Order>
QMFORGE_INLINE void read_guid(Guid& out, const std::byte* from) noexcept {
  out.data1 = load<std::uint32_t, Order>(from);
  out.data2 = load<std::uint16_t, Order>(from + 4);
  out.data3 = load<std::uint16_t, Order>(from + 6);
  std::memcpy(out.data4.data(), from + 8, out.data4.size());
}

}  // namespace qmforge::detail
