// What NDR20 and NDR64 differ in, and how an integer is loaded.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace qmforge::detail {

/// An integer of either byte order at any alignment.
template <class T, std::endian Order = std::endian::little>
[[nodiscard]] inline T load(const std::byte* at) noexcept {
  T value;
  std::memcpy(&value, at, sizeof(T));
  if constexpr (Order != std::endian::native) value = std::byteswap(value);
  return value;
}

/// NDR 2.0 (C706 chapter 14). A `Word` is what a pointer, a max_count, an offset and an actual_count are; unions and
/// structures that hold pointers are aligned to it. Structures do not end padded.
template <std::endian Order>
struct Ndr20 {
  using Word = std::uint32_t;
  static constexpr std::endian order = Order;
  static constexpr bool pads_structure_ends = false;
};

/// NDR64 ([MS-RPCE] 2.2.5): words of 8 bytes, and structures end padded to their own alignment.
struct Ndr64 {
  using Word = std::uint64_t;
  static constexpr std::endian order = std::endian::little;
  static constexpr bool pads_structure_ends = true;
};

}  // namespace qmforge::detail
