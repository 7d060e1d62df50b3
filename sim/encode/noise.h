// Bytes that mean nothing, from a seed. SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every platform, and
// no state to set up, which counts for a generator that lives for one message.
#pragma once

#include <cstddef>
#include <cstdint>

namespace qmforge::sim {

class Noise {
 public:
  explicit Noise(std::uint64_t seed) noexcept : state_(seed), silent_(seed == 0) {}

  /// Whether the seed is 0, which stands for zero bytes.
  [[nodiscard]] bool silent() const noexcept { return silent_; }

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
  bool silent_;
};

}  // namespace qmforge::sim
