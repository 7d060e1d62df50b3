// Writing an event as JSON and reading it gives an equal event (json.h, Law JsonRoundTrips).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory_resource>
#include <string>

#include "qmforge/decode.h"
#include "qmforge/json.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/odometer.h"
#include "qmforge/testing/events.h"
#include "support/labelled_bytes.h"

namespace qmforge {
namespace {

void expect_round_trip(const Event& event) {
  std::pmr::monotonic_buffer_resource storage;
  const Result result{.label = "a", .revision = event.revision, .report = {event, {}}, .canonical = {}};
  const std::string json = to_json(result);
  ASSERT_TRUE(std::ranges::all_of(json, [](char c) { return c >= 0x20 && c < 0x7f; })) << json;
  const auto read = from_json(json, Revision::r0, storage);
  ASSERT_TRUE(read.has_value()) << read.error().field << ' ' << read.error().message << '\n' << json;
  ASSERT_EQ(read->event, event) << json;
  ASSERT_EQ(to_json(read->event), to_json(event));
}

TEST(JsonRoundTrip, OfTheKnownVectors) {
  for (const testing::KnownVector& vector : testing::known_vectors()) {
    const auto event = decode(vector.bytes, {.format = vector.format});
    ASSERT_TRUE(event.has_value()) << vector.label;
    expect_round_trip(*event);
  }
}

TEST(JsonRoundTrip, OfRandomEvents) {
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    std::pmr::monotonic_buffer_resource storage;
    sim::RandomChoices choices(seed);
    expect_round_trip(sim::generate(choices, {}, storage));
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

// An event without an encoding has a JSON form.
TEST(JsonRoundTrip, OfEventsWithoutAnEncoding) {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    std::pmr::monotonic_buffer_resource storage;
    sim::RandomChoices choices(seed);
    expect_round_trip(sim::generate(choices, {.unencodable = true}, storage));
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
}

// Every data type on both sides, NULL and not, also in ranges.
TEST(JsonRoundTrip, OfEveryShapeOfSubnet) {
  for (const sim::Subnet side : {sim::Subnet::local, sim::Subnet::remote}) {
    sim::Odometer odometer;
    std::size_t shapes = 0;
    do {
      std::pmr::monotonic_buffer_resource storage;
      Event event = test::make_tunnel_event(ConditionValue(), ConditionValue());
      ConditionValue& subnet = side == sim::Subnet::local ? event.localSubNet : event.remoteSubNet;
      subnet = sim::generate_subnet(odometer, {.contents = sim::Contents::fixed}, side, storage);
      expect_round_trip(event);
      ++shapes;
    } while (!HasFatalFailure() && odometer.next());
    EXPECT_GT(shapes, 24U);
  }
}

}  // namespace
}  // namespace qmforge
