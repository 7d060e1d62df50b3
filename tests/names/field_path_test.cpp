// Field paths and their spelling.
#include "qmforge/field_path.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "qmforge/names.h"

namespace qmforge {
namespace {

TEST(FieldPath, IsSpelledStepByStep) {
  EXPECT_EQ(FieldPath().to_string(), "");
  EXPECT_EQ(FieldPath(Step::qmFilterId).to_string(), "qmFilterId");
  EXPECT_EQ((FieldPath(Step::localSubNet) / Step::v4AddrMask / Step::mask).to_string(), "localSubNet.v4AddrMask.mask");
}

TEST(FieldPath, HasAnIndexForAnElement) {
  const FieldPath sids = FieldPath(Step::localSubNet) / Step::tokenInformation / Step::sids;
  EXPECT_EQ(sids[0].to_string(), "localSubNet.tokenInformation.sids[0]");
  EXPECT_EQ((sids[4294967294] / Step::attributes).to_string(),
            "localSubNet.tokenInformation.sids[4294967294].attributes");
}

TEST(FieldPath, ReachesTheDeepestField) {
  const FieldPath deepest = (FieldPath(Step::remoteSubNet) / Step::rangeValue / Step::valueHigh /
                             Step::tokenInformation / Step::restrictedSids)[3] /
                            Step::sid / Step::subAuthority;
  EXPECT_EQ(deepest.to_string(),
            "remoteSubNet.rangeValue.valueHigh.tokenInformation.restrictedSids[3].sid.SubAuthority");
  EXPECT_EQ(deepest.depth(), FieldPath::max_depth);
}

TEST(FieldPath, NamesTheFieldsOfTheHeader) {
  EXPECT_EQ(FieldPath(Step::version).to_string(), "Version");
  EXPECT_EQ(FieldPath(Step::endianness).to_string(), "Endianness");
  EXPECT_EQ(FieldPath(Step::commonHeaderLength).to_string(), "CommonHeaderLength");
  EXPECT_EQ(FieldPath(Step::filler).to_string(), "Filler");
  EXPECT_EQ(FieldPath(Step::objectBufferLength).to_string(), "ObjectBufferLength");
}

TEST(FieldPath, StepsHaveDistinctNames) {
  std::set<std::string_view> names;
  constexpr auto last = static_cast<unsigned>(Step::attributes);
  for (unsigned i = 1; i <= last; ++i) {
    const std::string_view step_name = to_string(static_cast<Step>(i));
    EXPECT_FALSE(step_name.empty()) << i;
    EXPECT_TRUE(names.insert(step_name).second) << step_name;
  }
  EXPECT_EQ(to_string(Step::none), "");
  EXPECT_EQ(to_string(static_cast<Step>(last + 1)), "");
}

// An arm has one name: the step of the path is the key in JSON.
TEST(FieldPath, ArmStepsAreTheArmNames) {
  for (const DataType type : all_data_types) EXPECT_EQ(to_string(arm_step(type)), arm_name(type));
  EXPECT_EQ(arm_step(DataType::empty), Step::none);
  EXPECT_EQ(arm_step(DataType::bitmapIndex), Step::uint8);
  EXPECT_EQ(arm_step(DataType{21}), Step::none);
}

}  // namespace
}  // namespace qmforge
