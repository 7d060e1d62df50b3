// The odometer's wheels: one for each question of the current sequence.
#include "qmforge/sim/odometer.h"

namespace qmforge::sim {

std::uint64_t Odometer::answer(std::uint64_t count, Question) {
  if (asked_ == wheels_.size()) wheels_.push_back({0, count});
  return wheels_[asked_++].answer;
}

bool Odometer::next() {
  asked_ = 0;
  while (!wheels_.empty() && wheels_.back().answer == wheels_.back().count - 1) wheels_.pop_back();
  if (wheels_.empty()) return false;
  ++wheels_.back().answer;
  return true;
}

}  // namespace qmforge::sim
