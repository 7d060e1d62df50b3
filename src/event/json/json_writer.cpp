#include "json_writer.h"

#include "../text/escape.h"
#include "qmforge/text.h"
#include "unicode.h"

namespace qmforge::json {

void Writer::key(std::string_view name) {
  unescaped(name);
  out_ += ": ";
  first_ = true;
}

void Writer::unescaped(std::string_view text) {
  separate();
  out_ += '"';
  out_ += text;
  out_ += '"';
}

void Writer::utf8(std::string_view text) {
  separate();
  out_ += '"';
  while (!text.empty()) {
    const char32_t character = take_character(text);
    to_utf16(character == no_character ? U'\ufffd' : character, [this](char16_t unit) { append_escaped(out_, unit); });
  }
  out_ += '"';
}

void Writer::utf16(const Utf16View& units) {
  if (is_well_formed(units)) {
    literal(string_text(units));
    return;
  }
  std::string hex;
  hex.reserve(4 * units.size());
  for (const char16_t unit : units) digits::append_hex(hex, static_cast<std::uint16_t>(unit));
  begin_object();
  key("utf16");
  unescaped(hex);
  end_object();
}

void Writer::open(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
}

void Writer::close(char bracket) {
  out_ += bracket;
  first_ = false;
}

void Writer::literal(std::string_view text) {
  separate();
  out_ += text;
}

void Writer::separate() {
  if (!first_) out_ += ", ";
  first_ = false;
}

}  // namespace qmforge::json
