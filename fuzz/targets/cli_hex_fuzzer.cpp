// cli_hex_fuzzer: any text as the lines of labelled bytes that the program reads. Writing and reading an accepted line
// must give the same label and bytes.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hex_line.h"
#include "qmforge/fuzz/wrong_answer.h"
#include "support/lines.h"

namespace {

/// If only pairs of digits and blanks follow the label, the bytes are those digits.
void check_plain_digits(std::string_view line, std::string_view rest, std::string_view again, std::size_t size) {
  std::string digits;  // as a writer would have them
  for (const char c : rest) {
    if (c == ' ' || c == '\t') continue;
    const bool is_upper = c >= 'A' && c <= 'F';
    if (!is_upper && (c < 'a' || c > 'f') && (c < '0' || c > '9')) return;
    digits += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (again.substr(again.size() - digits.size()) != digits || digits.size() != 2 * size)
    qmforge::fuzz::wrong_answer("hex-digits", std::string(line));
}

void check_line(std::string_view line) {
  using namespace qmforge;
  std::vector<std::byte> bytes;
  if (tools::is_blank_or_comment(line)) return;
  const auto label = tools::parse_hex_line(line, bytes);
  if (!label) {
    if (label.error().empty()) fuzz::wrong_answer("hex-error", "an error without a sentence");
    return;
  }
  if (!tools::is_label(*label)) return;  // the reader accepts any word, the writer only labels of printable characters
  std::string again = tools::hex_line(*label, bytes);
  again.pop_back();  // the end of the line
  std::vector<std::byte> bytes_again;
  const auto label_again = tools::parse_hex_line(again, bytes_again);
  if (!label_again || *label_again != *label || bytes_again != bytes)
    fuzz::wrong_answer("hex-round-trip", "read as another line: " + again);
  if (!label->empty() && line.starts_with(*label))
    check_plain_digits(line, line.substr(label->size()), again, bytes.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  qmforge::fuzz::for_each_line(data, size, check_line);
  return 0;
}
