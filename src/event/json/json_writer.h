// Writes JSON in one line, `{"like": "this", "and": [1, 2]}`, in printable ASCII alone.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "../text/digits.h"
#include "qmforge/views.h"

namespace qmforge::json {

class Writer {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  /// A member's name; its value is what is written next.
  void key(std::string_view name);

  void null() { literal("null"); }
  void boolean(bool value) { literal(value ? "true" : "false"); }
  template <std::integral Number>
  void number(Number value) {
    separate();
    digits::append_decimal(out_, value);
  }
  /// A string of printable ASCII without quotation marks and backslashes.
  void plain(std::string_view text);
  /// A string in UTF-8. Bytes that are not well-formed UTF-8 become U+FFFD, one for each byte.
  void utf8(std::string_view text);
  /// A string in UTF-16; {"utf16": "hex"} where it is not well-formed, which no JSON string can hold.
  void utf16(const Utf16View& units);

  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void literal(std::string_view text);
  void separate();

  std::string out_;
  bool first_ = true;  // the next value is the first in its object or array
};

}  // namespace qmforge::json
