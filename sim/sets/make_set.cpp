// The inputs of a set, in order.
#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "qmforge/sim/exhaustive.h"
#include "qmforge/sim/sets.h"
#include "set_label.h"

namespace qmforge::sim {
namespace {

// `s7-000041-ndr20-r0-valid`: the input's number with at least `digits` digits, and what the input is.
void set_label(LabelledInput& labelled, std::string_view prefix, std::uint64_t number, std::size_t digits) {
  std::array<char, 20> text;
  const auto size =
      static_cast<std::size_t>(std::to_chars(text.data(), text.data() + text.size(), number).ptr - text.data());
  labelled.label.assign(prefix).append(digits - std::min(digits, size), '0').append(text.data(), size).append("-");
  append_label_suffix(labelled.label, labelled);
}

void make_exhaustive(const SetOptions& options, const std::function<void(const LabelledInput&)>& visit) {
  std::uint64_t index = 0;
  for (const Part part : all_parts)
    walk(part, [&](const LabelledInput& input) {
      if (!allows(options, input)) return;
      if (index++ % options.shards != options.shard - 1) return;
      LabelledInput labelled = input;
      set_label(labelled, "x", index - 1, 7);
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
      LabelledInput& labelled = forge.forge(choices);
      if (i % options.shards != options.shard - 1) continue;
      set_label(labelled, prefix, i, 6);
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
