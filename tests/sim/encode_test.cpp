// The encoder against bytes that other engines wrote, and against the documented sizes and offsets.
#include "qmforge/sim/encode.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/known_events.h"
#include "support/hex.h"
#include "support/labelled_bytes.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

std::vector<std::byte> encoded(const Event& event, const EncodeOptions& options, DatumMap* map = nullptr) {
  std::vector<std::byte> bytes;
  const auto written = encode(event, options, bytes, map);
  EXPECT_TRUE(written.has_value()) << (written ? "" : message(written.error().code));
  return bytes;
}

class KnownVectors : public ::testing::TestWithParam<KnownVector> {};

TEST_P(KnownVectors, AreWrittenByteForByte) {
  std::vector<std::byte> expected = GetParam().bytes;
  if (GetParam().label == "ndr64-tunnel_token") {
    // Samba numbered it: both array pointers before the pointers of the first array. Depth first, the ids of the first
    // element's SID and of restrictedSids change places.
    std::byte& restricted_sids = expected[0x70];
    std::byte& first_sid = expected[0x80];
    ASSERT_EQ(restricted_sids, std::byte{0x08});
    ASSERT_EQ(first_sid, std::byte{0x0c});
    std::swap(restricted_sids, first_sid);
  }
  EXPECT_EQ(to_hex(encoded(known_event(GetParam().shape), {.format = GetParam().format})), to_hex(expected));
}

INSTANTIATE_TEST_SUITE_P(Engines, KnownVectors, ::testing::ValuesIn(known_vectors()), [](const auto& tested) {
  std::string name = tested.param.label;
  std::ranges::replace(name, '-', '_');
  return name;
});

}  // namespace
}  // namespace qmforge::sim
