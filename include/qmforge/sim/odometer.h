// The odometer: every sequence of answers, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "qmforge/sim/choices.h"

namespace qmforge::sim {

/// Counts through all answers, the last question fastest:
///
///     Odometer odometer;
///     do {
///       use(generate(odometer, profile, storage));
///     } while (odometer.next());
///
/// Which questions are asked may depend on earlier answers. The walk ends when every question has had each of its
/// answers. A question with 2^64 answers makes it endless, so walk only profiles whose Contents are `edges` or `fixed`.
class Odometer final : public Choices {
 public:
  /// Advances to the next sequence of answers; false after the last one.
  [[nodiscard]] bool next();

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Question question) override;

  struct Wheel {
    std::uint64_t answer;
    std::uint64_t count;
  };

  std::vector<Wheel> wheels_;
  std::size_t asked_ = 0;  // questions asked in this sequence
};

}  // namespace qmforge::sim
