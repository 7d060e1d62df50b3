// What is plain goes the short way, through the decoder and through the validator.
#include <gtest/gtest.h>

#include <vector>

#include "plain_ways.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/validate.h"
#include "sim/known_events.h"

namespace qmforge {
namespace {

using namespace testing;

/// A transport event, and tunnels of each pair of masks, in both revisions; all of them sound.
std::vector<Event> plain_events() {
  const ConditionValue v4 = v4_subnet(0x0a000000, 0xff000000);
  const ConditionValue v6 = v6_subnet({0xfe, 0x80}, 64);
  std::vector<Event> events;
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    for (Event event :
         {transport_event(), tunnel_event(v4, v4), tunnel_event(v6, v6), tunnel_event(v4, v6), tunnel_event(v6, v4)}) {
      event.revision = revision;
      events.push_back(event);
    }
  }
  return events;
}

TEST(PlainWays, AreOpenToEveryCanonicalMessageOfATransportOrOfMasks) {
  for (const Event& event : plain_events()) {
    for (const sim::EncodeOptions& form :
         {sim::EncodeOptions{}, sim::EncodeOptions{.order = std::endian::big}, sim::EncodeOptions{.padding_seed = 1},
          sim::EncodeOptions{.referents = {.first = 0xffffffff, .step = 0}},
          sim::EncodeOptions{.format = Format::ndr20Body},
          sim::EncodeOptions{.format = Format::ndr20Body, .trailing = 7}, sim::EncodeOptions{.format = Format::ndr64},
          sim::EncodeOptions{.format = Format::ndr64, .padding_seed = 1},
          sim::EncodeOptions{.format = Format::ndr64, .trailing = 7},
          // Pointers of which one half is 0.
          sim::EncodeOptions{.format = Format::ndr64, .referents = {.first = 0x100000000, .step = 0}},
          sim::EncodeOptions{.format = Format::ndr64, .referents = {.first = 1, .step = 0}}}) {
      std::vector<std::byte> bytes;
      ASSERT_TRUE(sim::encode(event, form, bytes));
      EXPECT_TRUE(is_read_as_plain(bytes, {form.format, event.revision}))
          << to_string(form.format) << ", " << c_name(event.localSubNet.type) << ", "
          << c_name(event.remoteSubNet.type);
    }
  }
}

TEST(PlainWays, AreClosedToAMessageThatEndsEarlyOrLate) {
  for (const Event& event : plain_events()) {
    for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64}) {
      std::vector<std::byte> bytes;
      ASSERT_TRUE(sim::encode(event, {.format = format}, bytes));
      EXPECT_FALSE(is_read_as_plain(std::span(bytes).first(bytes.size() - 1), {format, event.revision}));
      bytes.resize(bytes.size() + 8);
      EXPECT_FALSE(is_read_as_plain(bytes, {format, event.revision}));
    }
  }
}

TEST(PlainWays, AreOpenToSoundEventsOfOneFamily) {
  for (const Event& event : plain_events()) {
    ASSERT_EQ(validate(event).empty(), event.localSubNet.type == event.remoteSubNet.type);
    EXPECT_EQ(is_sound_at_a_glance(event), event.localSubNet.type == event.remoteSubNet.type);
  }
  const ConditionValue none = v4_subnet(0, 0);
  const ConditionValue host = v4_subnet(0xffffffff, 0xffffffff);
  const ConditionValue any_v6 = v6_subnet({}, 0);
  const ConditionValue host_v6 = v6_subnet({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 128);
  for (const Event& event : {tunnel_event(none, host), tunnel_event(host, none), tunnel_event(any_v6, host_v6),
                             tunnel_event(host_v6, any_v6)}) {
    EXPECT_TRUE(validate(event).empty());
    EXPECT_TRUE(is_sound_at_a_glance(event));
  }
}

}  // namespace
}  // namespace qmforge
