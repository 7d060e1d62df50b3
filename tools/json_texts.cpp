#include "json_texts.h"

#include <utility>

#include "console.h"
#include "hex_line.h"

namespace qmforge::tools {
namespace {

constexpr std::string_view json_blanks = " \t\r\n";

bool is_json_blank(char c) { return json_blanks.find(c) != std::string_view::npos; }

}  // namespace

bool JsonTexts::next(std::string_view& text) {
  text_.clear();
  depth_ = 0;
  in_string_ = in_escape_ = false;
  bool is_complete = false;
  do {
    is_complete = at_ < line_text_.size() && scan();
  } while (!is_complete && (at_ < line_text_.size() || begin_line()));
  if (in_array_ && text_.empty()) {
    in_array_ = false;
    fail("the array has no end; the file may be truncated");
  }
  after_element_ = in_array_ && is_complete;
  after_comma_ = false;
  const std::size_t end = text_.find_last_not_of(json_blanks);
  text_.resize(end == std::string::npos ? 0 : end + 1);
  text = text_;
  return !text_.empty();
}

// Reads the next line that is not skipped; false at the end, and where it begins another text than the open one.
bool JsonTexts::begin_line() {
  std::string_view line;
  do {
    if (!lines_.next(line)) return false;
  } while (depth_ == 0 && is_blank_or_comment(line));
  line_text_ = line;
  line_text_ += '\n';
  at_ = 0;
  return depth_ == 0 || !line.starts_with('{');
}

void JsonTexts::fail(std::string_view sentence) const { throw Failure(lines_.place(sentence)); }

// Whether a character between the elements of the array is a comma or the array's end. If it cannot be here, throws;
// the next call continues behind it, or with the element that it begins.
bool JsonTexts::take_separator(char c) {
  const bool after_element = std::exchange(after_element_, false);
  const bool after_comma = std::exchange(after_comma_, c == ',');
  const bool is_separator = c == ',' || c == ']';
  if (!is_separator && after_element) fail("expected ',' or ']' after an element of the array");
  if ((c == ',' && !after_element) || (c == ']' && after_comma)) {
    ++at_;
    in_array_ = c == ',';
    fail(std::string("expected an element of the array before '") + c + '\'');
  }
  return is_separator;
}

// Continues in the line; true when a text is complete.
bool JsonTexts::scan() {
  for (; at_ < line_text_.size(); ++at_) {
    const char c = line_text_[at_];
    if (text_.empty()) {  // between texts
      if (is_json_blank(c)) continue;
      if (in_array_ ? take_separator(c) : c == '[') {
        in_array_ = c != ']';
        continue;
      }
      line_ = lines_.number();
    }
    if (in_string_) {
      in_string_ = in_escape_ || c != '"';
      in_escape_ = !in_escape_ && c == '\\';
    } else if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (depth_ == 0 && (c == '\n' || (in_array_ && (c == ',' || c == ']')))) {
      return true;  // a text without brackets
    } else if ((c == '}' || c == ']') && depth_ != 0 && --depth_ == 0) {
      text_ += c;
      ++at_;
      // The rest of the line belongs to the object, so that parsing reports it, unless another text begins.
      while (at_ < line_text_.size() && !in_array_ && line_text_[at_] != '{') text_ += line_text_[at_++];
      return true;
    }
    text_ += c;
  }
  if (in_string_) {  // a string ends with its line
    in_string_ = in_escape_ = false;
    if (depth_ == 0) return true;
  }
  return false;
}

}  // namespace qmforge::tools
