// How fast the processor's clock runs: times in nanoseconds compare only where it ran alike.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace qmforge::bench {

/// How many nanoseconds a fixed loop takes, about 8000 cycles: the least of five times, so that what else the machine
/// does hardly shows.
inline double calibration_ns() {
  double least = 1e9;
  std::uint64_t number = 1;
  for (int run = 0; run < 5; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 2000; ++i) {
      number = number * 6364136223846793005 + 1442695040888963407;  // each needs the one before
      asm volatile("" : "+r"(number));
    }
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - begin;
    least = std::min(least, time.count());
  }
  return least;
}

}  // namespace qmforge::bench
