// Files and standard input, whole or line by line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qmforge::tools {

/// A file, or standard input for the path `-`, open for reading. Everything here throws a Failure that names the file.
class Input {
 public:
  /// The size of the largest event: an NDR object's length has 32 bits. Files of lines may be larger.
  static constexpr std::uint64_t max_size = 0xffffffff;

  explicit Input(std::string path);
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input();

  /// The path that the user gave.
  [[nodiscard]] const std::string& name() const noexcept { return path_; }
  /// How many bytes were read; 0 at the end.
  [[nodiscard]] std::size_t read(std::span<std::byte> into);
  /// Reads the rest of the input into `into`. Throws for a file above max_size before it is read.
  void read_all(std::vector<std::byte>& into);
  /// Whether the unread input begins with `text`. Reads ahead no further than the first difference.
  [[nodiscard]] bool starts_with(std::string_view text);
  [[noreturn]] void fail(std::string_view sentence) const;

 private:
  [[noreturn]] void fail_too_large() const;
  [[nodiscard]] std::size_t read_file(std::span<std::byte> into) const;

  std::string path_;
  int file_;
  std::uint64_t file_size_ = 0;  // of a regular file
  std::string ahead_;            // read already, and not yet given out
};

/// What programs on Windows write before UTF-8 text.
inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// An input line by line. A line ends in \n or \r\n, which is removed, as is a byte order mark before the first. Text
/// in UTF-16 is an error.
class LineReader {
 public:
  /// The longest line, which holds 512 MiB of bytes as hex; a longer one is an error.
  static constexpr std::size_t max_line = std::size_t{1} << 30;

  /// `before_reading` is called each time before the input is read: it writes the answers that the program on the other
  /// end of the pipe may wait for.
  LineReader(Input& input, std::function<void()> before_reading, std::size_t longest = max_line)
      : input_(input), before_reading_(std::move(before_reading)), longest_(longest) {}

  /// The next line, valid until the next call; false after the last.
  [[nodiscard]] bool next(std::string_view& line);
  /// The number of the line that was read last, counted from 1.
  [[nodiscard]] std::size_t number() const noexcept { return number_; }
  /// Whether reading the input failed; no more lines follow then.
  [[nodiscard]] bool has_failed() const noexcept { return failed_; }
  /// `file:12: sentence`.
  [[nodiscard]] std::string place(std::string_view sentence) const;

 private:
  bool read_more();
  void remove_byte_order_mark(std::string_view& line);

  Input& input_;
  std::function<void()> before_reading_;
  std::size_t longest_;
  std::string buffer_;
  std::size_t begin_ = 0;  // where in the buffer the next line begins
  std::size_t number_ = 0;
  bool failed_ = false;
};

}  // namespace qmforge::tools
