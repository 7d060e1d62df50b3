// The header of type serialization version 1 ([MS-RPCE] 2.2.6.1 and 2.2.6.2); docs/format.md 2.2 has its layout.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "attributes.h"
#include "failure.h"
#include "members.h"

namespace qmforge::detail {

struct Ndr20Header {
  static constexpr std::size_t size = 16;
  static constexpr std::size_t common_at = 0;
  static constexpr std::size_t length_at = 8;

  /// The common header's first four bytes as a little-endian integer: Version 1, Endianness little or big,
  /// CommonHeaderLength 8 (always little-endian).
  static constexpr std::uint32_t little = 0x00081001;
  static constexpr std::uint32_t big = 0x00080001;

  /// The common header for a body in this byte order, as an integer in that order.
  template <std::endian Order>
  [[nodiscard]] static constexpr std::uint32_t common() noexcept {
    return Order == std::endian::little ? little : std::byteswap(big);
  }

  /// `little`, `big`, or another value for a header that must be rejected.
  QMFORGE_INLINE static std::uint32_t common(std::span<const std::byte> input) noexcept {
    return input.size() < size ? 0 : load<std::uint32_t>(input.data());
  }

  /// Reads and checks ObjectBufferLength, for a header with one of the two valid common parts.
  template <std::endian Order>
  QMFORGE_INLINE static bool read_length(std::span<const std::byte> input, std::size_t& out,
                                         Outcome& outcome) noexcept {
    const auto length = load<std::uint32_t, Order>(input.data() + length_at);
    if (length % 8 != 0 || length > input.size() - size) [[unlikely]]
      return fail(outcome, ErrorCode::objectLength, Step::objectBufferLength, length_at);
    out = length;
    return true;
  }

  /// Always false. Reports the first wire field that is truncated or invalid in a header.
  QMFORGE_COLD static bool reject(std::span<const std::byte> input, Outcome& outcome) noexcept {
    const auto wrong = [&](ErrorCode code, Step field, std::size_t at) { return fail(outcome, code, field, at); };
    const auto missing = [&](std::size_t end) { return input.size() < end; };
    const auto byte_at = [&](std::size_t at) { return std::to_integer<unsigned>(input[at]); };
    if (missing(1)) return wrong(ErrorCode::truncated, Step::version, 0);
    if (byte_at(0) != 1) return wrong(ErrorCode::headerVersion, Step::version, 0);
    if (missing(2)) return wrong(ErrorCode::truncated, Step::endianness, 1);
    if (byte_at(1) != 0x10 && byte_at(1) != 0) return wrong(ErrorCode::headerEndianness, Step::endianness, 1);
    if (missing(4)) return wrong(ErrorCode::truncated, Step::commonHeaderLength, 2);
    if (load<std::uint16_t>(input.data() + 2) != 8) return wrong(ErrorCode::headerLength, Step::commonHeaderLength, 2);
    if (missing(length_at)) return wrong(ErrorCode::truncated, Step::filler, 4);
    if (missing(length_at + 4)) return wrong(ErrorCode::truncated, Step::objectBufferLength, length_at);
    return wrong(ErrorCode::truncated, Step::filler, length_at + 4);
  }
};

}  // namespace qmforge::detail
