// The text output, exactly: decoding golden/NAME.hex prints golden/NAME.txt.
//
// Read a golden file when it changes. QMFORGE_WRITE_GOLDEN=1 rewrites all of them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "process.h"

namespace qmforge {
namespace {

struct Golden {
  std::string name;
  std::vector<std::string> options;
};

class HumanOutput : public ::testing::TestWithParam<Golden> {};

TEST_P(HumanOutput, EqualsTheGoldenFiles) {
  const std::string base = QMFORGE_GOLDEN "/" + GetParam().name;
  std::vector<std::string> arguments = {"decode", "--hex"};
  arguments.insert(arguments.end(), GetParam().options.begin(), GetParam().options.end());
  arguments.emplace_back("-");
  const testing::ProcessResult result = testing::run(arguments, testing::read_file(base + ".hex"));
  EXPECT_EQ(result.err, "");
  if (std::getenv("QMFORGE_WRITE_GOLDEN") != nullptr) std::ofstream(base + ".txt") << result.out;
  EXPECT_EQ(result.out, testing::read_file(base + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(Golden, HumanOutput,
                         ::testing::Values(Golden{"valid", {}}, Golden{"findings", {"--revision", "1"}},
                                           Golden{"values", {"--format", "ndr64"}}, Golden{"malformed", {}},
                                           Golden{"image", {"--format", "native32", "--base", "0x401000"}}),
                         [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace qmforge
