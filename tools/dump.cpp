#include "dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace qmforge::tools {
namespace {

constexpr std::uint64_t row_size = 16;
constexpr std::uint64_t most_marked_rows = 4;
constexpr std::string_view indent = "    ";

class Dump {
 public:
  Dump(std::span<const std::byte> input, ByteRange marked, const Style& style)
      : input_(input),
        marked_(marked),
        style_(style),
        offset_width_(std::max<std::uint64_t>(input.size(), marked.end) > 0xffff ? 8 : 4) {}

  [[nodiscard]] std::string text() {
    const std::uint64_t first = marked_.begin / row_size;
    const std::uint64_t last = (marked_.end - 1) / row_size;
    const std::uint64_t last_shown = std::min(last, first + most_marked_rows - 1);
    if (first != 0) add_row(first - 1);
    for (std::uint64_t row = first; row <= last_shown; ++row) add_row(row);
    if (last_shown != last) {
      const std::uint64_t more = marked_.end - (last_shown + 1) * row_size;
      fmt::format_to(std::back_inserter(text_), "{}{:{}}  ... and {} more bytes\n", indent, "", offset_width_, more);
    } else if ((last + 1) * row_size < input_.size()) {
      add_row(last + 1);
    }
    return std::move(text_);
  }

 private:
  [[nodiscard]] bool is_marked(std::uint64_t offset) const { return offset >= marked_.begin && offset < marked_.end; }
  // Which bytes a row shows: what the input has, and missing ones up to the last that is marked.
  [[nodiscard]] bool is_shown(std::uint64_t offset) const {
    return offset < std::max<std::uint64_t>(input_.size(), marked_.end);
  }

  void add_row(std::uint64_t row) {
    const std::uint64_t begin = row * row_size;
    std::string hex;
    std::string characters;
    std::string pointer;
    bool has_marks = false;
    for (std::uint64_t offset = begin; offset < begin + row_size; ++offset) {
      const std::string_view gap = offset == begin + row_size / 2 ? "  " : " ";
      hex += gap;
      pointer += gap;
      hex += byte_text(offset);
      pointer += is_marked(offset) ? "^^" : "  ";
      has_marks = has_marks || is_marked(offset);
      if (offset < input_.size()) {
        const char c = static_cast<char>(byte(offset));
        characters += c >= ' ' && c <= '~' ? c : '.';
      }
    }
    fmt::format_to(std::back_inserter(text_), "{}{} {}  {}\n", indent,
                   style_.faint(fmt::format("{:0{}x}", begin, offset_width_)), hex,
                   style_.faint('|' + characters + '|'));
    if (has_marks) {
      pointer.resize(pointer.find_last_not_of(' ') + 1);
      fmt::format_to(std::back_inserter(text_), "{}{:{}} {}\n", indent, "", offset_width_, style_.red(pointer));
    }
  }

  [[nodiscard]] std::byte byte(std::uint64_t offset) const { return input_[static_cast<std::size_t>(offset)]; }

  [[nodiscard]] std::string byte_text(std::uint64_t offset) const {
    if (!is_shown(offset)) return "  ";
    const std::string text = offset < input_.size() ? fmt::format("{:02x}", byte(offset)) : "--";
    return is_marked(offset) ? style_.red(text) : text;
  }

  std::span<const std::byte> input_;
  ByteRange marked_;
  const Style& style_;
  int offset_width_;
  std::string text_;
};

}  // namespace

std::string dump(std::span<const std::byte> input, ByteRange marked, const Style& style) {
  return Dump(input, marked, style).text();
}

}  // namespace qmforge::tools
