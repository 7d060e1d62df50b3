// A child process whose input is written and whose output is read while it runs.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qmforge::tools {

/// How a program ended.
struct ExitStatus {
  int code = 0;
  int signal = 0;  // that ended it; 0: none

  [[nodiscard]] bool is_success() const { return code == 0 && signal == 0; }
  /// `ended with status 3`, `was ended by signal 11 (Segmentation fault)`
  [[nodiscard]] std::string to_string() const;
};

/// A program whose standard input and output are pipes to this process; it shares standard error. It runs in its own
/// process group (on Windows: a job). The destructor kills the group, with all processes that the program started.
class Child {
 public:
  /// Starts `command`, a program and its arguments, without a shell. Throws a Failure if it cannot be started.
  explicit Child(const std::vector<std::string>& command);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  struct Transfer {
    std::size_t written = 0;
    std::size_t read = 0;
    bool input_closed = false;  // the program closed its standard input
    bool output_ended = false;  // the program closed its standard output, and all of it is read
  };
  /// Writes as much of `input` as the pipe takes, and appends up to 64 KiB of the program's output to `output`. Waits
  /// up to `wait` until either is possible.
  Transfer transfer(std::string_view input, std::string& output, std::chrono::milliseconds wait);
  /// Closes its standard input: the end of the file.
  void close_input();
  /// How the program ended; nullopt while it runs.
  [[nodiscard]] std::optional<ExitStatus> status();
  /// Kills the program and the processes that it started.
  void kill();

 private:
  struct System;  // handles of the operating system

  std::unique_ptr<System> system_;
  bool output_ended_ = false;
  std::optional<ExitStatus> status_;
};

}  // namespace qmforge::tools
