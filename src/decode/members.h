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
  const U32x4 values = load_lanes(from + 4);
  out.failureErrorCode = load<std::uint32_t, Order>(from);
  set_enumerations(out, Order == std::endian::native ? values : byteswap(values));
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
