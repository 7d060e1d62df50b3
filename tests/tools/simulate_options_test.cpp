// qmforge simulate: every value of every option together with every value of every other (a pairwise cover), and each
// set compared with what its options allow.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "process.h"
#include "qmforge/hex.h"
#include "qmforge/inspect.h"
#include "qmforge/names.h"
#include "qmforge/sim/sets.h"

namespace qmforge {
namespace {

using testing::lines_of;
using testing::ProcessResult;
using testing::read_file;
using testing::run;
using testing::TemporaryFolder;

// What the options of a command line ask for.
struct Wanted {
  sim::SetOptions set;
  std::uint64_t least_malformed = 0;  // percent
  std::uint64_t most_malformed = 100;
  bool in_files = true;
  bool replaces = false;
  bool is_quiet = false;
};

// One value of an option: the arguments, and what they ask for.
struct Value {
  std::vector<std::string> arguments;
  std::function<void(Wanted&)> want;
};

using Option = std::vector<Value>;
using Choice = std::vector<std::size_t>;  // a value of each option

Option formats() {
  Option option = {{{}, [](Wanted&) {}}, {{"--format", "all"}, [](Wanted&) {}}};
  for (const Format format : all_formats)
    option.push_back({{"--format", std::string(to_string(format))},
                      [format](Wanted& wanted) { wanted.set.profile.format = format; }});
  return option;
}

Option mix(const std::string& percent, std::uint32_t number) {
  return {{{"--mix", percent}, [number](Wanted& wanted) {
             wanted.set.profile.malformed_percent = number;
             wanted.least_malformed = wanted.most_malformed = number;
           }}};
}

Option verdicts() {
  Option option = {{{}, [](Wanted& wanted) { wanted.least_malformed = wanted.most_malformed = 50; }},
                   {{"--valid"},
                    [](Wanted& wanted) {
                      wanted.set.valid_only = true;
                      wanted.most_malformed = 0;
                    }},
                   {{"--malformed"}, [](Wanted& wanted) {
                      wanted.set.malformed_only = true;
                      wanted.least_malformed = 100;
                    }}};
  for (const auto& [text, number] : {std::pair("0", 0U), std::pair("30", 30U), std::pair("100", 100U)})
    option.push_back(mix(text, number).front());
  return option;
}

std::vector<Option> options() {
  const auto shard = [](std::uint64_t i, std::uint64_t n) {
    return Value{{"--shard", std::to_string(i) + '/' + std::to_string(n)}, [i, n](Wanted& wanted) {
                   wanted.set.shard = i;
                   wanted.set.shards = n;
                 }};
  };
  const auto revision = [](const char* text, Revision value) {
    return Value{{"--revision", text}, [value](Wanted& wanted) { wanted.set.profile.revision = value; }};
  };
  const auto order = [](const char* text, std::endian value) {
    return Value{{"--byte-order", text}, [value](Wanted& wanted) { wanted.set.profile.order = value; }};
  };
  const auto count = [](const char* text, std::uint64_t value) {
    return Value{{"--count", text}, [value](Wanted& wanted) { wanted.set.count = value; }};
  };
  const auto nothing = [](Wanted&) {};
  const Value absent = {{}, nothing};
  return {
      formats(),
      verdicts(),
      {absent, revision("0", Revision::r0), revision("1", Revision::r1), {{"--revision", "all"}, nothing}},
      {absent,
       order("little", std::endian::little),
       order("big", std::endian::big),
       {{"--byte-order", "all"}, nothing}},
      {absent, shard(1, 1), shard(2, 3), shard(7, 7)},
      {absent, {{"--seed", "18446744073709551615"}, [](Wanted& wanted) { wanted.set.seed = ~std::uint64_t{0}; }}},
      {count("60", 60), count("333", 333)},  // the default, 1000, costs too much in so many sets
      {absent, {{"--files"}, nothing}, {{"--hex"}, [](Wanted& wanted) { wanted.in_files = false; }}},
      {absent, {{"--replace"}, [](Wanted& wanted) { wanted.replaces = true; }}},
      {absent, {{"--quiet"}, [](Wanted& wanted) { wanted.is_quiet = true; }}},
      {absent, {{"--jobs", "3"}, nothing}},
  };
}

Wanted wanted_by(const std::vector<Option>& options, const Choice& choice) {
  Wanted wanted;
  for (std::size_t i = 0; i < choice.size(); ++i) options[i][choice[i]].want(wanted);
  return wanted;
}

// Two values of two options, which have numbers. The first number is the smaller.
struct Pair {
  std::size_t option;
  std::size_t value;
  std::size_t other_option;
  std::size_t other_value;

  friend auto operator<=>(const Pair&, const Pair&) = default;
};

// Only ndr20 has a big-endian form.
bool is_rejected(const Wanted& wanted) {
  const sim::ForgeProfile& profile = wanted.set.profile;
  return profile.order == std::endian::big && profile.format.value_or(Format::ndr20) != Format::ndr20;
}

bool is_rejected(const std::vector<Option>& options, const Pair& pair) {
  Wanted wanted;
  options[pair.option][pair.value].want(wanted);
  options[pair.other_option][pair.other_value].want(wanted);
  return is_rejected(wanted);
}

std::set<Pair> all_pairs(const std::vector<Option>& options) {
  std::set<Pair> pairs;
  for (std::size_t i = 0; i < options.size(); ++i)
    for (std::size_t j = i + 1; j < options.size(); ++j)
      for (std::size_t v = 0; v < options[i].size(); ++v)
        for (std::size_t w = 0; w < options[j].size(); ++w)
          if (const Pair pair{i, v, j, w}; !is_rejected(options, pair)) pairs.insert(pair);
  return pairs;
}

std::vector<Pair> pairs_of(const Choice& choice) {
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < choice.size(); ++i)
    for (std::size_t j = i + 1; j < choice.size(); ++j) pairs.push_back({i, choice[i], j, choice[j]});
  return pairs;
}

std::size_t new_pairs(const std::set<Pair>& missing, const Choice& choice) {
  std::size_t count = 0;
  for (const Pair& pair : pairs_of(choice)) count += missing.contains(pair);
  return count;
}

// The choice with the first missing pair to which each other option adds the value that covers the most pairs.
Choice next_choice(const std::vector<Option>& options, const std::set<Pair>& missing) {
  Choice choice(options.size(), 0);
  const Pair& first = *missing.begin();
  choice[first.option] = first.value;
  choice[first.other_option] = first.other_value;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i == first.option || i == first.other_option) continue;
    Choice best = choice;
    for (choice[i] = 0; choice[i] < options[i].size(); ++choice[i])
      if (!is_rejected(wanted_by(options, choice)) && new_pairs(missing, choice) > new_pairs(missing, best))
        best = choice;
    choice = best;
  }
  return choice;
}

std::vector<Choice> pairwise_cover(const std::vector<Option>& options) {
  std::vector<Choice> cover;
  for (std::set<Pair> missing = all_pairs(options); !missing.empty();) {
    cover.push_back(next_choice(options, missing));
    EXPECT_FALSE(is_rejected(wanted_by(options, cover.back())));
    for (const Pair& pair : pairs_of(cover.back())) missing.erase(pair);
  }
  return cover;
}

// An input as the manifest and the files have it.
struct Read {
  nlohmann::json line;
  std::vector<std::byte> bytes;
};

Read read_input(const std::string& set, const std::string& line, bool in_files) {
  Read read{nlohmann::json::parse(line), {}};
  EXPECT_EQ(read.line.contains("file"), in_files) << line;
  EXPECT_EQ(read.line.contains("hex"), !in_files) << line;
  if (in_files) {
    const std::string bytes = read_file(set + '/' + read.line["file"].get<std::string>());
    const auto span = std::as_bytes(std::span(bytes));
    read.bytes.assign(span.begin(), span.end());
  } else {
    read.bytes = from_hex(read.line["hex"].get<std::string>()).value();
  }
  return read;
}

// The number of an input, by its label.
std::uint64_t number_of(const std::string& label, std::uint64_t seed) {
  const std::string prefix = 's' + std::to_string(seed) + '-';
  EXPECT_TRUE(label.starts_with(prefix)) << label;
  return std::stoull(label.substr(prefix.size()));
}

// Checks one input, which the decoder reads. Returns whether it is malformed.
bool check_input(const Read& input, const Wanted& wanted) {
  const auto label = input.line["label"].get<std::string>();
  const Format format = format_from_name(input.line["format"].get<std::string>()).value();
  const Revision revision = input.line["revision"] == 1 ? Revision::r1 : Revision::r0;
  EXPECT_EQ(wanted.set.profile.format.value_or(format), format) << label;
  EXPECT_EQ(wanted.set.profile.revision.value_or(revision), revision) << label;

  const Report report = inspect(input.bytes, {.format = format, .revision = revision});
  EXPECT_EQ(input.line["verdict"], to_string(report.verdict())) << label;
  const bool is_big = label.find("-ndr20-be-") != std::string::npos;
  if (wanted.set.profile.order) {
    EXPECT_EQ(*wanted.set.profile.order == std::endian::big, is_big) << label;
  }
  if (report.event && format == Format::ndr20) {
    EXPECT_EQ(input.bytes[1], is_big ? std::byte{0} : std::byte{0x10}) << label;
  }
  if (wanted.set.valid_only) {
    EXPECT_EQ(report.verdict(), Verdict::valid) << label;
  }
  if (wanted.set.malformed_only) {
    EXPECT_EQ(report.verdict(), Verdict::malformed) << label;
  }
  return report.verdict() == Verdict::malformed;
}

void check_set(const std::string& set, const Wanted& wanted) {
  std::vector<std::string> expected;
  sim::make_set(wanted.set, [&](const sim::LabelledInput& input) { expected.push_back(input.label); });
  std::vector<std::string> lines = lines_of(read_file(set + "/manifest.jsonl"));
  lines.pop_back();  // the closing line
  ASSERT_EQ(lines.size(), expected.size());

  std::uint64_t number = wanted.set.shard - 1;
  std::uint64_t malformed = 0;
  for (std::size_t i = 0; i < lines.size(); ++i, number += wanted.set.shards) {
    const Read input = read_input(set, lines[i], wanted.in_files);
    EXPECT_EQ(input.line["label"], expected[i]);
    EXPECT_EQ(number_of(expected[i], wanted.set.seed), number);
    malformed += check_input(input, wanted);
    if (::testing::Test::HasFailure()) return;
  }
  const auto count = static_cast<double>(lines.size());
  const auto tolerance = [count](std::uint64_t percent) {
    const double share = static_cast<double>(percent) / 100;
    return 5 * std::sqrt(count * share * (1 - share));
  };
  EXPECT_GE(static_cast<double>(malformed) + tolerance(wanted.least_malformed),
            count * static_cast<double>(wanted.least_malformed) / 100);
  EXPECT_LE(static_cast<double>(malformed) - tolerance(wanted.most_malformed),
            count * static_cast<double>(wanted.most_malformed) / 100);
}

TEST(SimulateOptions, HoldInEveryPair) {
  const std::vector<Option> all = options();
  const std::vector<Choice> cover = pairwise_cover(all);
  RecordProperty("command lines", static_cast<int>(cover.size()));
  for (const Choice& choice : cover) {
    const TemporaryFolder folder;
    const Wanted wanted = wanted_by(all, choice);
    const std::string set = folder.path("set");
    std::vector<std::string> arguments = {"simulate", "--out", set};
    std::string text;
    for (std::size_t i = 0; i < choice.size(); ++i)
      for (const std::string& argument : all[i][choice[i]].arguments) {
        arguments.push_back(argument);
        text += argument + ' ';
      }
    SCOPED_TRACE(text);
    if (wanted.replaces) {
      ASSERT_EQ(run({"simulate", "--out", set, "--seed", "99", "--count", "3"}).status, 0);
    }

    const ProcessResult outcome = run(arguments);
    EXPECT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.err, "");
    const std::string count = std::to_string(sim::set_size(wanted.set));
    EXPECT_EQ(outcome.out, wanted.is_quiet ? "" : count + " inputs in " + set + '\n');
    check_set(set, wanted);
    EXPECT_EQ(run({"check", set, "--quiet"}).status, 0);
    if (HasFailure()) return;
  }
}

TEST(SimulateOptions, ThatContradictEachOtherAreRejected) {
  const std::vector<Option> all = options();
  const TemporaryFolder folder;
  int rejected = 0;
  for (std::size_t i = 0; i < all[0].size(); ++i)
    for (std::size_t j = 0; j < all[3].size(); ++j) {
      if (!is_rejected(all, {0, i, 3, j})) continue;
      std::vector<std::string> arguments = {"simulate", "--out", folder.path("set")};
      for (const Value* const value : {&all[0][i], &all[3][j]})
        arguments.insert(arguments.end(), value->arguments.begin(), value->arguments.end());
      EXPECT_EQ(run(arguments).status, 2);
      EXPECT_FALSE(std::filesystem::exists(folder.path("set")));
      ++rejected;
    }
  EXPECT_EQ(rejected, 4);
}

}  // namespace
}  // namespace qmforge
