// What stands around an NDR body: nothing, or the header of type serialization.
#pragma once

#include <bit>
#include <cstddef>
#include <span>

#include "failure.h"
#include "four.h"
#include "ndr20_header.h"
#include "ndr_reader.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

/// A bare body: it is the whole input.
template <class SyntaxOfBody>
struct Bare {
  using Syntax = SyntaxOfBody;
  static constexpr std::size_t body_at = 0;
  /// Whether the input is as long as one whose object ends at `end` in the body.
  template <std::size_t end>
  QMFORGE_HOT static bool fits(std::span<const std::byte> input) noexcept {
    return input.size() - end <= max_padding;
  }
  /// For an input that fits: zero if what stands before the body is right.
  template <std::size_t end>
  QMFORGE_HOT static Four wrong(std::span<const std::byte>) noexcept {
    return Four{};
  }
  /// The body's size; false, and an error in `outcome`, where there is none.
  QMFORGE_HOT static bool size(std::span<const std::byte> input, std::size_t& out, Outcome&) noexcept {
    out = input.size();
    return true;
  }
};

/// A body behind a header that is in its byte order.
template <std::endian Order>
struct Serialized {
  using Syntax = Ndr20<Order>;
  static constexpr std::size_t body_at = Ndr20Header::size;
  template <std::size_t end>
  QMFORGE_HOT static bool fits(std::span<const std::byte> input) noexcept {
    return input.size() == body_at + padded<end>;
  }
  template <std::size_t end>
  QMFORGE_HOT static Four wrong(std::span<const std::byte> input) noexcept {
    return Ndr20Header::wrong<Order, padded<end>>(input.data());
  }
  QMFORGE_HOT static bool size(std::span<const std::byte> input, std::size_t& out, Outcome& outcome) noexcept {
    std::uint32_t length = 0;
    if (!Ndr20Header::read_length<Order>(input, length, outcome)) return false;
    out = length;
    return true;
  }

 private:
  /// ObjectBufferLength of a canonical message is a multiple of 8.
  template <std::size_t end>
  static constexpr std::size_t padded = (end + 7) / 8 * 8;
};

}  // namespace qmforge::detail
