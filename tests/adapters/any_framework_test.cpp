// The property kit with a framework that it has no adapter for: compiled once for doctest and once for Catch2. The
// cases named "wrong: …" fail; CTest looks at what they print.
#ifdef QMFORGE_TEST_DOCTEST
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
#else
#include <catch2/catch.hpp>
#endif

#include <cstdint>
#include <optional>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/sim/encode.h"
#include "qmforge/testing/cases.h"
#include "qmforge/testing/checks.h"
#include "qmforge/testing/conforms.h"
#include "qmforge/testing/events.h"

namespace {

using qmforge::ErrorCode;
using qmforge::Event;
using qmforge::Rule;
namespace test = qmforge::test;

struct Right {
  static std::expected<Event, qmforge::DecodeError> decode(std::span<const std::byte> input,
                                                           const qmforge::DecodeOptions& options) {
    return qmforge::decode(input, options);
  }
};

/// Cuts the filter id to 32 bits.
struct Wrong {
  static std::optional<Event> decode(std::span<const std::byte> input, const qmforge::DecodeOptions& options) {
    auto event = qmforge::decode(input, options);
    if (!event) return std::nullopt;
    event->qmFilterId &= 0xffffffff;
    return *event;
  }
};

std::vector<std::uint8_t> encoded(const Event& event) {
  std::vector<std::byte> bytes;
  REQUIRE(qmforge::sim::encode(event, {}, bytes));
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return {data, data + bytes.size()};
}

const Event tunnel = test::make_tunnel_event("10.0.0.0/8", "192.168.0.0/16");

TEST_CASE("right: labelled inputs") { CHECK(test::conforms<Right>({.count = 300})); }

TEST_CASE("right: every combination") {
  for (const test::Combination& combination : test::all_combinations()) {
    INFO(test::case_name(combination));
    const auto bytes = encoded(combination.event());
    CHECK(test::decodes_to(bytes, combination.event()));
  }
}

TEST_CASE("right: malformed bytes") {
  auto bytes = encoded(tunnel);
  bytes[40] ^= 1;
  CHECK(test::is_malformed(bytes, ErrorCode::unionTagMismatch, 40));
  CHECK_FALSE(test::is_malformed(bytes, ErrorCode::unionTagMismatch, 44));
  CHECK_FALSE(test::is_malformed(encoded(tunnel), ErrorCode::unionTagMismatch, 40));
}

TEST_CASE("right: findings") {
  Event event = tunnel;
  event.localSubNet.is_null = true;
  CHECK(test::has_finding(event, Rule::subnetNull, "localSubNet.v4AddrMask"));
  CHECK_FALSE(test::has_finding(event, Rule::subnetNull, "remoteSubNet.v4AddrMask"));
  CHECK_FALSE(test::has_finding(tunnel, Rule::subnetNull, "localSubNet.v4AddrMask"));
}

TEST_CASE("wrong: labelled inputs") { CHECK(test::conforms<Wrong>({.count = 300})); }

TEST_CASE("wrong: event") {
  Event other = tunnel;
  other.qmFilterId = 7;
  CHECK(test::decodes_to(encoded(tunnel), other));
}

TEST_CASE("wrong: error") {
  auto bytes = encoded(tunnel);
  bytes[40] ^= 1;
  CHECK(test::decodes_to(bytes, tunnel));
}

TEST_CASE("wrong: equal events") { CHECK(tunnel == test::make_transport_event()); }

}  // namespace
