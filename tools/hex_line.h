// Lines of labelled bytes: `label hexbytes`. Comment lines begin with #.
#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qmforge::tools {

/// Whether a line is skipped: it is blank or a comment.
[[nodiscard]] bool is_blank_or_comment(std::string_view line) noexcept;

/// Reads a line into `bytes` and returns its label; empty for a line without one. The error is a sentence about the
/// line.
///
/// A label is one word. The bytes are pairs of hex digits in either case; blanks, commas and colons may separate bytes,
/// and 0x or \x may precede them. A comment (# or //) may follow. `label ` with a blank is an empty input. A line has
/// no label if its only word is hex, if three words or more are hex of one length (2, 4, 8 or 16 digits), or if a word
/// of 16 digits or more is alone before a comment. A text is base64 if at least one in 16 of its characters is not a
/// hex digit, so that hex with a typing error stays an error.
[[nodiscard]] std::expected<std::string_view, std::string> parse_hex_line(std::string_view line,
                                                                          std::vector<std::byte>& bytes);

/// Appends a row of a hex dump (xxd, hexdump -C, Wireshark, od -Ax -tx1z) that continues `bytes`: the offset, which
/// must be bytes.size(), then up to 16 bytes (xxd: up to 256), then the characters, which are skipped. A row may be an
/// offset alone. Returns false for any other line. In the first row, at offset 0, `:` or two blanks follow the offset,
/// or three groups of digits follow an offset of six digits, so that a label such as 0000 stays a label.
[[nodiscard]] bool append_dump_row(std::string_view line, std::vector<std::byte>& bytes);

/// The line, with its end. `label` must be a label, see is_label.
[[nodiscard]] std::string hex_line(std::string_view label, std::span<const std::byte> bytes);

/// Whether a label can begin such a line: one word of printable characters (printable.h), no # at its beginning.
[[nodiscard]] bool is_label(std::string_view text);

}  // namespace qmforge::tools
