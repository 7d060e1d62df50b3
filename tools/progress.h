// How far a long command has come: one line on a terminal, once it has taken longer than a second.
#pragma once

#include <chrono>
#include <cstdint>

namespace qmforge::tools {

class Progress {
 public:
  /// `total` may be 0: not known.
  explicit Progress(std::uint64_t total);
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  /// Wipes the line.
  ~Progress();

  /// One more is done.
  void step() {
    if (++done_ % 256 == 0 && terminal_) show();
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
