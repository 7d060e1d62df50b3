// Every rule of docs/format.md 4, on both sides of its condition.
#include "qmforge/validate.h"

#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <tuple>
#include <vector>

#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/expected.h"
#include "qmforge/sim/generate.h"
#include "qmforge/testing/events.h"

namespace qmforge {
namespace {

using test::v4;
using test::v6;

Event transport() { return test::make_transport_event(); }

Event tunnel(const ConditionValue& local, const ConditionValue& remote) {
  return test::make_tunnel_event(local, remote);
}

const ConditionValue valid_v4 = v4("10.0.0.0/8");
const ConditionValue valid_v6 = v6("2001:db8::/32");

/// `rule field` for each finding, in order.
std::vector<std::string> found(const Event& event) {
  std::vector<std::string> all;
  for (const Finding& finding : validate(event))
    all.push_back(std::string(to_string(finding.rule)) + ' ' + finding.field.to_string());
  return all;
}
using Found = std::vector<std::string>;

TEST(Rules, ValidEventsHaveNoFindings) {
  EXPECT_EQ(found(transport()), Found{});
  EXPECT_EQ(found(tunnel(valid_v4, valid_v4)), Found{});
  EXPECT_EQ(found(tunnel(valid_v6, valid_v6)), Found{});
}

template <class Enum>
void expect_range(Enum Event::* member, std::string_view finding) {
  for (std::uint32_t number = 0; number < member_count<Enum>; ++number) {
    Event event = transport();
    event.*member = static_cast<Enum>(number);
    if (event.has_subnets()) event.localSubNet = event.remoteSubNet = valid_v4;
    EXPECT_EQ(found(event), Found{}) << finding << ' ' << number;
  }
  for (const std::uint32_t number : {member_count<Enum>, member_count<Enum> + 1, 0x80000000U, 0xffffffffU}) {
    Event event = transport();
    event.*member = static_cast<Enum>(number);
    EXPECT_EQ(found(event), Found{std::string(finding)}) << number;
    EXPECT_TRUE(validate(event).has_error());
  }
}

TEST(Rules, EnumerationsHaveValidValues) {
  expect_range(&Event::failurePoint, "failure-point-range failurePoint");
  expect_range(&Event::keyingModuleType, "keying-module-range keyingModuleType");
  expect_range(&Event::qmState, "qm-state-range qmState");
  expect_range(&Event::saRole, "sa-role-range saRole");
  expect_range(&Event::saTrafficType, "traffic-type-range saTrafficType");
}

TEST(Rules, SubnetsOfATunnelAreMasks) {
  for (const DataType type : all_data_types) {
    if (type == DataType::v4AddrMask || type == DataType::v6AddrMask) continue;
    for (const bool null : {false, true}) {
      EXPECT_EQ(found(tunnel(ConditionValue(type, null), valid_v4)), Found{"subnet-type localSubNet.type"});
      EXPECT_EQ(found(tunnel(valid_v6, ConditionValue(type, null))), Found{"subnet-type remoteSubNet.type"});
    }
  }
  EXPECT_EQ(found(tunnel(ConditionValue(static_cast<DataType>(0x103)), valid_v4)),
            Found{"subnet-type localSubNet.type"});
}

TEST(Rules, AMaskIsNotNull) {
  EXPECT_EQ(found(tunnel(ConditionValue(DataType::v4AddrMask, true), valid_v6)),
            Found{"subnet-null localSubNet.v4AddrMask"});
  EXPECT_EQ(found(tunnel(valid_v4, ConditionValue(DataType::v6AddrMask, true))),
            Found{"subnet-null remoteSubNet.v6AddrMask"});
}

TEST(Rules, AV4MaskIsContiguous) {
  for (unsigned ones = 0; ones <= 32; ++ones) {
    const std::uint32_t mask = ones == 0 ? 0 : 0xffffffffU << (32 - ones);
    EXPECT_EQ(found(tunnel(v4(0, mask), valid_v4)), Found{}) << ones;
  }
  for (const std::uint32_t mask : {1U, 0x7fffffffU, 0xff00ff00U, 0xfffffffdU, 0x000000ffU, 0xbfffffffU})
    EXPECT_EQ(found(tunnel(v4(0, mask), valid_v4)), Found{"v4-mask-contiguous localSubNet.v4AddrMask.mask"}) << mask;
  EXPECT_EQ(found(tunnel(valid_v4, v4(2, 0xfffffffd))), (Found{"v4-mask-contiguous remoteSubNet.v4AddrMask.mask",
                                                               "subnet-host-bits remoteSubNet.v4AddrMask.addr"}));
}

TEST(Rules, AV6PrefixIsAtMost128) {
  for (const unsigned prefix : {0u, 1u, 63u, 64u, 65u, 127u, 128u})
    EXPECT_EQ(found(tunnel(v6({}, prefix), valid_v6)), Found{}) << prefix;
  for (const unsigned prefix : {129u, 130u, 192u, 255u}) {
    std::array<std::uint8_t, 16> ones;
    ones.fill(0xff);
    EXPECT_EQ(found(tunnel(valid_v6, v6(ones, prefix))),
              Found{"v6-prefix-length remoteSubNet.v6AddrMask.prefixLength"});
  }
}

TEST(Rules, AnAddressHasNoHostBits) {
  EXPECT_EQ(found(tunnel(v4(0x0a000001, 0xff000000), valid_v4)), Found{"subnet-host-bits localSubNet.v4AddrMask.addr"});
  EXPECT_FALSE(validate(tunnel(v4(0x0a000001, 0xff000000), valid_v4)).has_error());
  EXPECT_EQ(found(tunnel(v4(0x0a000001, 0xffffffff), valid_v4)), Found{});
  EXPECT_EQ(found(tunnel(v4(1, 0), valid_v4)), Found{"subnet-host-bits localSubNet.v4AddrMask.addr"});
  // A bit of an IPv6 address is inside a prefix if the prefix is longer than the bit's index.
  for (unsigned bit = 0; bit < 128; ++bit) {
    std::array<std::uint8_t, 16> addr{};
    addr[bit / 8] = static_cast<std::uint8_t>(0x80 >> bit % 8);
    for (unsigned prefix = 0; prefix <= 128; ++prefix)
      EXPECT_EQ(found(tunnel(valid_v6, v6(addr, prefix))),
                bit < prefix ? Found{} : Found{"subnet-host-bits remoteSubNet.v6AddrMask.addr"})
          << bit << " / " << prefix;
  }
}

TEST(Rules, BothSubnetsHaveTheSameFamily) {
  const Event event = tunnel(valid_v4, valid_v6);
  EXPECT_EQ(found(event), Found{"subnet-family-mismatch remoteSubNet"});
  EXPECT_FALSE(validate(event).has_error());
  EXPECT_EQ(found(tunnel(valid_v6, valid_v4)), Found{"subnet-family-mismatch remoteSubNet"});
  // It compares masks that are not NULL, valid or not.
  EXPECT_EQ(found(tunnel(v4(0, 1), valid_v6)),
            (Found{"v4-mask-contiguous localSubNet.v4AddrMask.mask", "subnet-family-mismatch remoteSubNet"}));
}

TEST(Rules, AnErrorCodeIsNeitherSuccessNorAMarker) {
  for (const auto& [code, expected] : {std::pair{0u, Found{"error-code-success failureErrorCode"}},
                                       {13800u, Found{"error-code-marker failureErrorCode"}},
                                       {13897u, Found{"error-code-marker failureErrorCode"}},
                                       {13909u, Found{"error-code-marker failureErrorCode"}},
                                       {1u, Found{}},
                                       {13799u, Found{}},
                                       {13801u, Found{}},
                                       {13896u, Found{}},
                                       {13898u, Found{}},
                                       {13908u, Found{}},
                                       {13910u, Found{}},
                                       {0xffffffffu, Found{}}}) {
    Event event = transport();
    event.failureErrorCode = code;
    EXPECT_EQ(found(event), expected) << code;
    EXPECT_FALSE(validate(event).has_error());
  }
}

TEST(Rules, FindingsHaveAFixedOrder) {
  Event event = tunnel(v4(1, 2), v6({0xff, 0xff}, 8));
  event.failureErrorCode = 0;
  event.failurePoint = FailurePoint{3};
  event.keyingModuleType = KeyModuleType{3};
  event.qmState = QmSaState{4};
  event.saRole = SaRole{2};
  const Found expected{"failure-point-range failurePoint",
                       "keying-module-range keyingModuleType",
                       "qm-state-range qmState",
                       "sa-role-range saRole",
                       "v4-mask-contiguous localSubNet.v4AddrMask.mask",
                       "subnet-host-bits localSubNet.v4AddrMask.addr",
                       "subnet-host-bits remoteSubNet.v6AddrMask.addr",
                       "subnet-family-mismatch remoteSubNet",
                       "error-code-success failureErrorCode"};
  EXPECT_EQ(found(event), expected);
  EXPECT_EQ(validate(event).size(), Findings::capacity);
}

TEST(Rules, AgreeWithTheSimulatorsRules) {
  std::size_t events = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    sim::RandomChoices choices(seed);
    for (int i = 0; i < 50; ++i, ++events) {
      std::pmr::monotonic_buffer_resource storage;
      const Event event = sim::generate(choices, {.unencodable = true}, storage);
      const Findings findings = validate(event);
      ASSERT_EQ(findings, sim::expected_findings(event));
      ASSERT_EQ(findings.has_error(), sim::expected_verdict(findings) == Verdict::invalid);
    }
  }
  EXPECT_EQ(events, 15000u);
}

}  // namespace
}  // namespace qmforge
