// The exhaustive set: its size is that of exhaustive.h, and decoder and validator agree with every label.
#include "qmforge/sim/exhaustive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "qmforge/sim/sets.h"
#include "set_writer.h"
#include "sim/digest.h"
#include "sim/subject.h"
#include "support/census.h"

namespace qmforge::sim {
namespace {

using testing::Digest;
using testing::Frequency;
using testing::rows_below;
using tools::hex_location;
using tools::input_class;
using tools::manifest_line;
using tools::Tally;

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

// Adds all that an input is: its encoding, its bytes, its fault and the expected result. The bytes and the revision
// determine an expected event.
void add(Digest& digest, const LabelledInput& labelled) {
  digest.add(label_suffix(labelled));
  digest.add(labelled.bytes);
  digest.add(labelled.fault);
  if (!labelled.expected.event) {
    const DecodeError& error = labelled.expected.event.error();
    digest.add(to_string(error.code));
    digest.add(std::to_string(error.offset));
    digest.add(error.field.to_string());
  }
  for (const Finding& finding : labelled.expected.findings) {
    digest.add(to_string(finding.rule));
    digest.add(finding.field.to_string());
  }
  digest.add(!labelled.canonical ? "-" : *labelled.canonical ? "canonical" : "not canonical");
}

// The page's row of a part: its formula, number of inputs, digest.
std::vector<std::string> documented(Part part) {
  for (const auto& row : rows_below("generators.md", "The exhaustive walk"))
    if (row.at(0) == to_string(part)) return row;
  return {};
}

class Exhaustive : public ::testing::TestWithParam<Part> {};

TEST_P(Exhaustive, DecoderAndValidatorAgreeWithEveryLabel) {
  const Part part = GetParam();
  Tally tally;
  Digest digest;
  std::uint64_t wrong_answers = 0;
  walk(part, [&](const LabelledInput& labelled) {
    add(digest, labelled);
    const std::string_view wrong = difference(labelled, ours);
    tally.add(input_class(labelled.fault, to_string(labelled.expected.verdict())), labelled.format, wrong.empty());
    if (!wrong.empty() && ++wrong_answers <= 10)
      ADD_FAILURE() << wrong << " of " << label_suffix(labelled) << '\n'
                    << manifest_line(labelled, hex_location(labelled))
                    << "\nours: " << to_json(ours(labelled.bytes, {labelled.format, labelled.revision}));
  });
  EXPECT_EQ(tally.total().disagreements, 0U);
  for (const std::string& name : tally.classes()) {
    std::uint64_t inputs = 0;
    for (const auto& count : tally.row(name)) inputs += count.inputs;
    RecordProperty(name, static_cast<int>(inputs));
  }
  if (part_size(part) != 0) {
    EXPECT_EQ(tally.total().inputs, part_size(part));
  }
  const std::vector<std::string> row = documented(part);
  ASSERT_EQ(row.size(), 4U) << "docs/generators.md: no row for " << to_string(part);
  EXPECT_EQ(with_commas(tally.total().inputs), row[2]);
  if (part_size(part) != 0) {
    EXPECT_EQ(Frequency(row[1]).share, static_cast<double>(tally.total().inputs));
  }
  EXPECT_EQ(digest.text(), row[3]) << "a digest changes only together with sim::grammar_version";
}

std::string part_name(const ::testing::TestParamInfo<Part>& info) { return std::string(to_string(info.param)); }

#ifdef NDEBUG
INSTANTIATE_TEST_SUITE_P(Every, Exhaustive, ::testing::ValuesIn(all_parts), part_name);
#else  // there are many combinations: only the optimised build walks them
INSTANTIATE_TEST_SUITE_P(Every, Exhaustive,
                         ::testing::Values(Part::contents, Part::fields, Part::forms, Part::faults, Part::pairs),
                         part_name);
#endif

TEST(ExhaustiveSizes, EqualTheFormulasOfTheHeader) {
  EXPECT_EQ(part_size(Part::combinations), 1315008U);
  EXPECT_EQ(part_size(Part::contents), 43288U);
  EXPECT_EQ(part_size(Part::fields), 1056U);
  EXPECT_EQ(part_size(Part::forms), 4000U);
  RecordProperty("faults", static_cast<int>(fault_catalogue().size()));
  RecordProperty("errors", static_cast<int>(ErrorCode::badAddress) + 1);
  RecordProperty("rules", static_cast<int>(Rule::errorCodeMarker) + 1);
}

TEST(ExhaustiveParts, HaveNames) {
  std::set<std::string_view> names;
  for (const Part part : all_parts) EXPECT_TRUE(names.insert(to_string(part)).second) << to_string(part);
  EXPECT_EQ(to_string(Part::pairs), "pairs");
  constexpr Part none{6};
  EXPECT_EQ(to_string(none), "");
  EXPECT_EQ(part_size(none), 0U);
  walk(none, [](const LabelledInput&) { ADD_FAILURE() << "this part does not exist"; });
}

// The first combinations. An optimised build walks all of them.
TEST(ExhaustiveCombinations, BeginWithATransportEventInEveryEncoding) {
  std::vector<std::string> first;
  struct EnoughInputs {};
  const auto take = [&](const LabelledInput& labelled) {
    first.push_back(label_suffix(labelled));
    EXPECT_EQ(difference(labelled, ours), "");
    if (first.size() == encoding_count + 1) throw EnoughInputs();
  };
  EXPECT_THROW(walk(Part::combinations, take), EnoughInputs);
  EXPECT_EQ(first,
            (std::vector<std::string>{"ndr20-r0-valid", "ndr20-be-r0-valid", "ndr20-body-r0-valid", "ndr64-r0-valid",
                                      "native64-r0-valid", "native32-r0-valid", "ndr20-r0-valid"}));
}

// Encodings in the order of the page's columns.
std::size_t column_of(const LabelledInput& labelled) {
  if (labelled.format == Format::ndr20) return labelled.order == std::endian::little ? 0 : 1;
  return static_cast<std::size_t>(labelled.format) + 1;
}

TEST(ExhaustiveFaults, OccurAsOftenAsThePageSays) {
  std::map<std::string, std::array<std::uint64_t, encoding_count>> counts;
  std::set<std::uint32_t> traffic_types;
  walk(Part::faults, [&](const LabelledInput& labelled) {
    ++counts[labelled.fault][column_of(labelled)];
    if (labelled.fault == info(Fault::trafficTypeUnknown).name && labelled.format == Format::ndr20Body)
      traffic_types.insert(std::to_integer<std::uint32_t>(labelled.bytes[20]) |
                           std::to_integer<std::uint32_t>(labelled.bytes[23]) << 24);
  });
  EXPECT_TRUE(traffic_types.contains(2)) << "saTrafficType's neighbour";
  EXPECT_TRUE(traffic_types.contains(0xff0000ff)) << "saTrafficType 0xffffffff";

  std::map<std::string, std::array<std::uint64_t, encoding_count>> documented;
  for (const auto& row : rows_below("generators.md", "The faults of the exhaustive walk")) {
    ASSERT_EQ(row.size(), encoding_count + 2);
    for (std::size_t i = 0; i < encoding_count; ++i) {
      documented[row[0]][i] = row[i + 1].empty() ? 0 : std::stoull(row[i + 1]);
      if (!row.back().empty() && !row[i + 1].empty()) {
        EXPECT_EQ(Frequency(row.back()).share, static_cast<double>(documented[row[0]][i])) << row[0];
      }
    }
  }
  EXPECT_EQ(counts, documented);
  for (const FaultInfo& fault : fault_catalogue()) {
    if (fault.fault == Fault::trafficTypeOutOfRange) continue;  // has no encoding
    const auto found = counts.find(std::string(fault.name));
    ASSERT_NE(found, counts.end()) << fault.name;
    for (std::size_t i = 0; i < encoding_count; ++i) {
      const Format format = i == 0 ? Format::ndr20 : static_cast<Format>(i - 1);
      const bool occurs = std::ranges::find(fault.formats, format) != fault.formats.end();
      EXPECT_EQ(found->second[i] != 0, occurs) << fault.name << ' ' << to_string(format);
    }
  }
}

}  // namespace
}  // namespace qmforge::sim
