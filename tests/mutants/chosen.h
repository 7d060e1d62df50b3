// What a source that carries its mutants asks: whether one of them is chosen.
#pragma once

namespace qmforge_mutants {

bool on(int mutant) noexcept;

/// In functions that are constexpr. What is computed at compile time has no mutants.
constexpr bool on_at_run_time(int mutant) noexcept {
  if consteval {
    return false;
  } else {
    return on(mutant);
  }
}

}  // namespace qmforge_mutants
