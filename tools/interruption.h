// SIGINT and SIGTERM for commands that have something to clean up.
#pragma once

#include <exception>

namespace qmforge::tools {

/// Thrown when a command notices an interruption; destructors clean up.
struct Interrupted : std::exception {
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// From now on the first SIGINT or SIGTERM is remembered instead of ending the program; the second ends it. A signal
/// that the program was started to ignore stays ignored.
void catch_interruptions() noexcept;

[[nodiscard]] bool is_interrupted() noexcept;
/// Throws Interrupted after a signal.
void throw_if_interrupted();

/// Ends the program as the signal would have ended it.
[[noreturn]] void end_interrupted() noexcept;

}  // namespace qmforge::tools
