// SplitMix64 (Steele, Lea, Flood 2014): random numbers that are the same on every platform. Its state is one number, so
// that a generator for one message costs nothing to set up.
#pragma once

#include <cstddef>
#include <cstdint>

namespace qmforge::sim {

class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) noexcept : state_(seed), seed_is_zero_(seed == 0) {}

  /// Whether the seed is 0. Padding is zero then, not random.
  [[nodiscard]] bool seed_is_zero() const noexcept { return seed_is_zero_; }

  [[nodiscard]] std::uint64_t next() noexcept {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  void fill(std::byte* to, std::size_t count) noexcept {
    for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<std::byte>(next());
  }

 private:
  std::uint64_t state_;
  bool seed_is_zero_;
};

}  // namespace qmforge::sim
