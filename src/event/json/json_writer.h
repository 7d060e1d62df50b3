// Writes JSON in one line of printable ASCII: `{"label": "a", "sids": [1, 2]}`.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "../text/digits.h"
#include "qmforge/views.h"

namespace qmforge::json {

class Writer {
 public:
  /// Appends to `out`.
  explicit Writer(std::string& out, std::uint64_t max_size = ~std::uint64_t{0})
      : out_(out), begin_(out.size()), max_size_(max_size) {}

  /// Whether more than `max_size` bytes were written. The writers of arrays then stop.
  [[nodiscard]] bool is_full() const noexcept { return out_.size() - begin_ > max_size_; }

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  /// A member's name; write its value next.
  void key(std::string_view name);

  void null() { literal("null"); }
  void boolean(bool value) { literal(value ? "true" : "false"); }
  template <std::integral Number>
  void number(Number value) {
    separate();
    digits::append_decimal(out_, value);
  }
  /// A string of printable ASCII without quotation marks and backslashes.
  void unescaped(std::string_view text);
  /// The same; `append` is called with the output and appends the string's characters to it.
  template <class Append>
  void append_unescaped(Append&& append) {
    separate();
    out_ += '"';
    append(out_);
    out_ += '"';
  }
  /// A string in UTF-8. Bytes that are not well-formed UTF-8 become U+FFFD, one for each byte.
  void utf8(std::string_view text);
  /// A string in UTF-16; {"utf16": "hex"} where it is not well-formed, which no JSON string can hold.
  void utf16(const Utf16View& units);

 private:
  void open(char bracket);
  void close(char bracket);
  void literal(std::string_view text);
  void separate();

  std::string& out_;
  std::size_t begin_;
  std::uint64_t max_size_;
  bool first_ = true;  // the next value is the first in its object or array
};

}  // namespace qmforge::json
