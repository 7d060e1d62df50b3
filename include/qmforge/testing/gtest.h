// Cases (cases.h) and matchers for GoogleTest. CMake target qmforge::gtest.
//
//     #include <qmforge/testing/gtest.h>
//
//     class EveryCombination : public testing::TestWithParam<qmforge::test::Combination> {};
//     TEST_P(EveryCombination, IsLogged) { EXPECT_TRUE(log(GetParam().event())); }
//     INSTANTIATE_TEST_SUITE_P(All, EveryCombination, testing::ValuesIn(qmforge::test::all_combinations()),
//                              qmforge::test::test_name);
//
//     EXPECT_TRUE(DecoderConforms<Mine>());           10,000 labelled inputs
//     EXPECT_THAT(input, IsDecodedBy<Mine>());        a labelled input, by a decoder of your own (decoder.h)
//     EXPECT_THAT(bytes, DecodesTo(event));
//     EXPECT_THAT(bytes, IsMalformed(ErrorCode::unionTagMismatch, 40));
//     EXPECT_THAT(event, HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"));
//
// A matcher for bytes accepts any contiguous range of std::byte, std::uint8_t or char. Its last parameter is
// DecodeOptions (default: ndr20, revision 0). Its message has the bytes, with a mark at the error.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "qmforge/decode_error.h"
#include "qmforge/decode_options.h"
#include "qmforge/event.h"
#include "qmforge/testing/cases.h"
#include "qmforge/testing/checks.h"
#include "qmforge/testing/conforms.h"

namespace qmforge::test {

/// Names of cases: `PeerIkev2FinalResponderTunnel`, `InnerTagDiffers`. The last argument of INSTANTIATE_TEST_SUITE_P.
inline constexpr struct TestName {
  template <class Case>
  std::string operator()(const ::testing::TestParamInfo<Case>& test) const {
    return case_name(test.param);
  }
} test_name;

/// conforms<D>() for EXPECT_TRUE, which prints the first difference.
template <Decoder D>
[[nodiscard]] ::testing::AssertionResult DecoderConforms(const ConformOptions& options = {}) {
  const Conformance result = conforms<D>(options);
  return (result ? ::testing::AssertionSuccess() : ::testing::AssertionFailure()) << result;
}

/// Matches a sim::LabelledInput whose expected report is D's answer. The message names each field that differs.
template <Decoder D>
auto IsDecodedBy() {
  return ::testing::Truly([](const sim::LabelledInput& input) -> ::testing::AssertionResult {
    const CheckResult result = is_decoded_by<D>(input);
    return (result ? ::testing::AssertionSuccess() : ::testing::AssertionFailure()) << result;
  });
}

/// The bytes decode to an event that equals `expected`.
MATCHER_P2(DecodesTo, expected, options, "decodes to " + ::testing::PrintToString(expected)) {
  const CheckResult result = decodes_to(arg, expected, options);
  *result_listener << result;
  return static_cast<bool>(result);
}
inline auto DecodesTo(const Event& expected) { return DecodesTo(expected, DecodeOptions{}); }

/// The bytes are malformed for this reason, at this offset.
MATCHER_P3(IsMalformed, code, offset, options,
           "is malformed: " + ::testing::PrintToString(code) + " at " + std::to_string(offset)) {
  const CheckResult result = is_malformed(arg, code, static_cast<std::uint64_t>(offset), options);
  *result_listener << result;
  return static_cast<bool>(result);
}
inline auto IsMalformed(ErrorCode code, std::uint64_t offset) { return IsMalformed(code, offset, DecodeOptions{}); }

/// The event has this finding. `field` is the path as text: "localSubNet.v4AddrMask.mask".
MATCHER_P2(HasFinding, rule, field, "has the finding " + ::testing::PrintToString(rule) + " of " + std::string(field)) {
  const CheckResult result = has_finding(arg, rule, field);
  *result_listener << result;
  return static_cast<bool>(result);
}

}  // namespace qmforge::test
