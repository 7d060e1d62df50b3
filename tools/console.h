// Where a command writes: results to standard output, errors to standard error; and the program's exit status.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

namespace qmforge::tools {

/// The exit status: the greatest that occurred.
enum class Status : int {
  good = 0,     // every input is valid
  bad = 1,      // some input is invalid or malformed, or a result differs from the expected one
  trouble = 2,  // the command line is wrong, or something could not be read or written
};

/// Something that cannot be read or written, or a command line that makes no sense: a sentence for the user.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Standard output cannot be written. It ends the program.
struct OutputFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Console {
 public:
  /// Appends to standard output, which is written in large pieces; throws OutputFailure.
  void print(std::string_view text);
  /// Writes what print() collected; throws OutputFailure.
  void flush();
  /// `qmforge: sentence` on standard error, after everything printed before; the status becomes Status::trouble. One
  /// line: what could steer a terminal is escaped (printable.h).
  void complain(std::string_view sentence);

  void raise(Status status) noexcept { status_ = std::max(status_, status); }
  [[nodiscard]] Status status() const noexcept { return status_; }

  /// Whether what is printed may have colours: standard output is a terminal and NO_COLOR (no-color.org) is not set.
  [[nodiscard]] bool has_colours() const;

 private:
  std::string waiting_;
  Status status_ = Status::good;
};

}  // namespace qmforge::tools
