// The two forms of an answer that `conform` reads; docs/conformance.md.
#include "answers.h"

#include <gtest/gtest.h>

namespace qmforge::tools {
namespace {

// The answer as compact JSON; empty for what is not an answer.
std::string parsed(std::string_view line) {
  const auto answer = parse_answer(line);
  return answer ? answer->dump() : "";
}

TEST(Answers, AreWords) {
  EXPECT_EQ(parsed("a valid"), R"({"label":"a","verdict":"valid"})");
  EXPECT_EQ(parsed("a malformed truncated"), R"({"label":"a","verdict":"malformed","error":{"code":"truncated"}})");
  EXPECT_EQ(parsed("a\tskipped"), R"({"label":"a","verdict":"skipped"})") << "tabs part words, too";
  EXPECT_EQ(parsed(" a \t accepted "), R"({"label":"a","verdict":"accepted"})");
  for (const char* const line : {"", "a", "a good", "valid", "a Valid", "a malformed truncated 5"})
    EXPECT_EQ(parsed(line), "") << line;
}

TEST(Answers, HaveEachKeyOnce) {
  EXPECT_FALSE(parse_answer(R"({"label": "a", "verdict": "valid", "verdict": "malformed"})"));
  EXPECT_FALSE(parse_answer(R"({"label": "a", "verdict": "valid", "event": {"qmState": 0, "qmState": 1}})"));
  EXPECT_TRUE(parse_answer(R"({"label": "a", "verdict": "valid", "event": {"label": "b", "x": {"label": 0}}})"));
}

TEST(Answers, AreJson) {
  EXPECT_EQ(parsed(R"({"verdict": "invalid", "label": "a", "more": 1})"),
            R"({"verdict":"invalid","label":"a","more":1})");
  for (const char* const line :
       {R"({"label": "a"})", R"({"verdict": "valid"})", R"({"label": 1, "verdict": "valid"})",
        R"({"label": "a", "verdict": "good"})", R"({"label": "a", "verdict": null})", R"({"label": "a")", "[]"})
    EXPECT_EQ(parsed(line), "") << line;
}

}  // namespace
}  // namespace qmforge::tools
