// The figures of a benchmark: nanoseconds and allocations for each event, bytes per second, if the processor counts
// them instructions for each event, and the longer of the two times of a fixed loop before and after (clock.h).
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "qmforge/bench/clock.h"
#include "qmforge/bench/instructions.h"

namespace qmforge::bench {

/// The number of allocations of the program so far, if it counts them; null: allocations are not reported.
inline const std::size_t* allocations = nullptr;

/// Measures a benchmark's loop. One iteration is `events` events, together of `bytes` bytes.
class Measure {
 public:
  Measure(benchmark::State& state, std::size_t events, std::size_t bytes)
      : state_(state),
        events_(events),
        bytes_(bytes),
        allocations_(allocations == nullptr ? 0 : *allocations),
        calibration_ns_(bench::calibration_ns()),
        instructions_(instructions()) {}
  Measure(const Measure&) = delete;
  Measure& operator=(const Measure&) = delete;
  ~Measure() {
    const auto instructions_now = instructions();
    const auto turns = static_cast<double>(state_.iterations());
    const double events = turns * static_cast<double>(events_);
    state_.counters["calibration_ns"] = std::max(calibration_ns_, bench::calibration_ns());
    if (allocations != nullptr)
      state_.counters["allocations"] = static_cast<double>(*allocations - allocations_) / events;
    state_.counters["ns_per_event"] =
        benchmark::Counter(events / 1e9, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    if (instructions_ && instructions_now)
      state_.counters["instructions"] = static_cast<double>(*instructions_now - *instructions_) / events;
    state_.SetBytesProcessed(static_cast<std::int64_t>(turns) * static_cast<std::int64_t>(bytes_));
  }

 private:
  benchmark::State& state_;
  std::size_t events_;
  std::size_t bytes_;
  std::size_t allocations_;
  double calibration_ns_;  // before instructions_, which does not count the loop's
  std::optional<std::uint64_t> instructions_;
};

}  // namespace qmforge::bench
