// The functions whose implementation differs between Windows and POSIX.
#pragma once

#include <cstddef>

namespace qmforge::tools {

inline constexpr int standard_input = 0;
inline constexpr int standard_output = 1;
inline constexpr int standard_error = 2;

/// Called once, at the start of the program: turns off the translation of line ends, makes a closed pipe and a file
/// above the limit of its size errors instead of signals, and keeps the numbers of closed standard streams from files
/// that are opened later: using such a stream stays an error.
void prepare_streams() noexcept;

/// A file descriptor; negative, with the reason in errno, if the file cannot be opened.
[[nodiscard]] int open_for_reading(const char* path) noexcept;
void close_file(int file) noexcept;

/// The number of bytes read (0 at the end) or written; negative, with the reason in errno, for a failure.
[[nodiscard]] std::ptrdiff_t read_some(int file, void* into, std::size_t size) noexcept;
[[nodiscard]] std::ptrdiff_t write_some(int file, const void* from, std::size_t size) noexcept;

/// The value of an environment variable; nullptr when it is not set.
[[nodiscard]] const char* environment(const char* name) noexcept;

/// Whether a file is a terminal that understands the escape sequences of colours.
[[nodiscard]] bool is_colour_terminal(int file) noexcept;

}  // namespace qmforge::tools
