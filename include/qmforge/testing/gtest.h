// Sources of cases and matchers for GoogleTest. CMake target qmforge::gtest.
//
//     #include <qmforge/testing/gtest.h>
//
//     class EveryCombination : public testing::TestWithParam<qmforge::test::Combination> {};
//     TEST_P(EveryCombination, IsLogged) { EXPECT_TRUE(log(GetParam().event())); }
//     INSTANTIATE_TEST_SUITE_P(All, EveryCombination, testing::ValuesIn(qmforge::test::all_combinations()),
//                              qmforge::test::test_name);
//
//     EXPECT_THAT(bytes, DecodesTo(event));
//     EXPECT_THAT(bytes, IsMalformed(ErrorCode::unionTagMismatch, 40));
//     EXPECT_THAT(event, HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"));
//
// A matcher about bytes takes DecodeOptions last (ndr20 and revision 0 unless said), and what it says on a failure
// shows the bytes, with a mark where they are wrong.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/odometer.h"
#include "qmforge/testing/events.h"
#include "qmforge/testing/hex_rows.h"
#include "qmforge/validate.h"

namespace qmforge {

// How GoogleTest prints what these matchers are about.
inline void PrintTo(const Event& event, std::ostream* out) { *out << to_json(event); }
inline void PrintTo(const DecodeError& error, std::ostream* out) {
  *out << to_string(error.code) << " at " << error.offset << ", field '" << error.field.to_string() << '\'';
}

namespace test {

/// One of the 144 combinations of the five enumerations. Its subnets, for a tunnel, are 10.0.0.0/8 and 192.168.0.0/16.
struct Combination {
  FailurePoint failurePoint;
  KeyModuleType keyingModuleType;
  QmSaState qmState;
  SaRole saRole;
  TrafficType saTrafficType;

  [[nodiscard]] Event event(Revision revision = Revision::r0) const {
    Event event = saTrafficType == TrafficType::tunnel ? make_tunnel_event("10.0.0.0/8", "192.168.0.0/16", revision)
                                                       : make_transport_event(revision);
    event.failurePoint = failurePoint;
    event.keyingModuleType = keyingModuleType;
    event.qmState = qmState;
    event.saRole = saRole;
    event.saTrafficType = saTrafficType;
    return event;
  }
};

[[nodiscard]] inline std::vector<Combination> all_combinations() {
  std::vector<Combination> all;
  sim::Odometer odometer;
  const auto next = [&]<class Enum>(Enum) { return static_cast<Enum>(odometer.choose(member_count<Enum>)); };
  do {
    const FailurePoint point = next(FailurePoint{});
    const KeyModuleType module = next(KeyModuleType{});
    const QmSaState state = next(QmSaState{});
    const SaRole role = next(SaRole{});
    all.push_back({point, module, state, role, next(TrafficType{})});
  } while (odometer.next());
  return all;
}

/// One fault of the catalogue, and the encodings in which it can occur (sim::info(fault).formats).
[[nodiscard]] inline std::vector<sim::Fault> all_faults() {
  std::vector<sim::Fault> all;
  for (const sim::FaultInfo& entry : sim::fault_catalogue()) all.push_back(entry.fault);
  return all;
}

/// Names of cases: `PeerIkev2FinalResponderTunnel`, `InnerTagDiffers`. Give it to INSTANTIATE_TEST_SUITE_P last.
inline constexpr struct TestName {
  std::string operator()(const ::testing::TestParamInfo<Combination>& test) const {
    const Combination& c = test.param;
    // The last word of each C name: IPSEC_FAILURE_PEER, IKEEXT_KEY_MODULE_IKEV2 …
    return word(c_name(c.failurePoint)) + word(c_name(c.keyingModuleType)) + word(c_name(c.qmState)) +
           word(c_name(c.saRole)) + word(c_name(c.saTrafficType));
  }
  std::string operator()(const ::testing::TestParamInfo<sim::Fault>& test) const {
    std::string text;
    bool begins = true;
    for (const char c : sim::info(test.param).name) {
      if (c != '-') text += begins ? static_cast<char>(c - 'a' + 'A') : c;
      begins = c == '-';
    }
    return text;
  }

 private:
  static std::string word(std::string_view c_name) {
    std::string text(c_name.substr(c_name.rfind('_') + 1));
    // Capitals and digits are all that C names have.
    std::transform(text.begin() + 1, text.end(), text.begin() + 1,
                   [](char c) { return c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
  }
} test_name;

/// The bytes decode to an event that equals `expected`.
MATCHER_P2(DecodesTo, expected, options, "decodes to " + ::testing::PrintToString(expected)) {
  const std::span<const std::byte> bytes(arg);
  const auto decoded = decode(bytes, options);
  if (!decoded) {
    *result_listener << "malformed: " << ::testing::PrintToString(decoded.error())
                     << hex_rows(bytes, static_cast<std::size_t>(decoded.error().offset));
    return false;
  }
  if (*decoded == static_cast<const Event&>(expected)) return true;
  *result_listener << "decodes to " << ::testing::PrintToString(*decoded) << hex_rows(bytes);
  return false;
}
inline auto DecodesTo(const Event& expected) { return DecodesTo(expected, DecodeOptions{}); }

/// The bytes are malformed for this reason, at this offset.
MATCHER_P3(IsMalformed, code, offset, options,
           "is malformed: " + std::string(to_string(code)) + " at " + std::to_string(offset)) {
  const std::span<const std::byte> bytes(arg);
  const auto decoded = decode(bytes, options);
  if (decoded) {
    *result_listener << "decodes to " << ::testing::PrintToString(*decoded) << hex_rows(bytes);
    return false;
  }
  if (decoded.error().code == code && decoded.error().offset == static_cast<std::uint64_t>(offset)) return true;
  *result_listener << "malformed: " << ::testing::PrintToString(decoded.error())
                   << hex_rows(bytes, static_cast<std::size_t>(decoded.error().offset));
  return false;
}
inline auto IsMalformed(ErrorCode code, std::uint64_t offset) { return IsMalformed(code, offset, DecodeOptions{}); }

/// The event has this finding. `field` is the path as text: "localSubNet.v4AddrMask.mask".
MATCHER_P2(HasFinding, rule, field, "has the finding " + std::string(to_string(rule)) + " of " + std::string(field)) {
  const Findings findings = validate(arg);
  bool has = false;
  for (const Finding& finding : findings) {
    has = has || (finding.rule == rule && finding.field.to_string() == field);
    *result_listener << to_string(finding.rule) << " of " << finding.field.to_string() << "; ";
  }
  if (findings.empty()) *result_listener << "no findings";
  return has;
}

}  // namespace test
}  // namespace qmforge
