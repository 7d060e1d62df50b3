// qmforge conform: programs that are right, wrong, silent and dead, and lists of failures that do not stay true.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "expected_failures.h"
#include "manifest.h"
#include "process.h"

namespace qmforge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::lines_of;
using testing::Outcome;
using testing::read_file;
using testing::run;
using testing::TemporaryFolder;

class Conform : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"simulate", "--out", set(), "--count", "400", "--hex"}).status, 0);
    manifest_ = lines_of(read_file(folder_.path("set/manifest.jsonl")));
  }

  [[nodiscard]] std::string set() const { return folder_.path("set"); }
  [[nodiscard]] Outcome conform(const std::string& manner, std::vector<std::string> options = {}) const {
    std::vector<std::string> arguments = {"conform", set()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"--", QMFORGE_ANSWERING, manner});
    return run(arguments);
  }
  // How many lines of the manifest hold a text.
  [[nodiscard]] std::size_t inputs_with(const std::string& text) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        manifest_, [&](const std::string& line) { return line.find(text) != std::string::npos; }));
  }
  [[nodiscard]] std::vector<std::string> failures(const std::string& manner) const {
    const std::string file = folder_.path("failures.txt");
    EXPECT_EQ(conform(manner, {"--failures", file}).status, 1);
    return lines_of(read_file(file));
  }

  TemporaryFolder folder_;
  std::vector<std::string> manifest_;
};

TEST_F(Conform, AProgramThatIsRightConformsInEachForm) {
  for (const char* const manner : {"json", "words", "accepted"}) {
    const Outcome outcome = conform(manner);
    EXPECT_EQ(outcome.status, 0) << manner << outcome.out;
    EXPECT_EQ(outcome.err, "") << manner;
    EXPECT_THAT(lines_of(outcome.out).back(), ::testing::ContainsRegex("^all .* 400 +0$")) << manner;
  }
}

TEST_F(Conform, SkippedInputsAreCountedAndNotCompared) {
  const Outcome outcome = conform("skip-ndr64");
  EXPECT_EQ(outcome.status, 0);
  const std::size_t skipped = inputs_with("\"format\": \"ndr64\"");
  EXPECT_GT(skipped, 0U);
  EXPECT_THAT(outcome.out, HasSubstr(std::to_string(skipped) + " skipped\n"));
}

TEST_F(Conform, AMistakeFailsForTheInputsThatShowItAndNoOthers) {
  EXPECT_EQ(failures("accept-all").size(), 400 - inputs_with("\"verdict\": \"valid\""));
  EXPECT_EQ(failures("no-offset").size(), inputs_with("\"error\": {") - inputs_with("\"offset\": 0,"));
  const std::vector<std::string> cut = failures("low-half");
  EXPECT_GT(cut.size(), 20U);
  EXPECT_LT(cut.size(), 400 - inputs_with("\"error\": {"));
}

TEST_F(Conform, ShowsTheFirstTenOfThem) {
  const Outcome outcome = conform("no-offset");
  const std::vector<std::string> lines = lines_of(outcome.out);
  ASSERT_GT(lines.size(), 12U);
  for (std::size_t i = 0; i < 10; ++i) EXPECT_THAT(lines[i], ::testing::EndsWith(": error.offset"));
  EXPECT_EQ(lines[10], "...");
}

TEST_F(Conform, AnInputWithoutAnAnswerFails) {
  EXPECT_EQ(failures("deaf").size(), 200U);
  EXPECT_THAT(conform("deaf").out, HasSubstr(": no answer\n"));
}

TEST_F(Conform, AProgramThatDiesIsTroubleAndItsAnswersStillCount) {
  const std::string file = folder_.path("failures.txt");
  const Outcome outcome = conform("dies", {"--failures", file});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("ended with status 3"));
  EXPECT_EQ(lines_of(read_file(file)).size(), 390U);
}

TEST_F(Conform, AProgramThatIsNotThereIsTrouble) {
  const Outcome outcome = run({"conform", set(), "--", folder_.path("no such program")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("ended with status 127"));
}

TEST_F(Conform, WhatIsNoAnswerIsReportedAndPassedOver) {
  const Outcome outcome = conform("babbling");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("an answer that is none: hello"));
  EXPECT_THAT(outcome.err, HasSubstr("an answer that is none: {\"label\": 1}"));
  EXPECT_THAT(lines_of(outcome.out).back(), ::testing::ContainsRegex("^all .* 400 +0$"));
}

TEST_F(Conform, AProgramsArgumentsReachItAsTheyAre) {
  const std::string words = folder_.path("words.txt");
  const Outcome outcome = run({"conform", set(), "--", "/bin/sh", "-c", "printf '%s|' \"$@\" > \"$0\"", words,
                               "two words", "it's", "$HOME", "a\\b", "", "*"});
  EXPECT_EQ(outcome.status, 1) << "it answers nothing";
  EXPECT_EQ(read_file(words), "two words|it's|$HOME|a\\b||*|");
}

TEST_F(Conform, ExpectedFailuresAreNotHeldAgainstTheProgram) {
  const std::string file = folder_.path("failures.txt");
  ASSERT_EQ(conform("no-offset", {"--failures", file}).status, 1);
  const Outcome outcome = conform("no-offset", {"--expected-failures", file});
  EXPECT_EQ(outcome.status, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr(" failures were expected\n"));
}

TEST_F(Conform, AnExpectedFailureThatPassesIsAnError) {
  const std::string file = folder_.path("failures.txt");
  ASSERT_EQ(conform("no-offset", {"--failures", file}).status, 1);
  const Outcome outcome = conform("json", {"--expected-failures", file});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("is expected to fail, but 1 such inputs pass"));
}

TEST_F(Conform, AnExpectedFailureOfNoInputIsAnError) {
  const std::string file = folder_.write("list.txt", "# known\n\nno-such-label\n");
  const Outcome outcome = conform("json", {"--expected-failures", file});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("no-such-label is expected to fail, but there is no such input"));
}

TEST_F(Conform, AListThatCannotBeReadIsTrouble) {
  EXPECT_EQ(conform("json", {"--expected-failures", folder_.path("none")}).status, 2);
  EXPECT_EQ(conform("json", {"--failures", folder_.path("none/none")}).status, 2);
}

TEST(Patterns, StarsStandForAnyCharacters) {
  using tools::matches;
  for (const auto& [pattern, text] :
       std::vector<std::pair<const char*, const char*>>{{"abc", "abc"},
                                                        {"*", ""},
                                                        {"*", "abc"},
                                                        {"a*c", "ac"},
                                                        {"a*c", "abbc"},
                                                        {"*b*", "abc"},
                                                        {"**", "x"},
                                                        {"*-ndr20-*-count", "s1-ndr20-ndr20-r0-count"},
                                                        {"a*b*c", "axbxbxc"},
                                                        {"", ""},
                                                        {"abc*", "abc"}})
    EXPECT_TRUE(matches(pattern, text)) << pattern << ' ' << text;
  for (const auto& [pattern, text] : std::vector<std::pair<const char*, const char*>>{
           {"abc", "ab"}, {"abc", "abcd"}, {"a*c", "ab"}, {"", "a"}, {"*b", "abc"}, {"a*b*c", "acb"}})
    EXPECT_FALSE(matches(pattern, text)) << pattern << ' ' << text;
}

TEST(FirstDifference, ComparesWhatTheAnswerSays) {
  using nlohmann::json;
  const json due = json::parse(R"({"label": "a", "verdict": "invalid", "canonical": true,
      "event": {"failureErrorName": "X", "qmFilterId": "1"}, "error": null,
      "findings": [{"rule": "r", "severity": "error", "field": "f", "message": "because"}]})");
  const auto difference = [&](const char* answer) { return tools::first_difference(due, json::parse(answer)); };
  EXPECT_EQ(difference(R"({"verdict": "invalid"})"), "");
  EXPECT_EQ(difference(R"({"verdict": "valid"})"), "verdict");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "canonical": false})"), "canonical");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "event": {"qmFilterId": "1"}})"), "") << "a name is no part of it";
  EXPECT_EQ(difference(R"({"verdict": "invalid", "event": {"failureErrorName": "Y", "qmFilterId": "1"}})"), "event");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "event": {"qmFilterId": "2"}})"), "event");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "event": null})"), "event");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "findings": [{"rule": "r", "message": "in other words"}]})"), "");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "findings": [{"rule": "s"}]})"), "findings");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "findings": []})"), "findings");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "findings": "none"})"), "findings");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "findings": ["r"]})"), "findings");
  EXPECT_EQ(difference(R"({"verdict": "invalid", "error": {"code": "truncated"}})"), "error");
}

TEST(FirstDifference, ComparesErrorsMemberByMember) {
  using nlohmann::json;
  const json due = json::parse(
      R"({"verdict": "malformed", "error": {"code": "truncated", "offset": 5, "field": "f", "message": "because"}})");
  const auto difference = [&](const char* error) {
    return tools::first_difference(due, {{"verdict", "malformed"}, {"error", json::parse(error)}});
  };
  EXPECT_EQ(difference(R"({"code": "truncated"})"), "");
  EXPECT_EQ(difference(R"({"code": "truncated", "offset": 5, "field": "f", "message": "in other words"})"), "");
  EXPECT_EQ(difference(R"({"code": "bad-address"})"), "error.code");
  EXPECT_EQ(difference(R"({"code": "truncated", "offset": 4})"), "error.offset");
  EXPECT_EQ(difference(R"({"offset": 5, "field": "g"})"), "error.field");
  EXPECT_EQ(difference("null"), "error");
}

}  // namespace
}  // namespace qmforge
