// Writes inputs to a program and reads its answers at the same time, within limits of time and output.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "child.h"

namespace qmforge::tools {

class Conversation {
 public:
  /// Output since the last answer, a line that is not complete included.
  static constexpr std::size_t max_output = 16U << 20;

  /// Starts `command`. `add_input` appends the next input to a text, or returns false after the last.
  Conversation(const std::vector<std::string>& command, std::chrono::seconds timeout,
               std::function<bool(std::string&)> add_input);

  /// The next line of output, valid until the next call; nothing after the last, and after a limit has been exceeded:
  /// the program is killed then. Throws Interrupted after a signal.
  [[nodiscard]] std::optional<std::string_view> next_line();
  /// Records that the last line was an answer, which restarts the limits.
  void accept_answer();
  /// Waits for the program's end and returns it as a sentence; empty if it ended by itself with status 0.
  [[nodiscard]] std::string finish();

 private:
  using Clock = std::chrono::steady_clock;

  void move_data();
  void stop(const std::string& reason);
  [[nodiscard]] bool has_timed_out() const { return Clock::now() - last_progress_ > timeout_; }

  std::string name_;
  std::chrono::seconds timeout_;
  std::function<bool(std::string&)> add_input_;
  Child child_;
  std::string input_;          // what is still to be written
  bool all_added_ = false;     // there are no further inputs
  bool input_closed_ = false;  // nothing more can be written
  std::string output_;         // what was read
  std::size_t begin_ = 0;      // where in it the next line begins
  std::size_t searched_ = 0;   // up to where it holds no end of that line
  bool output_ended_ = false;
  std::size_t since_answer_ = 0;  // bytes of output
  std::string stop_reason_;
  Clock::time_point last_progress_ = Clock::now();
};

}  // namespace qmforge::tools
