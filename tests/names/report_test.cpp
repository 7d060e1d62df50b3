// Reports: what they differ in.
#include "qmforge/report.h"

#include <gtest/gtest.h>

#include <utility>

namespace qmforge {
namespace {

using Kind = std::pair<Rule, FieldPath>;

Report report_of(std::initializer_list<Kind> findings) {
  Report report;
  for (const auto& [rule, field] : findings) report.findings.add(rule, field);
  return report;
}

constexpr Kind local = {Rule::subnetNull, Step::localSubNet};
constexpr Kind remote = {Rule::subnetNull, Step::remoteSubNet};
constexpr Kind code = {Rule::errorCodeSuccess, Step::failureErrorCode};

TEST(Reports, CompareFindingsAsSets) {
  EXPECT_EQ(first_difference(report_of({local, remote, code}), report_of({code, local, remote})), "");
  EXPECT_EQ(first_difference(report_of({}), report_of({})), "");
  EXPECT_EQ(first_difference(report_of({local, code}), report_of({remote, code})), "findings") << "another field";
  EXPECT_EQ(first_difference(report_of({local, code}), report_of({local})), "findings");
  EXPECT_EQ(first_difference(report_of({local}), report_of({local, code})), "findings");
}

TEST(Reports, NameTheFirstRespectInWhichTheyDiffer) {
  const Report event = report_of({});
  const auto malformed = [](const DecodeError& error) {
    return Report{.event = std::unexpected(error), .findings = {}};
  };
  const DecodeError cut{ErrorCode::truncated, Step::qmFilterId, 40};
  EXPECT_EQ(first_difference(event, malformed(cut)), "verdict");
  EXPECT_EQ(first_difference(malformed(cut), malformed(cut)), "");
  EXPECT_EQ(first_difference(malformed(cut), malformed({ErrorCode::trailingBytes, Step::qmState, 0})), "error.code");
  EXPECT_EQ(first_difference(malformed(cut), malformed({ErrorCode::truncated, Step::qmState, 0})), "error.offset");
  EXPECT_EQ(first_difference(malformed(cut), malformed({ErrorCode::truncated, Step::qmState, 40})), "error.field");
  Report other = report_of({code});
  other.event->qmFilterId = 1;
  EXPECT_EQ(first_difference(event, other), "event") << "before the findings";
}

TEST(Reports, HaveAVerdict) {
  EXPECT_EQ(report_of({}).verdict(), Verdict::valid);
  EXPECT_EQ(report_of({code}).verdict(), Verdict::valid) << "a warning";
  EXPECT_EQ(report_of({code, local}).verdict(), Verdict::invalid);
  EXPECT_EQ(to_string(Verdict::valid), "valid");
  EXPECT_EQ(to_string(Verdict::invalid), "invalid");
  EXPECT_EQ(to_string(Verdict::malformed), "malformed");
}

}  // namespace
}  // namespace qmforge
