// Differences between labels and answers, the class of an input, and the table of counts.
#include "tally.h"

#include <gtest/gtest.h>

#include <string>

#include "qmforge/sim/faults.h"
#include "qmforge/sim/labelled.h"

namespace qmforge::tools {
namespace {

using sim::LabelledInput;

LabelledInput valid_input() {
  sim::RandomChoices choices(1);
  static std::pmr::monotonic_buffer_resource storage;
  LabelledInput labelled;
  labelled.expected.event =
      sim::generate(choices, {.validity = sim::Validity::clean, .traffic_type = TrafficType::transport}, storage);
  labelled.canonical = true;
  return labelled;
}

TEST(FirstDifference, OfAnEvent) {
  const LabelledInput labelled = valid_input();
  EXPECT_EQ(first_difference(labelled.result(), labelled.result()), "");

  Result answer = labelled.result();
  answer.canonical = std::nullopt;
  EXPECT_EQ(first_difference(labelled.result(), answer), "canonical");
  answer.report.findings.add(Rule::errorCodeSuccess, Step::failureErrorCode);
  EXPECT_EQ(first_difference(labelled.result(), answer), "findings");
  ++answer.report.event->qmFilterId;
  EXPECT_EQ(first_difference(labelled.result(), answer), "event");
  answer.report.event = std::unexpected(DecodeError{ErrorCode::truncated, {}, 0});
  EXPECT_EQ(first_difference(labelled.result(), answer), "verdict");
}

TEST(FirstDifference, OfAnError) {
  LabelledInput labelled;
  labelled.expected.event = std::unexpected(DecodeError{ErrorCode::truncated, Step::qmFilterId, 32});
  EXPECT_EQ(first_difference(labelled.result(), labelled.result()), "");

  Result answer = labelled.result();
  answer.canonical = false;
  EXPECT_EQ(first_difference(labelled.result(), answer), "canonical")
      << "what does not decode is neither canonical nor not";
  answer.report.event.error().field = Step::mmSaLuid;
  EXPECT_EQ(first_difference(labelled.result(), answer), "error.field");
  answer.report.event.error().offset = 40;
  EXPECT_EQ(first_difference(labelled.result(), answer), "error.offset");
  answer.report.event.error().code = ErrorCode::badAddress;
  EXPECT_EQ(first_difference(labelled.result(), answer), "error.code");
  answer.report.event = *valid_input().expected.event;
  EXPECT_EQ(first_difference(labelled.result(), answer), "verdict");
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
  EXPECT_EQ(tally.total().inputs, 3U);
  EXPECT_EQ(tally.total().disagreements, 1U);
  EXPECT_EQ(tally.table(),
            "class                ndr20  ndr20-body       ndr64    native64    native32      inputs    disagree\n"
            "valid                    0           0           0           0           1           1           0\n"
            "count                    1           0           1           0           0           2           1\n"
            "all                      1           0           1           0           1           3           1\n");
}

TEST(Table, HasALineForEachClassOfFaults) {
  Tally tally;
  std::uint64_t faults = 0;
  for (const sim::FaultInfo& fault : sim::fault_catalogue()) {
    tally.add(input_class(fault.name, "malformed"), Format::ndr20, true);
    ++faults;
  }
  tally.add(input_class("", "malformed"), Format::ndr20, true);
  tally.add(input_class("header-version+max-count-differs", "malformed"), Format::ndr20, true);
  std::uint64_t counted = 0;
  for (const std::string& name : tally.classes()) counted += tally.row(name)[0].inputs;
  EXPECT_EQ(counted, faults + 2);
  EXPECT_EQ(tally.total().inputs, faults + 2);
}

}  // namespace
}  // namespace qmforge::tools
