// Digits to numbers and back, for all text forms.
#pragma once

#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <system_error>

namespace qmforge::digits {

/// The value of a hex digit in either case; nullopt for any other character.
[[nodiscard]] constexpr std::optional<std::uint8_t> hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

/// The most characters of a number in decimal.
inline constexpr std::size_t most_decimal = 20;

/// Both digits of each byte.
inline constexpr auto hex_pairs = [] {
  constexpr std::string_view hex = "0123456789abcdef";
  std::array<std::array<char, 2>, 256> pairs;
  for (std::size_t i = 0; i < pairs.size(); ++i) pairs[i] = {hex[i >> 4], hex[i & 0xf]};
  return pairs;
}();

/// Writes two digits for each byte; returns their end.
inline char* put_hex(char* to, std::span<const std::uint8_t> bytes) noexcept {
  for (const std::uint8_t byte : bytes) {
    std::memcpy(to, hex_pairs[byte].data(), 2);
    to += 2;
  }
  return to;
}

/// All digits of the number's width, the most significant first.
template <std::unsigned_integral Number>
char* put_hex(char* to, Number number) noexcept {
  for (std::size_t i = sizeof(Number); i-- != 0;) {
    std::memcpy(to, hex_pairs[static_cast<std::uint8_t>(number >> (8 * i))].data(), 2);
    to += 2;
  }
  return to;
}

/// The whole text as a number: base 10 without leading zeros, or base 16; '-' is the only sign. nullopt for any other
/// text, and for a number out of the type's range.
template <std::integral Number>
[[nodiscard]] std::optional<Number> parse(std::string_view text, int base = 10) noexcept {
  const std::string_view unsigned_part = text.substr(text.starts_with('-') ? 1 : 0);
  if (base == 10 && unsigned_part.starts_with('0') && text.size() > 1) return std::nullopt;
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Two digits for each of `bytes`. Returns false for any other text; `bytes` is then unspecified.
[[nodiscard]] inline bool parse_hex(std::string_view text, std::span<std::uint8_t> bytes) noexcept {
  if (text.size() != 2 * bytes.size()) return false;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto high = hex_digit(text[2 * i]);
    const auto low = hex_digit(text[2 * i + 1]);
    if (!high || !low) return false;
    bytes[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return true;
}

}  // namespace qmforge::digits
