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

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>

#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/testing/cases.h"
#include "qmforge/testing/conforms.h"
#include "qmforge/testing/decoder.h"
#include "qmforge/testing/hex_rows.h"
#include "qmforge/testing/print.h"
#include "qmforge/validate.h"

namespace qmforge {

// How GoogleTest prints events and errors.
inline void PrintTo(const Event& event, std::ostream* out) { *out << to_json(event); }
inline void PrintTo(const DecodeError& error, std::ostream* out) {
  *out << to_string(error.code) << " at " << error.offset << ", field '" << error.field.to_string() << '\'';
}

namespace test {

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
    const std::string difference =
        difference_of<D>(input.bytes, {input.format, input.revision, sim::set_image_base}, input.expected);
    if (difference.empty()) return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure() << difference << '\n' << describe(input);
  });
}

/// The bytes decode to an event that equals `expected`.
MATCHER_P2(DecodesTo, expected, options, "decodes to " + ::testing::PrintToString(expected)) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(arg));
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
  const std::span<const std::byte> bytes = std::as_bytes(std::span(arg));
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
