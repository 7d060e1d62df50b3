// Runs the built program as a user would.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/temporary_folder.h"

namespace qmforge::testing {

/// The result of a run of the program.
struct ProcessResult {
  int status = -1;  // the exit status; 128 and the signal's number when one ended it
  std::string out;
  std::string err;
};

/// Environment variables, `NAME=value`, that replace the test's own of the same name; `NAME` alone removes
/// one.
using Environment = std::vector<std::string>;

/// The program's path: $QMFORGE_PROGRAM, by default the one that is built with the tests.
[[nodiscard]] std::string program_path();

/// Runs `qmforge` with these arguments, and `input` on its standard input.
[[nodiscard]] ProcessResult run(const std::vector<std::string>& arguments, std::string_view input = "",
                                const Environment& environment = {});

/// The same with another file, or nothing at all ("", a closed descriptor), as standard output.
[[nodiscard]] ProcessResult run_into(const std::string& output, const std::vector<std::string>& arguments,
                                     std::string_view input = "");

/// The same on a terminal, which all its output goes to (`out`, with the terminal's \r\n as \n).
[[nodiscard]] ProcessResult run_on_terminal(const std::vector<std::string>& arguments,
                                            const Environment& environment = {});

/// Runs `qmforge … -` as a dialogue: writes each line and reads the answer before it writes the next. An answer is
/// empty if it did not arrive within ten seconds.
[[nodiscard]] std::vector<std::string> converse(const std::vector<std::string>& arguments,
                                                const std::vector<std::string>& lines);

/// Runs `qmforge`, reads the first byte of its output and closes the pipe.
[[nodiscard]] ProcessResult run_into_closed_pipe(const std::vector<std::string>& arguments, std::string_view input);

/// Runs `qmforge`, and sends it a signal as soon as `is_ready` returns true, or after ten seconds.
[[nodiscard]] ProcessResult run_and_signal(const std::vector<std::string>& arguments, int signal,
                                           const std::function<bool()>& is_ready, const Environment& environment = {});

[[nodiscard]] std::string read_file(const std::string& path);
/// The lines that are not empty, without their ends.
[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);

}  // namespace qmforge::testing
