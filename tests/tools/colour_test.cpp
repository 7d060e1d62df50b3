// Colours: only in text output to a terminal, unless NO_COLOR is set.
#include <gtest/gtest.h>

#include <string>

#include "process.h"

namespace qmforge {
namespace {

using testing::Environment;
using testing::run;
using testing::run_on_terminal;
using testing::TemporaryFolder;

constexpr char escape = '\x1b';
const Environment plain_terminal = {"TERM=xterm", "NO_COLOR"};

class Colours : public ::testing::Test {
 protected:
  [[nodiscard]] static bool has_colours(const std::string& text) { return text.find(escape) != std::string::npos; }

  TemporaryFolder folder_;
  std::string file_ = folder_.write("empty", "");
};

TEST_F(Colours, AreOnATerminal) {
  const auto result = run_on_terminal({"decode", file_}, plain_terminal);
  EXPECT_EQ(result.status, 1);
  EXPECT_TRUE(has_colours(result.out));
}

TEST_F(Colours, ChangeNothingElse) {
  std::string text = run_on_terminal({"decode", file_}, plain_terminal).out;
  for (std::size_t begin = 0; (begin = text.find(escape, begin)) != std::string::npos;)
    text.erase(begin, text.find('m', begin) + 1 - begin);
  EXPECT_EQ(text, run({"decode", file_}).out);
}

TEST_F(Colours, AreNowhereElse) {
  EXPECT_FALSE(has_colours(run({"decode", file_}, "", {"TERM=xterm", "NO_COLOR"}).out));
}

TEST_F(Colours, RespectNoColor) {
  EXPECT_FALSE(has_colours(run_on_terminal({"decode", file_}, {"TERM=xterm", "NO_COLOR=1"}).out));
  // no-color.org: an empty NO_COLOR has no effect.
  EXPECT_TRUE(has_colours(run_on_terminal({"decode", file_}, {"TERM=xterm", "NO_COLOR="}).out));
}

TEST_F(Colours, NeedATerminalThatHasThem) {
  EXPECT_FALSE(has_colours(run_on_terminal({"decode", file_}, {"TERM=dumb", "NO_COLOR"}).out));
  EXPECT_FALSE(has_colours(run_on_terminal({"decode", file_}, {"TERM", "NO_COLOR"}).out));
}

TEST_F(Colours, AreNotForPrograms) {
  EXPECT_FALSE(has_colours(run_on_terminal({"decode", "--json", file_}, plain_terminal).out));
}

// Control characters in a label are escaped.
TEST_F(Colours, AreOursAlone) {
  const std::string file = folder_.write("lines", "\x1b[31mred 00\n");
  const std::string text = run({"decode", "--hex", file}).out;
  EXPECT_FALSE(has_colours(text));
  EXPECT_TRUE(text.starts_with("\\u001b[31mred: ")) << text;
}

}  // namespace
}  // namespace qmforge
