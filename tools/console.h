// Where a command writes: results to standard output, errors to standard error; and the program's exit status.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

namespace qmforge::tools {

/// The exit status of the program: the greatest that was raised.
enum class ExitCode : int {
  ok = 0,        // every input is valid
  mismatch = 1,  // some input is invalid or malformed, or a result differs from the expected one
  error = 2,     // the command line is wrong, or something could not be read or written
};

/// Something that cannot be read or written, or a wrong command line: a sentence for the user.
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
  /// `qmforge: sentence` on standard error, after everything printed before; the exit code
  /// becomes ExitCode::error. One line: control characters are escaped (printable.h).
  void report_error(std::string_view sentence);

  void raise(ExitCode code) noexcept { exit_code_ = std::max(exit_code_, code); }
  [[nodiscard]] ExitCode exit_code() const noexcept { return exit_code_; }

  /// Whether what is printed may have colours: standard output is a terminal and NO_COLOR (no-color.org) is not set.
  [[nodiscard]] bool has_colours() const;

 private:
  std::string waiting_;
  ExitCode exit_code_ = ExitCode::ok;
};

}  // namespace qmforge::tools
