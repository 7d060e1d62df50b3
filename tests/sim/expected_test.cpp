// The simulator's implementation of the rules, rule by rule.
#include "qmforge/sim/expected.h"

#include <gtest/gtest.h>

#include <vector>

#include "qmforge/testing/events.h"

namespace qmforge::sim {
namespace {

using test::v4;
using test::v6;

Event tunnel(const ConditionValue& local, const ConditionValue& remote) {
  return test::make_tunnel_event(local, remote);
}

Event valid_tunnel() { return test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24"); }

std::vector<Finding> found(const Event& event) {
  const Findings findings = expected_findings(event);
  return {findings.begin(), findings.end()};
}

using Expected = std::vector<Finding>;

TEST(Expected, AValidEventHasNoFindings) {
  EXPECT_EQ(found(valid_tunnel()), Expected{});
  EXPECT_EQ(expected_verdict(expected_findings(valid_tunnel())), Verdict::valid);
}

TEST(Expected, EnumerationsEndBeforeTheirMax) {
  Event event = valid_tunnel();
  event.failurePoint = static_cast<FailurePoint>(3);
  event.keyingModuleType = static_cast<KeyModuleType>(3);
  event.qmState = static_cast<QmSaState>(4);
  event.saRole = static_cast<SaRole>(2);
  event.saTrafficType = static_cast<TrafficType>(2);
  EXPECT_EQ(found(event), (Expected{{Rule::failurePointRange, Step::failurePoint},
                                    {Rule::keyingModuleRange, Step::keyingModuleType},
                                    {Rule::qmStateRange, Step::qmState},
                                    {Rule::saRoleRange, Step::saRole},
                                    {Rule::trafficTypeRange, Step::saTrafficType}}));
  EXPECT_EQ(expected_verdict(expected_findings(event)), Verdict::invalid);
}

TEST(Expected, SubnetsMustBeMasks) {
  const ConditionValue null_v6(DataType::v6AddrMask, true);
  const Event event = tunnel(ConditionValue(DataType::empty), null_v6);
  EXPECT_EQ(found(event), (Expected{{Rule::subnetType, FieldPath(Step::localSubNet) / Step::type},
                                    {Rule::subnetNull, FieldPath(Step::remoteSubNet) / Step::v6AddrMask}}));
  const ConditionValue null_v4(DataType::v4AddrMask, true);
  EXPECT_EQ(found(tunnel(null_v4, ConditionValue(DataType::uint64, true))),
            (Expected{{Rule::subnetNull, FieldPath(Step::localSubNet) / Step::v4AddrMask},
                      {Rule::subnetType, FieldPath(Step::remoteSubNet) / Step::type}}));
}

TEST(Expected, MasksMustBeContiguous) {
  for (const std::uint32_t good : {0U, 0x80000000U, 0xff000000U, 0xfffffffeU, 0xffffffffU})
    EXPECT_EQ(found(tunnel(v4(0, good), v4(0, 0))), Expected{}) << good;
  for (const std::uint32_t torn : {1U, 0x7fffffffU, 0xff00ff00U, 0xfffffffdU, 0x00ffffffU})
    EXPECT_EQ(found(tunnel(v4(0, 0), v4(0, torn))),
              (Expected{{Rule::v4MaskContiguous, FieldPath(Step::remoteSubNet) / Step::v4AddrMask / Step::mask}}))
        << torn;
}

TEST(Expected, HostBitsAreReportedForTornMasksToo) {
  const FieldPath local = FieldPath(Step::localSubNet) / Step::v4AddrMask;
  EXPECT_EQ(found(tunnel(v4(2, 0xfffffffd), v4(0, 0))),
            (Expected{{Rule::v4MaskContiguous, local / Step::mask}, {Rule::subnetHostBits, local / Step::addr}}));
  EXPECT_EQ(found(tunnel(v4(0x0a000001, 0xff000000), v4(0, 0))),
            (Expected{{Rule::subnetHostBits, local / Step::addr}}));
  EXPECT_EQ(expected_verdict(expected_findings(tunnel(v4(1, 0), v4(0, 0)))), Verdict::valid) << "a warning";
}

TEST(Expected, PrefixesEndAt128) {
  std::array<std::uint8_t, 16> ones;
  ones.fill(0xff);
  const FieldPath local = FieldPath(Step::localSubNet) / Step::v6AddrMask;
  EXPECT_EQ(found(tunnel(v6(ones, 128), v6({}, 0))), Expected{});
  EXPECT_EQ(found(tunnel(v6(ones, 129), v6({}, 0))), (Expected{{Rule::v6PrefixLength, local / Step::prefixLength}}))
      << "no bit of the address is outside";
  EXPECT_EQ(found(tunnel(v6(ones, 127), v6({}, 0))), (Expected{{Rule::subnetHostBits, local / Step::addr}}));
  EXPECT_EQ(found(tunnel(v6({0xfe}, 7), v6({}, 0))), Expected{});
  EXPECT_EQ(found(tunnel(v6({0xff}, 7), v6({}, 0))), (Expected{{Rule::subnetHostBits, local / Step::addr}}));
}

TEST(Expected, FamiliesAreComparedIfBothAreMasks) {
  EXPECT_EQ(found(tunnel(v4(0, 0), v6({}, 0))), (Expected{{Rule::subnetFamilyMismatch, Step::remoteSubNet}}));
  EXPECT_EQ(found(tunnel(v4(0, 1), v6({}, 0))),
            (Expected{{Rule::v4MaskContiguous, FieldPath(Step::localSubNet) / Step::v4AddrMask / Step::mask},
                      {Rule::subnetFamilyMismatch, Step::remoteSubNet}}));
  EXPECT_EQ(found(tunnel(v4(0, 0), ConditionValue(DataType::v6AddrMask, true))),
            (Expected{{Rule::subnetNull, FieldPath(Step::remoteSubNet) / Step::v6AddrMask}}));
}

TEST(Expected, SuccessAndRangeMarkersCauseWarnings) {
  Event event = valid_tunnel();
  for (const std::uint32_t marker : {13800U, 13897U, 13909U}) {
    event.failureErrorCode = marker;
    EXPECT_EQ(found(event), (Expected{{Rule::errorCodeMarker, Step::failureErrorCode}}));
    EXPECT_TRUE(is_suspect_error_code(marker));
  }
  event.failureErrorCode = 0;
  EXPECT_EQ(found(event), (Expected{{Rule::errorCodeSuccess, Step::failureErrorCode}}));
  EXPECT_EQ(expected_verdict(expected_findings(event)), Verdict::valid);
  for (const std::uint32_t other : {1U, 13799U, 13801U, 13896U, 13898U, 13908U, 13910U, 0xffffffffU})
    EXPECT_FALSE(is_suspect_error_code(other));
}

TEST(Expected, SubnetsOfTransportEventsAreNotChecked) {
  Event event = tunnel(ConditionValue(DataType::sid), v4(1, 1));
  event.saTrafficType = TrafficType::transport;
  EXPECT_EQ(found(event), Expected{});
}

}  // namespace
}  // namespace qmforge::sim
