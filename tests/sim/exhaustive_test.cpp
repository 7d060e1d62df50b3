// The exhaustive set: its size is that of exhaustive.h, and decoder and validator agree with every label.
#include "qmforge/sim/exhaustive.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "qmforge/sim/sets.h"
#include "set_writer.h"
#include "sim/subject.h"

namespace qmforge::sim {
namespace {

using tools::hex_location;
using tools::input_class;
using tools::manifest_line;
using tools::Tally;

class Exhaustive : public ::testing::TestWithParam<Part> {};

TEST_P(Exhaustive, DecoderAndValidatorAgreeWithEveryLabel) {
  const Part part = GetParam();
  Tally tally;
  std::uint64_t wrong_answers = 0;
  walk(part, [&](const LabelledInput& labelled) {
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
  } else {
    EXPECT_GT(tally.total().inputs, 3000U);
  }
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

TEST(ExhaustiveFaults, EachOccursInEachOfItsFormats) {
  std::map<std::string, std::set<Format>> seen;
  std::set<std::uint32_t> traffic_types;
  walk(Part::faults, [&](const LabelledInput& labelled) {
    seen[labelled.fault].insert(labelled.format);
    if (labelled.fault == info(Fault::trafficTypeUnknown).name && labelled.format == Format::ndr20Body)
      traffic_types.insert(std::to_integer<std::uint32_t>(labelled.bytes[20]) |
                           std::to_integer<std::uint32_t>(labelled.bytes[23]) << 24);
  });
  for (const FaultInfo& fault : fault_catalogue()) {
    if (fault.fault == Fault::trafficTypeOutOfRange) continue;  // has no encoding
    const auto formats = seen.find(std::string(fault.name));
    ASSERT_NE(formats, seen.end()) << fault.name;
    for (const Format format : fault.formats)
      EXPECT_TRUE(formats->second.contains(format)) << fault.name << ' ' << to_string(format);
  }
  EXPECT_TRUE(traffic_types.contains(2)) << "saTrafficType's neighbour";
  EXPECT_TRUE(traffic_types.contains(0xff0000ff)) << "saTrafficType 0xffffffff";
}

}  // namespace
}  // namespace qmforge::sim
