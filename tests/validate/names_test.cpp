// The names and severities of the rules: docs/format.md 4.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string_view>

#include "qmforge/report.h"

namespace qmforge {
namespace {

TEST(RuleNames, AreTheDocumentedOnes) {
  struct Row {
    std::string_view name;
    Severity severity;
  };
  constexpr std::array rows = {
      Row{"failure-point-range", Severity::error}, Row{"keying-module-range", Severity::error},
      Row{"qm-state-range", Severity::error},      Row{"sa-role-range", Severity::error},
      Row{"traffic-type-range", Severity::error},  Row{"subnet-type", Severity::error},
      Row{"subnet-null", Severity::error},         Row{"v4-mask-contiguous", Severity::error},
      Row{"v6-prefix-length", Severity::error},    Row{"subnet-family-mismatch", Severity::warning},
      Row{"subnet-host-bits", Severity::warning},  Row{"error-code-success", Severity::warning},
      Row{"error-code-marker", Severity::warning},
  };
  std::set<std::string_view> sentences;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto rule = static_cast<Rule>(i);
    EXPECT_EQ(to_string(rule), rows[i].name);
    EXPECT_EQ(severity(rule), rows[i].severity) << rows[i].name;
    EXPECT_FALSE(message(rule).empty()) << rows[i].name;
    sentences.insert(message(rule));
  }
  EXPECT_EQ(sentences.size(), rows.size());
  EXPECT_EQ(to_string(static_cast<Rule>(rows.size())), "");
  EXPECT_EQ(message(static_cast<Rule>(rows.size())), "");
}

TEST(RuleNames, SeveritiesAndVerdicts) {
  EXPECT_EQ(to_string(Severity::error), "error");
  EXPECT_EQ(to_string(Severity::warning), "warning");
  EXPECT_EQ(to_string(Verdict::valid), "valid");
  EXPECT_EQ(to_string(Verdict::invalid), "invalid");
  EXPECT_EQ(to_string(Verdict::malformed), "malformed");
  EXPECT_EQ(to_string(static_cast<Verdict>(3)), "");
}

}  // namespace
}  // namespace qmforge
