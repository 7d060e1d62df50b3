// Many inputs in one call. A law tests that each report equals that of a single call.
#include "qmforge/inspect.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

#include "qmforge/sim/encode.h"
#include "qmforge/testing/events.h"

namespace qmforge {
namespace {

/// A transport event that nothing is wrong with but its role, where `role` is above 1.
std::vector<std::byte> message(std::uint32_t role) {
  Event event = test::make_transport_event();
  event.saRole = static_cast<SaRole>(role);
  std::vector<std::byte> bytes;
  EXPECT_TRUE(sim::encode(event, {}, bytes).has_value());
  return bytes;
}

TEST(Batch, InspectsEachInput) {
  const auto valid = message(1);
  const auto wrong_role = message(2);
  const std::span<const std::byte> cut = std::span(valid).first(valid.size() - 8);
  const std::array<std::span<const std::byte>, 3> inputs = {valid, cut, wrong_role};
  std::array<Report, 3> results;
  ASSERT_EQ(inspect(inputs, {}, results), 3U);
  ASSERT_TRUE(results[0].event);
  EXPECT_EQ(results[0].event->qmFilterId, 0x0102030405060708U);
  EXPECT_TRUE(results[0].findings.empty());
  ASSERT_FALSE(results[1].event);
  EXPECT_EQ(results[1].event.error().code, ErrorCode::objectLength);
  EXPECT_EQ(results[1].event.error().offset, 8U);
  EXPECT_TRUE(results[1].findings.empty());
  ASSERT_TRUE(results[2].event);
  ASSERT_EQ(results[2].findings.size(), 1U);
  EXPECT_EQ(results[2].findings.begin()->rule, Rule::saRoleRange);
}

TEST(Batch, StopsAtTheShorterSpan) {
  const auto bytes = message(0);
  const std::vector<std::span<const std::byte>> inputs(3, bytes);
  std::array<Report, 3> results;
  results[2].event = std::unexpected(DecodeError{ErrorCode::badAddress, {}, 1});
  EXPECT_EQ(inspect(inputs, {}, std::span(results).first(2)), 2U);
  EXPECT_TRUE(results[1].event);
  EXPECT_FALSE(results[2].event) << "a report without an input was written";
}

TEST(Batch, AcceptsNoInputs) {
  EXPECT_EQ(inspect({}, {}, {}), 0U);
  std::array<Report, 1> result;
  EXPECT_EQ(inspect({}, {}, result), 0U);
}

}  // namespace
}  // namespace qmforge
