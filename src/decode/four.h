// Four 32-bit integers at a time, as far as the readers and the validator need it. The vectors of g++ and clang++: one
// instruction a line on processors that have such registers, and the same answers on all others.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

#include "hot.h"

namespace qmforge::detail {

using Four [[gnu::vector_size(16)]] = std::uint32_t;

QMFORGE_HOT Four load_four(const void* at) noexcept {
  Four four;
  std::memcpy(&four, at, sizeof(four));
  return four;
}

QMFORGE_HOT void store_four(void* at, Four four) noexcept { std::memcpy(at, &four, sizeof(four)); }

[[nodiscard]] QMFORGE_HOT bool all_zero(Four four) noexcept {
  std::uint64_t halves[2];
  std::memcpy(halves, &four, sizeof(halves));
  return (halves[0] | halves[1]) == 0;
}

/// From one byte order to the other.
[[nodiscard]] QMFORGE_HOT Four byteswap(Four four) noexcept {
  return four << 24 | (four & 0xff00) << 8 | (four >> 8 & 0xff00) | four >> 24;
}

/// What an integer has to be: anything, where there is none.
using Expected = std::optional<std::uint32_t>;
inline constexpr Expected anything = std::nullopt;

/// In which bits four integers of such byte order differ from what they have to be.
template <std::endian Order>
[[nodiscard]] QMFORGE_HOT Four differences(const void* at, Expected a, Expected b, Expected c, Expected d) noexcept {
  const auto bits = [](Expected e) {
    return Order == std::endian::native ? e.value_or(0) : std::byteswap(e.value_or(0));
  };
  const auto mask = [](Expected e) { return e ? ~std::uint32_t{0} : 0; };
  return (load_four(at) & Four{mask(a), mask(b), mask(c), mask(d)}) ^ Four { bits(a), bits(b), bits(c), bits(d) };
}

}  // namespace qmforge::detail
