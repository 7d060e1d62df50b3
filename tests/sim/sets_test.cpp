// Labelled sets: equal options give equal sets, and shards together are the whole set.
#include "qmforge/sim/sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "set_writer.h"
#include "sim/subject.h"

namespace qmforge::sim {
namespace {

using tools::hex_location;
using tools::input_class;
using tools::manifest_line;
using tools::Tally;

std::map<std::string, std::vector<std::byte>> inputs(const SetOptions& options) {
  std::map<std::string, std::vector<std::byte>> all;
  make_set(options, [&](const LabelledInput& labelled) {
    EXPECT_TRUE(all.emplace(labelled.label, labelled.bytes).second) << "duplicate label " << labelled.label;
  });
  return all;
}

TEST(MakeSet, CountsAndLabels) {
  for (const std::uint64_t count : {0U, 1U, 63U, 64U, 65U, 1000U}) {
    EXPECT_EQ(inputs({.count = count}).size(), count);
    EXPECT_EQ(set_size({.count = count}), count);
  }
}

TEST(MakeSet, AShorterSetIsAPrefixOfALongerOne) {
  const auto all = inputs({.count = 300});
  for (const auto& [label, bytes] : inputs({.count = 100})) EXPECT_EQ(all.at(label), bytes);
}

TEST(MakeSet, SeedsDiffer) {
  const auto one = inputs({.seed = 1, .count = 64});
  const auto two = inputs({.seed = 2, .count = 64});
  EXPECT_FALSE(
      std::ranges::equal(one, two, {}, [](const auto& p) { return p.second; }, [](const auto& p) { return p.second; }));
}

TEST(MakeSet, ShardsAreDisjointAndCoverTheSet) {
  const auto whole = inputs({.count = 500});
  for (const std::uint64_t shards : {2U, 7U, 64U, 130U, 600U}) {
    std::map<std::string, std::vector<std::byte>> together;
    for (std::uint64_t shard = 1; shard <= shards; ++shard) {
      const SetOptions options{.count = 500, .shard = shard, .shards = shards};
      const auto part = inputs(options);
      EXPECT_EQ(part.size(), set_size(options)) << shard << '/' << shards;
      for (const auto& input : part) EXPECT_TRUE(together.insert(input).second) << input.first;
    }
    EXPECT_EQ(together, whole) << shards;
  }
}

TEST(MakeSet, FollowsTheProfile) {
  make_set({.count = 500, .valid_only = true},
           [](const LabelledInput& l) { ASSERT_EQ(l.expected.verdict(), Verdict::valid); });
  make_set({.count = 500, .malformed_only = true},
           [](const LabelledInput& l) { ASSERT_EQ(l.expected.verdict(), Verdict::malformed); });
  make_set({.count = 500, .profile = {.format = Format::ndr64, .revision = Revision::r1}}, [](const LabelledInput& l) {
    ASSERT_EQ(l.format, Format::ndr64);
    ASSERT_EQ(l.revision, Revision::r1);
  });
}

TEST(MakeSet, AValidProfileAllowsMalformedInputs) {
  SetOptions options{.count = 2000, .malformed_only = true};
  options.profile.validity = Validity::valid;
  make_set(options, [](const LabelledInput& labelled) {
    ASSERT_EQ(labelled.expected.verdict(), Verdict::malformed);
    ASSERT_EQ(difference(labelled, ours), "") << manifest_line(labelled, hex_location(labelled));
  });
}

TEST(MakeSet, NumbersMayExceedSixDigits) {
  // A shard of one input, the last: earlier swarms are skipped.
  const auto last = inputs({.count = 1000001, .shard = 1000001, .shards = 1000001});
  ASSERT_EQ(last.size(), 1U);
  EXPECT_TRUE(last.begin()->first.starts_with("s1-1000000-")) << last.begin()->first;
}

Report report_of(Verdict verdict) {
  Report report;
  if (verdict == Verdict::malformed) report.event = std::unexpected(DecodeError{});
  if (verdict == Verdict::invalid) report.findings.add(Rule::qmStateRange, Step::qmState);
  return report;
}

TEST(ExhaustiveSet, HasTheInputsThatTheOptionsAllow) {
  LabelledInput labelled;
  labelled.format = Format::ndr64;
  labelled.revision = Revision::r1;
  const auto allowed = [&](Verdict verdict, const SetOptions& options) {
    labelled.expected = report_of(verdict);
    return allows(options, labelled);
  };
  for (const Verdict verdict : {Verdict::malformed, Verdict::invalid, Verdict::valid}) {
    EXPECT_TRUE(allowed(verdict, {}));
    EXPECT_TRUE(allowed(verdict, {.profile = {.format = Format::ndr64, .revision = Revision::r1}}));
    EXPECT_FALSE(allowed(verdict, {.profile = {.format = Format::ndr20, .revision = Revision::r1}}));
    EXPECT_FALSE(allowed(verdict, {.profile = {.format = Format::ndr64, .revision = Revision::r0}}));
    EXPECT_EQ(allowed(verdict, {.valid_only = true}), verdict == Verdict::valid);
    EXPECT_EQ(allowed(verdict, {.malformed_only = true}), verdict == Verdict::malformed);
  }
}

/// The labels of the first inputs.
std::vector<std::string> first_labels(const SetOptions& options, std::size_t count) {
  struct EnoughInputs {};
  std::vector<std::string> labels;
  const auto take = [&](const LabelledInput& labelled) {
    labels.push_back(labelled.label);
    if (labels.size() == count) throw EnoughInputs();
  };
  EXPECT_THROW(make_set(options, take), EnoughInputs);
  return labels;
}

TEST(ExhaustiveSet, IsNumberedInOrderAndSplitIntoShards) {
  SetOptions options{.exhaustive = true, .profile = {.format = Format::native32}};
  EXPECT_EQ(set_size(options), 0U) << "unknown in advance";
  const auto whole = first_labels(options, 6);
  EXPECT_EQ(whole.front(), "x0000000-native32-r0-valid");
  EXPECT_EQ(whole.back(), "x0000005-native32-r0-valid");
  options.shards = 2;
  EXPECT_EQ(first_labels(options, 3), (std::vector<std::string>{whole[0], whole[2], whole[4]}));
  options.shard = 2;
  EXPECT_EQ(first_labels(options, 3), (std::vector<std::string>{whole[1], whole[3], whole[5]}));
}

TEST(MakeSet, FollowsMalformedPercent) {
  for (const std::uint32_t percent : {0U, 10U, 50U, 100U}) {
    std::uint64_t malformed = 0;
    SetOptions options{.count = 4000};
    options.profile.malformed_percent = percent;
    make_set(options, [&](const LabelledInput& l) { malformed += l.expected.verdict() == Verdict::malformed; });
    EXPECT_NEAR(static_cast<double>(malformed), 40.0 * percent, percent == 0 || percent == 100 ? 0 : 150) << percent;
  }
}

TEST(MakeSet, EveryFaultOccurs) {
  std::set<std::string> seen;
  make_set({.count = 8000}, [&](const LabelledInput& l) { seen.insert(l.fault); });
  for (const FaultInfo& fault : fault_catalogue())
    EXPECT_EQ(seen.contains(std::string(fault.name)), !fault.codes.empty()) << fault.name;
}

TEST(MakeSet, DecoderAndValidatorAgree) {
  Tally tally;
  make_set({.seed = 99, .count = 20000}, [&](const LabelledInput& labelled) {
    const std::string_view wrong = difference(labelled, ours);
    tally.add(input_class(labelled.fault, to_string(labelled.expected.verdict())), labelled.format, wrong.empty());
    EXPECT_EQ(wrong, "") << manifest_line(labelled, hex_location(labelled));
  });
  EXPECT_EQ(tally.total().disagreements, 0U) << tally.table();
}

TEST(MakeSet, LabelsAreValidFileNames) {
  std::set<std::string> names;
  make_set({.count = 3000}, [&](const LabelledInput& labelled) {
    ASSERT_EQ(labelled.label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos)
        << labelled.label;
    ASSERT_LT(labelled.label.size(), 120U);
    ASSERT_TRUE(names.insert(labelled.label).second);
  });
}

}  // namespace
}  // namespace qmforge::sim
