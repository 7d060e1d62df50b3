// Lines of labelled bytes: `label hexbytes`. Lines that begin with # and blank lines are passed over.
#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qmforge::tools {

/// Whether a line says nothing: blank, or a comment.
[[nodiscard]] bool is_passed_over(std::string_view line) noexcept;

/// Reads a line into `bytes` and returns its label: one word, then at least one blank, then two digits a byte in either
/// case. There may be none ("label " is an empty input), and blanks at the end. The error is a sentence about the line.
[[nodiscard]] std::expected<std::string_view, std::string> parse_hex_line(std::string_view line,
                                                                          std::vector<std::byte>& bytes);

/// The line, its end included. The label must be one, see is_label.
[[nodiscard]] std::string hex_line(std::string_view label, std::span<const std::byte> bytes);

/// Whether a label can stand in such a line: not empty, no blanks and control characters, no # at its beginning.
[[nodiscard]] bool is_label(std::string_view text) noexcept;

}  // namespace qmforge::tools
