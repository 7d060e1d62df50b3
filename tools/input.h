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
  /// No NDR object is longer than what 32 bits count. A file of 4 GiB is not read whole; line by line it is.
  static constexpr std::uint64_t max_size = 0xffffffff;

  explicit Input(std::string path);
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  ~Input();

  /// What the user calls it: the path.
  [[nodiscard]] const std::string& name() const noexcept { return path_; }
  /// How many bytes were read; 0 at the end.
  [[nodiscard]] std::size_t read(std::span<std::byte> into) const;
  /// All that is left, into `into`.
  void read_all(std::vector<std::byte>& into);
  [[noreturn]] void fail(std::string_view sentence) const;

 private:
  [[noreturn]] void fail_too_large() const;

  std::string path_;
  int file_;
  std::uint64_t announced_ = 0;  // the size of a regular file
};

/// An input line by line. Line ends are \n or \r\n, and are no part of the lines.
class LineReader {
 public:
  /// `before_reading` is called each time before the input is asked for more: whoever writes lines and waits for
  /// answers gets all of them.
  LineReader(Input& input, std::function<void()> before_reading)
      : input_(input), before_reading_(std::move(before_reading)) {}

  /// The next line, valid until the next call; false after the last.
  [[nodiscard]] bool next(std::string_view& line);
  /// The number of the line that was read last, counted from 1.
  [[nodiscard]] std::size_t number() const noexcept { return number_; }
  /// `file:12: sentence`.
  [[nodiscard]] std::string place(std::string_view sentence) const;

 private:
  bool read_more();

  Input& input_;
  std::function<void()> before_reading_;
  std::string buffer_;
  std::size_t begin_ = 0;  // where in the buffer the next line begins
  std::size_t number_ = 0;
};

}  // namespace qmforge::tools
