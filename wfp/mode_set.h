// The hostile modes that are on.
#pragma once

#include <cstdint>

#include "qmforge/wfp/hostile.h"

namespace qmforge::wfp {

class ModeSet {
 public:
  constexpr ModeSet() = default;
  constexpr explicit ModeSet(std::uint32_t bits) : bits_(bits) {}

  [[nodiscard]] constexpr bool contains(Mode mode) const { return (bits_ & bit(mode)) != 0; }
  constexpr void set(Mode mode, bool on) { bits_ = on ? bits_ | bit(mode) : bits_ & ~bit(mode); }
  [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }

 private:
  [[nodiscard]] static constexpr std::uint32_t bit(Mode mode) { return 1u << static_cast<unsigned>(mode); }

  std::uint32_t bits_ = 0;
};
static_assert(all_modes.size() <= 32);

}  // namespace qmforge::wfp
