// Bytes written as hex, for tests.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace qmforge::testing {

/// The bytes that `hex` says; spaces are passed over, for lines that people read.
inline std::vector<std::byte> from_hex(std::string_view hex) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::vector<std::byte> bytes;
  bool high = true;
  for (const char c : hex) {
    if (c == ' ') continue;
    const auto digit = digits.find(c);
    if (digit == std::string_view::npos) throw std::invalid_argument("not a hex digit");
    if (high) {
      bytes.push_back(static_cast<std::byte>(digit << 4));
    } else {
      bytes.back() |= static_cast<std::byte>(digit);
    }
    high = !high;
  }
  if (!high) throw std::invalid_argument("half a byte");
  return bytes;
}

inline std::string to_hex(std::span<const std::byte> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const std::byte b : bytes) {
    hex += digits[std::to_integer<std::size_t>(b >> 4)];
    hex += digits[std::to_integer<std::size_t>(b & std::byte{0xf})];
  }
  return hex;
}

}  // namespace qmforge::testing
