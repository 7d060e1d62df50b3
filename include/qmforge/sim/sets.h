// Sets: many labelled inputs in a fixed order.
#pragma once

#include <cstdint>
#include <functional>

#include "qmforge/sim/labelled.h"

namespace qmforge::sim {

/// How many inputs in a row share the weights of one swarm (choices.h).
inline constexpr std::uint64_t swarm_size = 64;

struct SetOptions {
  std::uint64_t seed = 1;
  std::uint64_t count = 1000;
  std::uint64_t first = 0;  // a random set begins at this input, a multiple of swarm_size
  bool exhaustive = false;  // the walk of exhaustive.h; seed and count are ignored
  /// Of an exhaustive set: format, revision and byte order, and whether it is valid or malformed only.
  ForgeProfile profile{};
  bool valid_only = false;  // inputs whose verdict is valid
  bool malformed_only = false;
  /// Input i belongs to shard 1 + i % shards. The shards of a set are disjoint and together are the whole set, label by
  /// label and byte by byte.
  std::uint64_t shard = 1;
  std::uint64_t shards = 1;
};

/// Whether the format, revision, byte order and verdict of an input match the options. An exhaustive set has all inputs
/// of the walk that match.
[[nodiscard]] bool allows(const SetOptions& options, const LabelledInput& labelled);

/// Calls `visit` with each input of the set, with its label, always in the same order. An input lives until `visit`
/// returns. Input i of a random set belongs to swarm i / swarm_size of the seed.
void make_set(const SetOptions& options, const std::function<void(const LabelledInput&)>& visit);

/// How many inputs this shard of a random set has; 0 for an exhaustive set, whose size is not known in advance.
[[nodiscard]] std::uint64_t set_size(const SetOptions& options);

}  // namespace qmforge::sim
