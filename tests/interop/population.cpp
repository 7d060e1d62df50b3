// The events that the engines get, and their bytes.
#include "interop/population.h"

#include <gtest/gtest.h>

#include <random>
#include <stdexcept>

#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/odometer.h"
#include "support/agreement.h"

namespace qmforge::interop {
namespace {

[[nodiscard]] Format format_of(Encoding encoding) {
  switch (encoding) {
    case Encoding::ndr20:
    case Encoding::ndr20Big: return Format::ndr20;
    case Encoding::ndr20Body: return Format::ndr20Body;
    case Encoding::ndr64: return Format::ndr64;
  }
  throw std::invalid_argument("no encoding");
}

}  // namespace

Population::Population(std::size_t size) : storage_(std::make_unique<std::pmr::monotonic_buffer_resource>()) {
  std::vector<ConditionValue> subnets;
  sim::Profile edges;
  edges.contents = sim::Contents::edges;
  sim::Odometer odometer;
  do {
    subnets.push_back(sim::generate_subnet(odometer, edges, sim::Subnet::local, *storage_));
  } while (odometer.next());

  // Each seed has its own weights, so that many seeds with few events each reach more shapes than few seeds do.
  constexpr std::size_t events_a_seed = 20;
  sim::RandomChoices choices(1);
  const auto generate = [&](const sim::Profile& profile) {
    if (events_.size() % events_a_seed == 0) choices.reseed(events_.size() / events_a_seed + 1);
    return sim::generate(choices, profile, *storage_);
  };
  // The other subnet has every value, too: it walks from the middle on.
  sim::Profile tunnel;
  tunnel.traffic_type = TrafficType::tunnel;
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    tunnel.revision = revision;
    for (std::size_t i = 0; i < subnets.size(); ++i) {
      Event event = generate(tunnel);
      event.localSubNet = subnets[i];
      event.remoteSubNet = subnets[(i + subnets.size() / 2) % subnets.size()];
      events_.push_back(event);
    }
  }
  while (events_.size() < size) events_.push_back(generate({}));
}

sim::EncodedMessage encode(const Event& event, Encoding encoding, sim::EncodeOptions options) {
  options.format = format_of(encoding);
  options.order = encoding == Encoding::ndr20Big ? std::endian::big : std::endian::little;
  sim::EncodedMessage encoded;
  if (!sim::encode(event, options, encoded)) throw std::runtime_error("an event without encoding");
  return encoded;
}

sim::EncodeOptions any_legal_form(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  sim::EncodeOptions options;
  options.referents.first = random() >> 33;
  options.referents.step = random() % 16;
  options.common_filler = static_cast<std::uint32_t>(random());
  options.object_filler = static_cast<std::uint32_t>(random());
  options.string_slack = static_cast<std::uint32_t>(random() % 4);
  options.trailing = static_cast<std::uint8_t>(random() % 8);
  options.padding_seed = random() | 1;
  return options;
}

std::expected<Event, DecodeError> decode(std::span<const std::byte> bytes, Encoding encoding, Revision revision) {
  const DecodeOptions options{.format = format_of(encoding), .revision = revision};
  const auto difference = testing::disagreement(bytes, options);
  EXPECT_FALSE(difference) << *difference;
  return qmforge::decode(bytes, options);
}

}  // namespace qmforge::interop
