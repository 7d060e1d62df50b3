#include <gtest/gtest.h>
#include <qmforge/inspect.h>
#include <qmforge/testing/gtest.h>
#include <qmforge/testing/rapidcheck.h>

#include "mine.h"

using qmforge::Format;

TEST(Mine, ConformsInEachFormat) {
  for (const Format format : {Format::ndr20, Format::ndr20Body})
    EXPECT_TRUE(qmforge::test::DecoderConforms<Mine>({.profile = {.format = format}}));
}

// The same, shrunk to the simplest input that fails.
TEST(Mine, DecodesEveryMessage) { EXPECT_TRUE(qmforge::test::check_conforms<Mine>({.format = Format::ndr20})); }

class EveryCombination : public testing::TestWithParam<qmforge::test::Combination> {};
TEST_P(EveryCombination, IsDecoded) {
  std::vector<std::byte> bytes;
  ASSERT_TRUE(qmforge::sim::encode(GetParam().event(), {}, bytes));
  EXPECT_EQ(qmforge::test::difference_of<Mine>(bytes, {}, qmforge::inspect(bytes)), "");
}
INSTANTIATE_TEST_SUITE_P(All, EveryCombination, testing::ValuesIn(qmforge::test::all_combinations()),
                         qmforge::test::test_name);
