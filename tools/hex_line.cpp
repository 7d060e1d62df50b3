#include "hex_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace qmforge::tools {
namespace {

constexpr std::string_view blanks = " \t";

// The value of a digit; -1 for what is none.
int digit_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

bool is_passed_over(std::string_view line) noexcept {
  const std::size_t first = line.find_first_not_of(blanks);
  return first == std::string_view::npos || line[0] == '#';
}

std::expected<std::string_view, std::string> parse_hex_line(std::string_view line, std::vector<std::byte>& bytes) {
  const std::size_t label_end = line.find_first_of(blanks);
  if (label_end == 0) return std::unexpected("the line begins with a blank: a label is to stand there");
  if (label_end == std::string_view::npos)
    return std::unexpected("there is one word alone: a line is `label hexbytes`, an empty input `label ` with a blank");
  std::string_view digits = line.substr(label_end);
  const std::size_t begin = std::min(digits.find_first_not_of(blanks), digits.size());
  digits = digits.substr(begin, digits.find_last_not_of(blanks) + 1 - begin);

  const auto* const wrong = std::ranges::find_if(digits, [](char c) { return digit_value(c) < 0; });
  if (wrong != digits.end()) {
    const auto column = label_end + begin + static_cast<std::size_t>(wrong - digits.begin()) + 1;
    const auto code = static_cast<unsigned char>(*wrong);
    return std::unexpected(code > 0x20 && code < 0x7f
                               ? fmt::format("column {}: '{}' is no hex digit", column, *wrong)
                               : fmt::format("column {}: the byte 0x{:02x} is no hex digit", column, code));
  }
  if (digits.size() % 2 != 0) return std::unexpected(fmt::format("{} hex digits: half a byte is left", digits.size()));

  bytes.resize(digits.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::byte>(digit_value(digits[2 * i]) << 4 | digit_value(digits[2 * i + 1]));
  return line.substr(0, label_end);
}

std::string hex_line(std::string_view label, std::span<const std::byte> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string line;
  line.reserve(label.size() + 2 + 2 * bytes.size());
  line += label;
  line += ' ';
  for (const std::byte byte : bytes) {
    line += digits[std::to_integer<std::size_t>(byte >> 4)];
    line += digits[std::to_integer<std::size_t>(byte & std::byte{0xf})];
  }
  line += '\n';
  return line;
}

bool is_label(std::string_view text) noexcept {
  return !text.empty() && text[0] != '#' &&
         std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c != 0x7f; });
}

}  // namespace qmforge::tools
