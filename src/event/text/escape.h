// Strings in printable ASCII, as JSON escapes them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "digits.h"

namespace qmforge {

/// The most characters that a UTF-16 unit becomes.
inline constexpr std::size_t most_escaped = 6;

[[nodiscard]] constexpr bool needs_no_escape(char16_t unit) noexcept {
  return unit >= 0x20 && unit <= 0x7e && unit != u'"' && unit != u'\\';
}

/// Writes a UTF-16 unit of a string: itself, escaped by a backslash, or \uXXXX. Returns the end.
[[nodiscard]] inline char* put_escaped(char* to, char16_t unit) noexcept {
  if (unit < 0x20 || unit > 0x7e) {
    *to++ = '\\';
    *to++ = 'u';
    return digits::put_hex(to, static_cast<std::uint16_t>(unit));
  }
  if (!needs_no_escape(unit)) *to++ = '\\';
  *to++ = static_cast<char>(unit);
  return to;
}

}  // namespace qmforge
