#include "hex_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "printable.h"
#include "qmforge/hex.h"

namespace qmforge::tools {
namespace {

constexpr std::string_view blanks = " \t";

// The value of each character as a hex digit; 16 and above for the others.
constexpr std::array<std::uint8_t, 256> digit_values = [] {
  std::array<std::uint8_t, 256> values;
  values.fill(0x10);
  for (std::uint8_t i = 0; i < 10; ++i) values['0' + i] = i;
  for (std::uint8_t i = 0; i < 6; ++i) values['a' + i] = values['A' + i] = static_cast<std::uint8_t>(10 + i);
  return values;
}();

std::uint8_t digit_value(char c) noexcept { return digit_values[static_cast<unsigned char>(c)]; }
bool is_hex(char c) noexcept { return digit_value(c) < 16; }
bool is_hex(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return is_hex(c); });
}
bool is_blank(char c) noexcept { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(blanks), text.size());
  return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::string_view first_word(std::string_view text) { return {text.begin(), std::ranges::find_if(text, is_blank)}; }

// Removes a comment after the bytes; a blank precedes it.
std::string_view without_comment(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = text[i] == '#' || text.substr(i, 2) == "//";
    if (begins && (i == 0 || is_blank(text[i - 1]))) return text.substr(0, i);
  }
  return text;
}

// Removes 0x and a comma.
std::string_view digits_of(std::string_view word) {
  if (word.starts_with("0x") || word.starts_with("0X") || word.starts_with("\\x")) word.remove_prefix(2);
  if (word.ends_with(',')) word.remove_suffix(1);
  return word;
}

// Whether the first three words are hex digits of one length. A label and its bytes never are.
bool begins_with_groups(std::string_view text) {
  std::size_t length = 0;
  for (int i = 0; i < 3; ++i) {
    const std::string_view word = first_word(text);
    const std::string_view digits = digits_of(word);
    if (i == 0) length = digits.size();
    if (digits.size() != length || !is_hex(digits)) return false;
    text = trimmed(text.substr(word.size()));
  }
  return length == 2 || length == 4 || length == 8 || length == 16;
}

bool is_one_word_of_hex(std::string_view text) {
  const std::string_view digits = digits_of(first_word(text));
  return digits.size() >= 2 && std::ranges::all_of(digits, [](char c) { return is_hex(c) || c == ':' || c == ','; });
}

std::string wrong_character(char c, std::size_t column) {
  const auto code = static_cast<unsigned char>(c);
  return code > 0x20 && code < 0x7f ? fmt::format("column {}: '{}' is not a hex digit", column, c)
                                    : fmt::format("column {}: the byte 0x{:02x} is not a hex digit", column, code);
}

// Fast path: reads pairs of digits without separators, which most lines are. False for any other text.
bool read_pairs(std::string_view digits, std::vector<std::byte>& bytes) {
  if (digits.size() % 2 != 0) return false;
  bytes.resize(digits.size() / 2);
  unsigned wrong = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned high = digit_value(digits[2 * i]);
    const unsigned low = digit_value(digits[2 * i + 1]);
    wrong |= high | low;
    bytes[i] = static_cast<std::byte>(high << 4 | low);
  }
  return wrong < 16;
}

// Reads digits with separators. `column` is the column of the text's first character. Returns a sentence about the
// first error, or an empty text.
std::string read_groups(std::string_view text, std::size_t column, std::vector<std::byte>& bytes) {
  bytes.clear();
  std::size_t digit_count = 0;
  unsigned high = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view next = text.substr(i, 2);
    const bool between_bytes = digit_count % 2 == 0;
    if (between_bytes && (next == "0x" || next == "0X" || next == "\\x")) {
      ++i;
    } else if (is_hex(c)) {
      if (between_bytes)
        high = digit_value(c);
      else
        bytes.push_back(static_cast<std::byte>(high << 4 | digit_value(c)));
      ++digit_count;
    } else if (!is_blank(c) && c != ':' && c != ',') {
      return wrong_character(c, column + i);
    } else if (!between_bytes) {
      return fmt::format("column {}: half a byte: an odd number of hex digits", column + i);
    }
  }
  return digit_count % 2 == 0 ? "" : fmt::format("{} hex digits: half a byte is left over", digit_count);
}

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool read_base64(std::string_view text, std::vector<std::byte>& bytes) {
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  if (text.size() < 16 || text.size() % 4 != 0) return false;
  const std::string_view digits = text.substr(0, text.size() - padding);
  // Hex digits with one or two typing errors are not base64.
  const auto others = std::ranges::count_if(digits, [](char c) { return !is_hex(c); });
  if (static_cast<std::size_t>(others) < digits.size() / 16) return false;
  bytes.clear();
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t value = base64_digits.find(digits[i]);
    if (value == std::string_view::npos) return false;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    if (i % 4 != 0) bytes.push_back(static_cast<std::byte>(bits >> (6 - 2 * (i % 4))));
  }
  return true;
}

}  // namespace

bool is_blank_or_comment(std::string_view line) noexcept {
  const std::size_t first = line.find_first_not_of(blanks);
  return first == std::string_view::npos || line[first] == '#';
}

std::expected<std::string_view, std::string> parse_hex_line(std::string_view line, std::vector<std::byte>& bytes) {
  const std::size_t label_begin = std::min(line.find_first_not_of(blanks), line.size());
  const std::string_view whole = line.substr(label_begin);
  std::string_view label = first_word(whole);
  const bool has_blank = label.size() < whole.size();
  std::string_view rest = trimmed(whole.substr(label.size()));
  if (!rest.empty() && !begins_with_groups(whole) && read_pairs(rest, bytes)) return label;

  rest = trimmed(without_comment(rest));
  const bool has_no_label =
      begins_with_groups(whole) || (rest.empty() && is_one_word_of_hex(label) && (!has_blank || label.size() >= 16));
  if (has_no_label) {
    rest = trimmed(without_comment(whole));
    label = {};
  } else if (!has_blank) {
    if (read_base64(label, bytes)) return std::string_view();
    return std::unexpected(
        "one word that is not hex: a line is `label hexbytes`, and `label ` with a blank is an empty input");
  }
  const auto column = static_cast<std::size_t>(rest.data() - line.data()) + 1;
  const std::string wrong = read_groups(rest, column, bytes);
  if (wrong.empty() || read_base64(rest, bytes)) return label;
  return std::unexpected(wrong);
}

bool append_dump_row(std::string_view line, std::vector<std::byte>& bytes) {
  line = line.substr(std::min(line.find_first_not_of(blanks), line.size()));
  std::size_t offset = 0;
  std::size_t at = 0;
  while (at < line.size() && at <= 16 && is_hex(line[at])) offset = offset << 4 | digit_value(line[at++]);
  if (at < 4 || at > 16 || offset != bytes.size()) return false;
  std::string_view rest = line.substr(at);
  const bool is_xxd = rest.starts_with(':');
  if (is_xxd) rest.remove_prefix(1);
  const bool is_od = at >= 6 && rest.starts_with(' ') && begins_with_groups(rest.substr(1));
  if (bytes.empty() && !is_xxd && !is_od && !rest.starts_with("  ")) return false;
  if (trimmed(rest).empty()) return !bytes.empty();
  if (!is_blank(rest.front())) return false;

  const std::size_t row_size = is_xxd ? 256 : 16;
  std::size_t count = 0;
  while (count < row_size) {
    const std::size_t gap = std::min(rest.find_first_not_of(blanks), rest.size());
    // Two blanks end the bytes, except the gap in the middle of a row of 16.
    if (count != 0 && gap > 1 && (is_xxd || count != 8 || gap > 2)) break;
    const std::string_view word = first_word(rest.substr(gap));
    if (word.empty() || word.size() % 2 != 0 || word.size() > 2 * (row_size - count) || !is_hex(word)) break;
    for (std::size_t i = 0; i < word.size(); i += 2)
      bytes.push_back(static_cast<std::byte>(digit_value(word[i]) << 4 | digit_value(word[i + 1])));
    count += word.size() / 2;
    rest.remove_prefix(gap + word.size());
  }
  return count != 0;
}

std::string hex_line(std::string_view label, std::span<const std::byte> bytes) {
  std::string line;
  line.reserve(label.size() + 2 + 2 * bytes.size());
  line.append(label).append(" ").append(to_hex(bytes)).append("\n");
  return line;
}

bool is_label(std::string_view text) {
  return !text.empty() && text[0] != '#' && text.find(' ') == std::string_view::npos && printable(text) == text;
}

}  // namespace qmforge::tools
