// The laws of the validator, as properties over all events, including those without an encoding.
#include <algorithm>

#include "laws.h"
#include "qmforge/sim/expected.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

using laws::check_law;
using laws::Distribution;

/// The names of all rules.
std::vector<std::string> rule_names() {
  std::vector<std::string> names;
  for (int rule = 0; rule <= static_cast<int>(Rule::errorCodeMarker); ++rule)
    names.emplace_back(to_string(static_cast<Rule>(rule)));
  return names;
}

const sim::Profile all_events{.unencodable = true};

TEST(Law, ValidationDependsOnEventOnly) {
  check_law(
      [](Distribution& seen) {
        const auto event = *test::any_event(all_events);
        const auto other = *test::any_event({.revision = Revision::r1, .traffic_type = TrafficType::tunnel});
        seen.count(event->has_subnets() ? "tunnel" : "without subnets");
        // An equal event, in which members that it lacks have other values; another event is validated in between.
        Event equal = *event;
        if (event->revision == Revision::r0) {
          equal.mmSaLuid = other->mmSaLuid;
          equal.mmProviderContextKey = other->mmProviderContextKey;
        }
        if (!event->has_subnets()) {
          equal.localSubNet = other->localSubNet;
          equal.remoteSubNet = other->remoteSubNet;
        }
        RC_ASSERT(equal == *event);
        const Findings findings = validate(*event);
        static_cast<void>(validate(*other));
        RC_ASSERT(validate(equal) == findings);
      },
      {"tunnel", "without subnets"}, 100);
}

TEST(Law, FindingIffItsConditionHolds) {
  check_law(
      [](Distribution& seen) {
        const auto event = *test::any_event(all_events);
        const Findings findings = validate(*event);
        for (const Finding& finding : findings) seen.count(std::string(to_string(finding.rule)));
        if (findings.empty()) seen.count("clean");
        RC_ASSERT(findings == sim::expected_findings(*event));
      },
      [] {
        auto kinds = rule_names();
        kinds.emplace_back("clean");
        return kinds;
      }(),
      10);
}

/// Fixes the field that a finding names, and nothing else.
void mend(Event& event, const Finding& finding) {
  ConditionValue& subnet = finding.field.step(0) == Step::localSubNet ? event.localSubNet : event.remoteSubNet;
  switch (finding.rule) {
    case Rule::failurePointRange: event.failurePoint = FailurePoint::me; break;
    case Rule::keyingModuleRange: event.keyingModuleType = KeyModuleType::ike; break;
    case Rule::qmStateRange: event.qmState = QmSaState::none; break;
    case Rule::saRoleRange: event.saRole = SaRole::initiator; break;
    case Rule::trafficTypeRange: event.saTrafficType = TrafficType::transport; break;
    case Rule::subnetType:
    case Rule::subnetNull:
    case Rule::subnetFamilyMismatch: {
      // A valid mask of the other subnet's family, if that is a mask.
      const ConditionValue& other = &subnet == &event.localSubNet ? event.remoteSubNet : event.localSubNet;
      subnet = ConditionValue(other.type == DataType::v6AddrMask ? DataType::v6AddrMask : DataType::v4AddrMask);
      if (subnet.type == DataType::v6AddrMask) {
        subnet.v6AddrMask = {};
      } else {
        subnet.v4AddrMask = {};
      }
      break;
    }
    case Rule::v4MaskContiguous: subnet.v4AddrMask.mask = 0xffffffff; break;
    case Rule::v6PrefixLength: subnet.v6AddrMask.prefixLength = 128; break;
    case Rule::subnetHostBits:
      if (subnet.type == DataType::v4AddrMask) {
        subnet.v4AddrMask.addr &= subnet.v4AddrMask.mask;
      } else {
        subnet.v6AddrMask.addr = {};
      }
      break;
    case Rule::errorCodeSuccess:
    case Rule::errorCodeMarker: event.failureErrorCode = 13801; break;
  }
}

TEST(Law, FixingAFindingRemovesOnlyThatFinding) {
  check_law(
      [](Distribution& seen) {
        const auto event = *test::any_event(all_events);
        const Findings before = validate(*event);
        for (const Finding& finding : before) {
          seen.count(std::string(to_string(finding.rule)));
          Event mended = *event;
          mend(mended, finding);
          const Findings after = validate(mended);
          RC_ASSERT(std::ranges::find(after, finding) == after.end());
          for (const Finding& left : after)
            RC_ASSERT(severity(left.rule) == Severity::warning || std::ranges::find(before, left) != before.end());
        }
      },
      rule_names(), 10);
}

}  // namespace
}  // namespace qmforge
