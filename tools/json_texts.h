// JSON texts one after the other: one a line, pretty-printed over many lines, or the elements of arrays.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "input.h"

namespace qmforge::tools {

/// Splits lines into JSON texts by counting brackets; whether a text is JSON is for its reader to find out. An array on
/// the outside is split into its elements. Where a line begins with { although an object is open, that object is given
/// out as it is: it has lost its end, and the line begins the next.
class JsonTexts {
 public:
  explicit JsonTexts(LineReader& lines) : lines_(lines) {}

  /// The next text, valid until the next call; false after the last.
  [[nodiscard]] bool next(std::string_view& text);
  /// The line in which the text began, counted from 1.
  [[nodiscard]] std::size_t line() const noexcept { return line_; }

 private:
  bool scan();
  bool begin_line();

  LineReader& lines_;
  std::string line_text_;
  std::size_t at_ = 0;  // in line_text_
  std::string text_;
  std::size_t line_ = 0;
  std::size_t depth_ = 0;  // of brackets in text_
  bool in_array_ = false;  // elements of an array on the outside are read
  bool in_string_ = false;
  bool in_escape_ = false;
};

}  // namespace qmforge::tools
