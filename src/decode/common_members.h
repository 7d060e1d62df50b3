// What stands alike in every encoding: the integers that an event begins with, and a GUID.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "four.h"
#include "qmforge/event.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

/// The size of the six u32 that an event begins with, saTrafficType the last of them.
inline constexpr std::size_t numbers_size = 24;
inline constexpr std::size_t traffic_type_at = 20;

/// failureErrorCode and the four enumerations that follow; saTrafficType is left to the caller, who has to look at it.
/// The enumerations are one store: the validator loads them together, and a load that takes what several stores have
/// just written has to wait for all of them.
template <std::endian Order>
QMFORGE_HOT void take_numbers(Event& out, const std::byte* from) noexcept {
  static_assert(offsetof(Event, failurePoint) == 4 && offsetof(Event, keyingModuleType) == 8 &&
                offsetof(Event, qmState) == 12 && offsetof(Event, saRole) == 16);
  const Four enumerations = load_four(from + 4);
  out.failureErrorCode = load<std::uint32_t, Order>(from);
  store_four(reinterpret_cast<std::byte*>(&out) + offsetof(Event, failurePoint),
             Order == std::endian::native ? enumerations : byteswap(enumerations));
}

/// GUID: u32, u16, u16, 8 bytes.
template <std::endian Order>
QMFORGE_HOT void take_guid(Guid& out, const std::byte* from) noexcept {
  out.data1 = load<std::uint32_t, Order>(from);
  out.data2 = load<std::uint16_t, Order>(from + 4);
  out.data3 = load<std::uint16_t, Order>(from + 6);
  std::memcpy(out.data4.data(), from + 8, out.data4.size());
}

}  // namespace qmforge::detail
