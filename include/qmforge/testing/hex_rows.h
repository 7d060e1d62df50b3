// Bytes as hex, for the messages of failed tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace qmforge::test {

/// The bytes in rows of sixteen with their offsets; with `mark`, `>` before the byte at that offset.
[[nodiscard]] inline std::string hex_rows(std::span<const std::byte> bytes, std::size_t mark = SIZE_MAX) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes.size() || i == mark; ++i) {
    if (i % 16 == 0) text += '\n' + std::string(5 - std::to_string(i).size(), ' ') + std::to_string(i) + ' ';
    text += i == mark ? '>' : ' ';
    if (i >= bytes.size()) break;
    text += digits[std::to_integer<std::size_t>(bytes[i] >> 4)];
    text += digits[std::to_integer<std::size_t>(bytes[i] & std::byte{15})];
  }
  return text;
}

}  // namespace qmforge::test
