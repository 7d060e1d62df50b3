// Another program that runs while we write to it and read what it answers.
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

/// A program with its standard input and output connected to us; its standard error is ours. It runs in a process group
/// of its own (on Windows: a job), which is killed as a whole when this object goes: nothing that it started is left.
class Child {
 public:
  /// Starts `command`, a program and its arguments, without a shell. Throws a Failure when it cannot be started.
  explicit Child(const std::vector<std::string>& command);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  struct Transfer {
    std::size_t written = 0;
    std::size_t read = 0;
    bool input_closed = false;  // it reads no more
    bool output_ended = false;  // it writes no more, and everything is read
  };
  /// Writes of `input` what the program takes and appends what it wrote to `output`, at most 64 KiB; waits until one of
  /// the two is possible, up to `wait`.
  Transfer transfer(std::string_view input, std::string& output, std::chrono::milliseconds wait);
  /// Closes its standard input: the end of the file.
  void close_input();
  /// How it ended; nothing while it runs.
  [[nodiscard]] std::optional<ExitStatus> status();
  /// Kills it and what it started.
  void kill();

 private:
  struct System;  // handles of the operating system

  std::unique_ptr<System> system_;
  bool output_ended_ = false;
  std::optional<ExitStatus> status_;
};

}  // namespace qmforge::tools
