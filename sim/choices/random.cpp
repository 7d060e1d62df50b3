// RandomChoices: swarm-weighted answers from a seed.
#include <algorithm>
#include <cassert>

#include "qmforge/sim/choices.h"

namespace qmforge::sim {
namespace {

// SplitMix64's finaliser: one well-mixed number from another. Weights come from it and not from the engine, so that
// they do not depend on the order of the questions.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

}  // namespace

void RandomChoices::reseed(std::uint64_t seed) {
  engine_.seed(mix(seed));
  seed_ = seed;
  pool_bits_ = 0;
  for (Weights& weights : weights_) weights.count = 0;
}

std::uint32_t RandomChoices::take(unsigned bits) {
  if (pool_bits_ < bits) {
    pool_ = engine_();
    pool_bits_ = 64;
  }
  const auto taken = static_cast<std::uint32_t>(pool_ & ((std::uint64_t{1} << bits) - 1));
  pool_ >>= bits;
  pool_bits_ -= bits;
  return taken;
}

// Fills the table: each answer gets a run of slots as long as its share. Each answer has 4 random bits: 0 to 3 switch
// it off, the others weight it by 1, 2, 4 or 8. So 32 answers share at most 256 slots, and each one that is on has a
// slot.
void RandomChoices::weigh(Weights& weights, Question question, std::uint8_t count) const {
  constexpr std::size_t slots = std::tuple_size_v<decltype(weights.answers)>;
  constexpr std::size_t most_answers = slots / 8;
  assert(count <= most_answers);
  std::array<std::uint8_t, most_answers> shares;
  std::size_t sum = 0;
  std::uint64_t random = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 16 == 0) random = mix(mix(seed_) + (static_cast<std::uint64_t>(question) << 8) + i);
    const auto draw = static_cast<unsigned>(random & 15);
    random >>= 4;
    shares[i] = static_cast<std::uint8_t>(draw < 4 ? 0U : 1U << (draw % 4));
    sum += shares[i];
  }
  if (sum == 0) {  // all answers are off: turn all of them on
    std::fill_n(shares.begin(), count, std::uint8_t{1});
    sum = count;
  }
  std::size_t before = 0;
  std::size_t slot = 0;
  for (std::size_t i = 0; i < count; ++i) {
    before += shares[i];
    for (; slot < before * slots / sum; ++slot) weights.answers[slot] = static_cast<std::uint8_t>(i);
  }
  weights.count = count;
}

std::uint64_t RandomChoices::answer(std::uint64_t count, Question question) {
  if (question != Question::uniform) {
    Weights& weights = weights_[static_cast<std::size_t>(question)];
    if (weights.count != count) weigh(weights, question, static_cast<std::uint8_t>(count));
    return weights.answers[take(table_bits)];
  }
  if (count != 0 && count <= 0x100) return (take(16) * count) >> 16;
  if (count != 0 && count <= 0x100000000) return (take(32) * count) >> 32;
  const std::uint64_t any = engine_();
  return count == 0 ? any : any % count;  // so large a count is a power of two, or its bias is negligible
}

}  // namespace qmforge::sim
