// A list of expected failures with patterns that overlap.
#include "expected_failures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.h"

namespace qmforge::tools {
namespace {

TEST(ExpectedFailures, CountForEachEntryThatMatches) {
  const testing::TemporaryFolder folder;
  ExpectedFailures expected(folder.write("list", "a-1\na-*\n*-1\na-1\n# b-1\n"));
  EXPECT_TRUE(expected.record("a-1", true));
  EXPECT_FALSE(expected.record("b-2", true));
  EXPECT_THAT(expected.violations(true), ::testing::IsEmpty()) << "each of the three entries has failed";
  EXPECT_TRUE(expected.record("b-1", false));
  EXPECT_THAT(expected.violations(true),
              ::testing::ElementsAre("'*-1' is expected to fail, but 1 such input passes: b-1"));
}

TEST(ExpectedFailures, NameTheFirstInputThatPasses) {
  const testing::TemporaryFolder folder;
  ExpectedFailures expected(folder.write("list", "a-*\n"));
  for (const char* const label : {"a-1", "a-2", "a-3"}) EXPECT_TRUE(expected.record(label, label[2] == '1'));
  EXPECT_THAT(expected.violations(true),
              ::testing::ElementsAre("'a-*' is expected to fail, but 2 such inputs pass, the first is a-2"));
}

TEST(ExpectedFailures, AreTextWithAByteOrderMarkToo) {
  const testing::TemporaryFolder folder;
  ExpectedFailures list(folder.write("list",
                                     "\xef\xbb\xbf"
                                     "a\r\nb\r\n"));
  EXPECT_TRUE(list.record("a", true));
  EXPECT_TRUE(list.record("b", true));
}

TEST(ExpectedFailures, MustHaveAnInputWhenAllAreCompared) {
  const testing::TemporaryFolder folder;
  const ExpectedFailures expected(folder.write("list", "a\nb-*\n"));
  EXPECT_THAT(expected.violations(true), ::testing::SizeIs(2));
  EXPECT_THAT(expected.violations(false), ::testing::IsEmpty()) << "--only may have left them out";
}

}  // namespace
}  // namespace qmforge::tools
