// Progress of a long command: one line on a terminal, shown after a second.
#pragma once

#include <chrono>
#include <cstdint>

namespace qmforge::tools {

class Progress {
 public:
  /// `total` 0: unknown.
  explicit Progress(std::uint64_t total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { wipe(); }

  /// Removes the line; the next step may show it again.
  void wipe();
  /// Counts one more input.
  void step() {
    if (++done_ % 16 == 0 && terminal_) show();
  }

 private:
  void show();

  using Clock = std::chrono::steady_clock;

  std::uint64_t total_;
  std::uint64_t done_ = 0;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
};

}  // namespace qmforge::tools
