// LabelledInput sets: many labelled inputs in a known order, and how they are written to a folder.
#pragma once

#include <cstdint>
#include <functional>

#include "qmforge/sim/labelled.h"

namespace qmforge::sim {

/// How many inputs share one swarm of weights (choices.h).
inline constexpr std::uint64_t swarm_size = 64;

struct SetOptions {
  std::uint64_t seed = 1;
  std::uint64_t count = 1000;
  std::uint64_t first = 0;  // a random set without the inputs before this one, a multiple of swarm_size
  bool exhaustive = false;  // exhaustive.h's walk, whatever seed and count are
  ForgeProfile
      profile{};  // of an exhaustive set: format, revision, byte order; and whether it is valid or malformed only
  bool valid_only = false;  // inputs whose verdict is valid
  bool malformed_only = false;
  /// Input i belongs to shard 1 + i % shards. The shards of a set are disjoint and together are the whole set, label by
  /// label and byte by byte.
  std::uint64_t shard = 1;
  std::uint64_t shards = 1;
};

/// Whether the options' format, revision, byte order and verdict allow an input. An exhaustive set has all inputs of
/// the walk that they allow.
[[nodiscard]] bool allows(const SetOptions& options, const LabelledInput& labelled);

/// Calls `visit` with each input of the set, label and all, always in the same order; an input lives until visit
/// returns. Input i of a random set is drawn from swarm i / swarm_size of the seed.
void make_set(const SetOptions& options, const std::function<void(const LabelledInput&)>& visit);

/// How many inputs the random set's shard has; 0 for an exhaustive set, whose faults are counted as they come.
[[nodiscard]] std::uint64_t set_size(const SetOptions& options);

}  // namespace qmforge::sim
