// The inputs of a set, in order.
#include <algorithm>

#include "qmforge/sim/exhaustive.h"
#include "qmforge/sim/sets.h"

namespace qmforge::sim {
namespace {

std::string numbered(const char* prefix, std::uint64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  text.insert(0, digits - std::min(digits, text.size()), '0');
  return prefix + text + '-';
}

void make_exhaustive(const SetOptions& options, const std::function<void(const LabelledInput&)>& visit) {
  std::uint64_t index = 0;
  for (const Part part : all_parts)
    walk(part, [&](const LabelledInput& input) {
      if (!allows(options, input)) return;
      if (index++ % options.shards != options.shard - 1) return;
      LabelledInput labelled = input;
      labelled.label = numbered("x", index - 1, 7) + label_suffix(input);
      visit(labelled);
    });
}

void make_random(const SetOptions& options, const std::function<void(const LabelledInput&)>& visit) {
  ForgeProfile profile = options.profile;
  if (options.valid_only) profile = {profile.format, profile.revision, Validity::valid, 0, profile.order};
  if (options.malformed_only) profile.malformed_percent = 100;
  Forge forge(profile);
  RandomChoices choices(0);
  const std::string prefix = 's' + std::to_string(options.seed) + '-';
  for (std::uint64_t first = options.first; first < options.count; first += swarm_size) {
    choices.reseed(options.seed ^ (first / swarm_size) << 32);
    // Each input of a swarm depends on the ones before it, so inputs of other shards are generated, too, unless the
    // whole
    // swarm belongs to them.
    const std::uint64_t end = std::min(first + swarm_size, options.count);
    const std::uint64_t mine = (options.shard - 1 + options.shards - first % options.shards) % options.shards;
    if (mine >= end - first) continue;
    for (std::uint64_t i = first; i < end; ++i) {
      const LabelledInput& input = forge.forge(choices);
      if (i % options.shards != options.shard - 1) continue;
      LabelledInput labelled = input;
      labelled.label = numbered(prefix.c_str(), i, 6) + label_suffix(input);
      visit(labelled);
    }
  }
}

}  // namespace

bool allows(const SetOptions& options, const LabelledInput& labelled) {
  if (options.profile.format && *options.profile.format != labelled.format) return false;
  if (options.profile.revision && *options.profile.revision != labelled.revision) return false;
  if (options.profile.order && *options.profile.order != labelled.order) return false;
  if (options.valid_only) return labelled.expected.verdict() == Verdict::valid;
  return !options.malformed_only || labelled.expected.verdict() == Verdict::malformed;
}

void make_set(const SetOptions& options, const std::function<void(const LabelledInput&)>& visit) {
  options.exhaustive ? make_exhaustive(options, visit) : make_random(options, visit);
}

std::uint64_t set_size(const SetOptions& options) {
  return options.exhaustive ? 0 : (options.count + options.shards - options.shard) / options.shards;
}

}  // namespace qmforge::sim
