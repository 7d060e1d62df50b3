// Other parsers accept every line that the program writes: jq reads whole sets.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "process.h"

namespace qmforge {
namespace {

// jq's exit status for a file of JSON texts.
int status_of_jq(const std::string& file) {
  return std::system(("jq . '" + file + "' > /dev/null").c_str());  // NOLINT(cert-env33-c): our own file's name
}

TEST(Jq, ReadsEveryLineOfSeveralSets) {
  if (std::system("jq --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "jq is not installed";  // NOLINT(cert-env33-c)
  const testing::TemporaryFolder folder;
  EXPECT_NE(status_of_jq(folder.write("ill-formed", R"("\ud800")")), 0) << "the test shows nothing";
  for (int seed = 1; seed <= 8; ++seed) {
    const std::string set = folder.path("set-" + std::to_string(seed));
    ASSERT_EQ(testing::run({"simulate", "--seed", std::to_string(seed), "--out", set}).status, 0);
    EXPECT_EQ(status_of_jq(set + "/manifest.jsonl"), 0) << "seed " << seed;
  }
}

}  // namespace
}  // namespace qmforge
