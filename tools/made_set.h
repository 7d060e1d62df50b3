// Makes a labelled set on several threads.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "ordered_work.h"
#include "qmforge/sim/sets.h"

namespace qmforge::tools {

/// Calls `use(labelled)` for each input of the set on `jobs` threads, and `consume(result)` for what each call returns,
/// in the order of the set. An exhaustive set is made in one walk, on one thread.
template <class Use, class Consume>
void make_in_order(const sim::SetOptions& set, unsigned jobs, Use use, Consume consume) {
  constexpr std::uint64_t inputs_at_once = 4 * sim::swarm_size;
  if (set.exhaustive) {
    sim::make_set(set, [&](const sim::LabelledInput& labelled) { consume(use(labelled)); });
    return;
  }
  std::uint64_t next = 0;
  const auto next_range = [&](sim::SetOptions& range) {
    if (next >= set.count) return false;
    range = set;
    range.first = next;
    range.count = std::min(next + inputs_at_once, set.count);
    next = range.count;
    return true;
  };
  const auto make = [&](const sim::SetOptions& range) {
    std::vector<decltype(use(std::declval<const sim::LabelledInput&>()))> results;
    sim::make_set(range, [&](const sim::LabelledInput& labelled) { results.push_back(use(labelled)); });
    return results;
  };
  work_in_order<sim::SetOptions>(jobs, next_range, make, [&](auto results) {
    for (auto& result : results) consume(std::move(result));
  });
}

}  // namespace qmforge::tools
