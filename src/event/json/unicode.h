// UTF-8 and UTF-16, as far as JSON needs them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "qmforge/views.h"

namespace qmforge::json {

inline constexpr char32_t no_character = 0xffffffff;

/// Takes the first character off a non-empty text. Where the text does not begin with well-formed UTF-8 (RFC 3629: no
/// surrogates, nothing above U+10FFFF, no overlong forms), takes one byte off and returns no_character.
[[nodiscard]] char32_t take_character(std::string_view& text) noexcept;

/// Calls `unit` with the one or two UTF-16 units of a character.
template <class Unit>
void to_utf16(char32_t character, Unit&& unit) {
  if (character < 0x10000) {
    unit(static_cast<char16_t>(character));
  } else {
    unit(static_cast<char16_t>(0xd800 + ((character - 0x10000) >> 10)));
    unit(static_cast<char16_t>(0xdc00 + ((character - 0x10000) & 0x3ff)));
  }
}

/// A text that is well-formed UTF-8.
[[nodiscard]] inline std::u16string to_utf16(std::string_view text) {
  std::u16string units;
  while (!text.empty()) to_utf16(take_character(text), [&units](char16_t unit) { units += unit; });
  return units;
}

/// Whether every surrogate is half of a pair.
[[nodiscard]] bool is_well_formed(const Utf16View& units) noexcept;

}  // namespace qmforge::json
