// Splits an input into JSON texts: one a line, pretty-printed over many lines, or the elements of an array.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "input.h"

namespace qmforge::tools {

/// Splits lines into JSON texts by counting brackets; it does not check that a text is JSON. The outermost array is
/// split into its elements. If a line begins with { while an object is open, that object is truncated: it is returned
/// as it is, and the line begins the next.
class JsonTexts {
 public:
  explicit JsonTexts(LineReader& lines) : lines_(lines) {}

  /// The next text, valid until the next call; false after the last. Throws a Failure that names file and line if a
  /// comma or the end of the array is missing or superfluous; the next call continues.
  [[nodiscard]] bool next(std::string_view& text);
  /// The line in which the text began, counted from 1.
  [[nodiscard]] std::size_t line() const noexcept { return line_; }

 private:
  bool scan();
  bool begin_line();
  bool take_separator(char c);
  [[noreturn]] void fail(std::string_view sentence) const;

  LineReader& lines_;
  std::string line_text_;
  std::size_t at_ = 0;  // in line_text_
  std::string text_;
  std::size_t line_ = 0;
  std::size_t depth_ = 0;  // of brackets in text_
  bool in_array_ = false;  // elements of an array on the outside are read
  bool after_element_ = false;
  bool after_comma_ = false;
  bool in_string_ = false;
  bool in_escape_ = false;
};

}  // namespace qmforge::tools
