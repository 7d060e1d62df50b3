// Labelled sets: equal options give equal sets, and shards together are the whole set.
#include "qmforge/sim/sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "qmforge/inspect.h"
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

/// All options that say what a set may contain, in each combination; big-endian formats other than ndr20 do not exist.
std::vector<SetOptions> combinations() {
  std::vector<SetOptions> all;
  std::vector<std::optional<Format>> formats(all_formats.begin(), all_formats.end());
  formats.emplace_back();
  for (const auto& format : formats)
    for (const std::optional<Revision> revision : {std::optional<Revision>(), {Revision::r0}, {Revision::r1}})
      for (const std::optional<std::endian> order :
           {std::optional<std::endian>(), {std::endian::little}, {std::endian::big}}) {
        if (order == std::endian::big && format && format != Format::ndr20) continue;
        for (int verdict = 0; verdict < 3; ++verdict) {
          SetOptions& options = all.emplace_back();
          options.profile = {.format = format, .revision = revision, .order = order};
          options.valid_only = verdict == 1;
          options.malformed_only = verdict == 2;
        }
      }
  return all;
}

/// Whether an input is one that the options allow, by what it is and not by allows().
bool is_wanted(const SetOptions& options, const LabelledInput& input) {
  const auto decoded = inspect(input.bytes, {.format = input.format, .revision = input.revision});
  return options.profile.format.value_or(input.format) == input.format &&
         options.profile.revision.value_or(input.revision) == input.revision &&
         options.profile.order.value_or(input.order) == input.order &&
         (!options.valid_only || decoded.verdict() == Verdict::valid) &&
         (!options.malformed_only || decoded.verdict() == Verdict::malformed);
}

TEST(MakeSet, CombinesItsOptions) {
  for (SetOptions options : combinations()) {
    options.count = 2 * swarm_size;
    std::set<Format> formats;
    std::set<std::endian> orders;
    std::set<Revision> revisions;
    make_set(options, [&](const LabelledInput& input) {
      ASSERT_TRUE(is_wanted(options, input)) << input.label;
      formats.insert(input.format);
      orders.insert(input.order);
      revisions.insert(input.revision);
    });
    // What is left open is drawn.
    const ForgeProfile& profile = options.profile;
    const bool is_ndr20 = profile.format.value_or(Format::ndr20) == Format::ndr20;
    EXPECT_EQ(formats.size(), profile.format || profile.order == std::endian::big ? 1U : all_formats.size());
    EXPECT_EQ(orders.size(), profile.order || !is_ndr20 ? 1U : 2U);
    EXPECT_EQ(revisions.size(), profile.revision ? 1U : 2U);
  }
}

TEST(ExhaustiveSet, AllowsTheInputsThatMatchEveryOption) {
  std::vector<LabelledInput> inputs;
  make_set({.count = 300}, [&](const LabelledInput& input) { inputs.push_back(input); });
  for (const SetOptions& options : combinations())
    for (const LabelledInput& input : inputs)
      ASSERT_EQ(allows(options, input), is_wanted(options, input)) << input.label;
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
