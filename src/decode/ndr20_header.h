// The header of type serialization version 1 ([MS-RPCE] 2.2.6.1 and 2.2.6.2); decode.h draws it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "failure.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

struct Ndr20Header {
  static constexpr std::size_t size = 16;

  std::endian order = std::endian::little;
  std::uint32_t object_length = 0;

  bool read(std::span<const std::byte> input, DecodeError& error) noexcept {
    // Version 1, little-endian or big-endian, CommonHeaderLength 8; always in little-endian order.
    constexpr std::uint32_t little = 0x00081001;
    constexpr std::uint32_t big = 0x00080001;
    if (input.size() < size) [[unlikely]]
      return reject(input, error);
    const auto common = load<std::uint32_t>(input.data());
    if (common == little) [[likely]]
      object_length = load<std::uint32_t, std::endian::little>(input.data() + length_at);
    else if (common == big)
      object_length = load<std::uint32_t, std::endian::big>(input.data() + length_at);
    else
      return reject(input, error);
    order = common == little ? std::endian::little : std::endian::big;
    if (object_length % 8 != 0 || object_length > input.size() - size) [[unlikely]]
      return fail(error, ErrorCode::objectLength, Step::objectBufferLength, length_at);
    return true;
  }

 private:
  static constexpr std::size_t length_at = 8;

  /// Says, datum by datum, what is wrong with a header that is cut short or holds a field that is none of its values.
  [[gnu::cold, gnu::noinline]] static bool reject(std::span<const std::byte> input, DecodeError& error) noexcept {
    const auto missing = [&](std::size_t end) { return input.size() < end; };
    const auto byte_at = [&](std::size_t at) { return std::to_integer<unsigned>(input[at]); };
    if (missing(1)) return fail(error, ErrorCode::truncated, Step::version, 0);
    if (byte_at(0) != 1) return fail(error, ErrorCode::headerVersion, Step::version, 0);
    if (missing(2)) return fail(error, ErrorCode::truncated, Step::endianness, 1);
    if (byte_at(1) != 0x10 && byte_at(1) != 0) return fail(error, ErrorCode::headerEndianness, Step::endianness, 1);
    if (missing(4)) return fail(error, ErrorCode::truncated, Step::commonHeaderLength, 2);
    if (load<std::uint16_t>(input.data() + 2) != 8)
      return fail(error, ErrorCode::headerLength, Step::commonHeaderLength, 2);
    if (missing(length_at)) return fail(error, ErrorCode::truncated, Step::filler, 4);
    if (missing(length_at + 4)) return fail(error, ErrorCode::truncated, Step::objectBufferLength, length_at);
    return fail(error, ErrorCode::truncated, Step::filler, length_at + 4);
  }
};

}  // namespace qmforge::detail
