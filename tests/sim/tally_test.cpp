// Labels against answers: which difference is told, which class an input counts in, and the table of the counts.
#include "qmforge/sim/tally.h"

#include <gtest/gtest.h>

#include <string>

namespace qmforge::sim {
namespace {

Labelled valid_input() {
  RandomChoices choices(1);
  static std::pmr::monotonic_buffer_resource storage;
  Labelled labelled;
  labelled.expected =
      generate(choices, {.soundness = Soundness::clean, .trafficType = TrafficType::transport}, storage);
  labelled.canonical = true;
  return labelled;
}

Answer right_answer(const Labelled& labelled) { return {labelled.expected, labelled.findings, labelled.canonical}; }

TEST(FirstDifference, OfAnEvent) {
  const Labelled labelled = valid_input();
  EXPECT_EQ(first_difference(labelled, right_answer(labelled)), "");

  Answer answer = right_answer(labelled);
  answer.canonical = std::nullopt;
  EXPECT_EQ(first_difference(labelled, answer), "canonical");
  answer.findings.add(Rule::errorCodeSuccess, Step::failureErrorCode);
  EXPECT_EQ(first_difference(labelled, answer), "findings");
  ++answer.decoded->qmFilterId;
  EXPECT_EQ(first_difference(labelled, answer), "event");
  answer.decoded = std::unexpected(DecodeError{ErrorCode::truncated, {}, 0});
  EXPECT_EQ(first_difference(labelled, answer), "verdict");
}

TEST(FirstDifference, OfAnError) {
  Labelled labelled;
  labelled.expected = std::unexpected(DecodeError{ErrorCode::truncated, Step::qmFilterId, 32});
  EXPECT_EQ(first_difference(labelled, right_answer(labelled)), "");

  Answer answer = right_answer(labelled);
  answer.canonical = false;
  EXPECT_EQ(first_difference(labelled, answer), "canonical") << "what does not decode is neither canonical nor not";
  answer.decoded.error().field = Step::mmSaLuid;
  EXPECT_EQ(first_difference(labelled, answer), "error.field");
  answer.decoded.error().offset = 40;
  EXPECT_EQ(first_difference(labelled, answer), "error.offset");
  answer.decoded.error().code = ErrorCode::badAddress;
  EXPECT_EQ(first_difference(labelled, answer), "error.code");
  answer.decoded = *valid_input().expected;
  EXPECT_EQ(first_difference(labelled, answer), "verdict");
}

TEST(InputClass, IsTheFaultsOrTheVerdict) {
  EXPECT_EQ(input_class("", "invalid"), "invalid");
  EXPECT_EQ(input_class("max-count-differs", "malformed"), "count");
  EXPECT_EQ(input_class("max-count-differs+header-version", "malformed"), "two faults");
  EXPECT_EQ(input_class("of-another-version", "malformed"), "malformed");
}

TEST(Table, HasALineForEachClassAndOneOfSums) {
  Tally tally;
  tally.add("count", Format::ndr20, true);
  tally.add("count", Format::ndr64, false);
  tally.add("valid", Format::native32, true);
  EXPECT_EQ(tally.inputs(), 3U);
  EXPECT_EQ(tally.disagreements(), 1U);
  EXPECT_EQ(tally.table(),
            "class                ndr20  ndr20-body       ndr64    native64    native32      inputs    disagree\n"
            "valid                    0           0           0           0           1           1           0\n"
            "count                    1           0           1           0           0           2           1\n"
            "all                      1           0           1           0           1           3           1\n");
}

}  // namespace
}  // namespace qmforge::sim
