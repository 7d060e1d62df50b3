#include "unicode.h"

namespace qmforge::json {

char32_t take_character(std::string_view& text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  text.remove_prefix(1);
  if (lead < 0x80) return lead;

  std::size_t more = 0;
  char32_t least = 0;  // a smaller character has a shorter form
  char32_t character = 0;
  if ((lead & 0xe0) == 0xc0) {
    more = 1, least = 0x80, character = lead & 0x1f;
  } else if ((lead & 0xf0) == 0xe0) {
    more = 2, least = 0x800, character = lead & 0x0f;
  } else if ((lead & 0xf8) == 0xf0) {
    more = 3, least = 0x10000, character = lead & 0x07;
  } else {
    return no_character;
  }
  if (text.size() < more) return no_character;
  for (std::size_t i = 0; i < more; ++i) {
    const auto trail = static_cast<unsigned char>(text[i]);
    if ((trail & 0xc0) != 0x80) return no_character;
    character = character << 6 | (trail & 0x3f);
  }
  const bool surrogate = character >= 0xd800 && character < 0xe000;
  if (character < least || surrogate || character > 0x10ffff) return no_character;
  text.remove_prefix(more);
  return character;
}

bool is_well_formed(const Utf16View& units) noexcept {
  bool after_high = false;
  for (const char16_t unit : units) {
    const bool is_low = unit >= 0xdc00 && unit < 0xe000;
    if (is_low != after_high) return false;
    after_high = unit >= 0xd800 && unit < 0xdc00;
  }
  return !after_high;
}

}  // namespace qmforge::json
