// The odometer: every sequence of answers, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "qmforge/sim/choices.h"

namespace qmforge::sim {

/// Answers that count through all there are, the last question fastest. Use it so:
///
///     Odometer odometer;
///     do {
///       use(generate(odometer, profile, storage));
///     } while (odometer.next());
///
/// Which questions are asked may depend on the answers before them. The walk ends when each question met has had each
/// of its answers; a question with 2^64 answers makes it endless, so walk profiles with closed contents only.
class Odometer final : public Choices {
 public:
  /// Turns to the next sequence. False when the one that ends here was the last.
  [[nodiscard]] bool next();

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Point point) override;

  struct Wheel {
    std::uint64_t answer;
    std::uint64_t count;
  };

  std::vector<Wheel> wheels_;
  std::size_t asked_ = 0;  // questions asked in this sequence
};

}  // namespace qmforge::sim
