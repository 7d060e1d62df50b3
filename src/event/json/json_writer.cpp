#include "json_writer.h"

#include <algorithm>
#include <array>

#include "../text/escape.h"
#include "../text/forms.h"
#include "unicode.h"

namespace qmforge::json {

namespace {

constexpr auto is_plain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0; c < plain.size(); ++c) plain[c] = needs_no_escape(static_cast<char16_t>(c));
  return plain;
}();

// How many characters at the beginning stand for themselves in JSON.
std::size_t plain_prefix(std::string_view text) noexcept {
  std::size_t size = 0;
  while (size < text.size() && is_plain[static_cast<unsigned char>(text[size])]) ++size;
  return size;
}

}  // namespace

void Writer::utf8(std::string_view text) {
  char* at = room(2 + most_escaped * text.size());  // a character has at most as many UTF-16 units as bytes
  *at++ = '"';
  while (!text.empty()) {
    const std::size_t plain = plain_prefix(text);
    at = std::copy_n(text.data(), plain, at);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const char32_t character = take_character(text);
    to_utf16(character == no_character ? U'\ufffd' : character, [&at](char16_t unit) { at = put_escaped(at, unit); });
  }
  *at++ = '"';
  end(at);
}

void Writer::utf16(const Utf16View& units) {
  if (is_well_formed(units)) {
    add_string(*this, units);
    return;
  }
  add(R"({"utf16": ")");
  for (const char16_t unit : units) add_hex(static_cast<std::uint16_t>(unit));
  add("\"}");
}

}  // namespace qmforge::json
