// The differences between NDR20 and NDR64, and the framing of a body.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace qmforge::detail {

/// NDR 2.0 (C706 chapter 14). `Word` is the type of pointers, max_count, offset and actual_count; unions and
/// structures with pointers are aligned to it. The ends of structures are not padded.
template <std::endian Order>
struct Ndr20 {
  using Word = std::uint32_t;
  static constexpr std::endian order = Order;
  static constexpr bool pads_structure_ends = false;
};

/// NDR64 ([MS-RPCE] 2.2.5): words have 8 bytes, and the ends of structures are padded to their alignment.
struct Ndr64 {
  using Word = std::uint64_t;
  static constexpr std::endian order = std::endian::little;
  static constexpr bool pads_structure_ends = true;
};

enum class Framing : std::uint8_t {
  none,    // the input is a body
  header,  // a header of type serialization version 1, which has the byte order, precedes the body
};

/// The padding that may follow a bare body's object: up to one byte less than the largest alignment.
inline constexpr std::size_t max_padding = 7;

[[nodiscard]] constexpr std::size_t round_up(std::size_t offset, std::size_t alignment) noexcept {
  return (offset + alignment - 1) / alignment * alignment;
}

}  // namespace qmforge::detail
