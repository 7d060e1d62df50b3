// Seeds for fuzzing a user's decoder.
#include <set>

#include "qmforge/fuzz/targets.h"
#include "qmforge/sim/sets.h"

namespace qmforge::fuzz {

Seeds message_seeds(Format format) {
  Seeds seeds;
  std::set<std::string> seen;
  const sim::SetOptions options{.count = 20'000, .profile = {.format = format}};
  sim::make_set(options, [&](const sim::LabelledInput& input) {
    // One input of each fault, and of each pair of subnet types in each revision and byte order.
    std::string kind = input.fault;
    if (input.expected.event) {
      const Event& event = *input.expected.event;
      kind = std::to_string(static_cast<unsigned>(event.revision)) + (input.order == std::endian::big ? "b" : "l");
      if (event.has_subnets())
        kind.append(c_name(event.localSubNet.type)).append(event.localSubNet.is_null ? "-null" : "");
    }
    if (seen.insert(kind).second) seeds.push_back(input.bytes);
  });
  return seeds;
}

Seeds forged_seeds(const sim::ForgeProfile& profile) {
  Seeds seeds;
  for (std::uint64_t seed = 1; seed <= 64; ++seed) {
    sim::RandomChoices random(seed);
    sim::RecordedChoices recorded(random);
    sim::Forge forge(profile);
    (void)forge.forge(recorded);
    const auto bytes = std::as_bytes(std::span(recorded.bytes()));
    seeds.emplace_back(bytes.begin(), bytes.end());
  }
  return seeds;
}

}  // namespace qmforge::fuzz
