// qmforge conform: programs that answer correctly, wrongly or not at all, that crash or hang, and lists of expected
// failures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "difference.h"
#include "expected_failures.h"
#include "pattern.h"
#include "process.h"

namespace qmforge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::lines_of;
using testing::ProcessResult;
using testing::read_file;
using testing::run;
using testing::run_and_signal;
using testing::run_into;
using testing::TemporaryFolder;

class Conform : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"simulate", "--out", set(), "--count", "400", "--hex"}).status, 0);
    manifest_ = lines_of(read_file(folder_.path("set/manifest.jsonl")));
    manifest_.pop_back();  // the closing line
  }

  [[nodiscard]] std::string set() const { return folder_.path("set"); }
  [[nodiscard]] ProcessResult conform(const std::string& manner, std::vector<std::string> options = {}) const {
    std::vector<std::string> arguments = {"conform", set()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"--", QMFORGE_ANSWERING, manner});
    return run(arguments);
  }
  // The number of lines of the manifest that contain a text.
  [[nodiscard]] std::size_t inputs_with(const std::string& text) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        manifest_, [&](const std::string& line) { return line.find(text) != std::string::npos; }));
  }
  [[nodiscard]] std::vector<std::string> failures(const std::string& manner) const {
    const std::string file = folder_.path("failures.txt");
    EXPECT_EQ(conform(manner, {"--failures", file}).status, 1);
    return lines_of(read_file(file));
  }

  // The number of files whose names begin with that text.
  [[nodiscard]] std::size_t leftovers(const std::string& name) const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      count += entry.path().filename().string().starts_with(name);
    return count;
  }
  // Whether the process whose number is in the file has ended; a killed one takes a moment.
  [[nodiscard]] static bool has_ended(const std::string& file) {
    const auto process = static_cast<pid_t>(std::stol(read_file(file)));
    for (int i = 0; i < 500; ++i) {
      std::ifstream status("/proc/" + std::to_string(process) + "/stat");
      std::string text;
      std::getline(status, text);
      if (text.empty() || text.find(") Z ") != std::string::npos) return true;
      ::usleep(10'000);
    }
    return false;
  }

  TemporaryFolder folder_;
  std::vector<std::string> manifest_;
};

TEST_F(Conform, ACorrectProgramConformsInEachForm) {
  for (const char* const manner : {"json", "words", "accepted"}) {
    const ProcessResult outcome = conform(manner);
    EXPECT_EQ(outcome.status, 0) << manner << outcome.out;
    EXPECT_EQ(outcome.err, "") << manner;
    EXPECT_THAT(lines_of(outcome.out).back(), ::testing::ContainsRegex("^all .* 400 +0$")) << manner;
  }
}

TEST_F(Conform, SkippedInputsAreCountedAndNotCompared) {
  const ProcessResult outcome = conform("skip-ndr64");
  EXPECT_EQ(outcome.status, 0);
  const std::size_t skipped = inputs_with("\"format\": \"ndr64\"");
  EXPECT_GT(skipped, 0U);
  EXPECT_THAT(outcome.out, HasSubstr(std::to_string(skipped) + " skipped\n"));
}

TEST_F(Conform, ABugFailsOnlyForTheInputsThatShowIt) {
  EXPECT_EQ(failures("accept-all").size(), 400 - inputs_with("\"verdict\": \"valid\""));
  EXPECT_EQ(failures("no-offset").size(), inputs_with("\"error\": {") - inputs_with("\"offset\": 0,"));
  const std::vector<std::string> cut = failures("low-half");
  EXPECT_GT(cut.size(), 20U);
  EXPECT_LT(cut.size(), 400 - inputs_with("\"error\": {"));
}

TEST_F(Conform, ShowsTheFirstTenDifferences) {
  const ProcessResult outcome = conform("no-offset");
  const std::vector<std::string> lines = lines_of(outcome.out);
  ASSERT_GT(lines.size(), 12U);
  const auto shown = std::ranges::count_if(
      lines, [](const std::string& line) { return line.find(": error.offset: expected ") != std::string::npos; });
  EXPECT_EQ(shown, 10);
  EXPECT_THAT(lines[0], ::testing::ContainsRegex(": error.offset: expected [0-9]+, got 0$"));
  EXPECT_THAT(outcome.out, HasSubstr(" more; --all shows every one"));
}

TEST_F(Conform, ShowsTheExpectedAndTheActualValue) {
  EXPECT_THAT(conform("accept-all").out,
              ::testing::ContainsRegex(": verdict: expected malformed \\([a-z-]+ at byte [0-9]+[^)]*\\), got valid\n"));
  EXPECT_THAT(conform("low-half").out,
              ::testing::ContainsRegex(": event.qmFilterId: expected \"[0-9]+\", got \"[0-9]+\"\n"));
}

TEST_F(Conform, AnInputWithoutAnAnswerFails) {
  EXPECT_EQ(failures("deaf").size(), 200U);
  EXPECT_THAT(conform("deaf").out, HasSubstr(": no answer\n"));
}

TEST_F(Conform, ACrashIsAnErrorAndEarlierAnswersCount) {
  const std::string file = folder_.path("failures.txt");
  const ProcessResult outcome = conform("dies", {"--failures", file});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("ended with status 3"));
  EXPECT_EQ(lines_of(read_file(file)).size(), 390U);
}

TEST_F(Conform, ASignalThatEndsTheProgramIsNamed) {
  const ProcessResult outcome = conform("crashes");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("was ended by signal 11 (Segmentation fault)"));
}

TEST_F(Conform, AMissingProgramIsAnErrorAndKeepsOldFiles) {
  const std::string file = folder_.write("failures.txt", "of an earlier run\n");
  const ProcessResult outcome =
      run({"conform", set(), "--failures", file, "--junit", file, "--", folder_.path("no such program")});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("cannot start " + folder_.path("no such program") + ": No such file"));
  EXPECT_EQ(read_file(file), "of an earlier run\n");
  EXPECT_EQ(leftovers("failures.txt."), 0U);
}

TEST_F(Conform, AnInterruptionKeepsOldFilesAndKillsTheProgram) {
  for (const int signal : {SIGTERM, SIGHUP}) {
    const std::string file = folder_.write("failures.txt", "of an earlier run\n");
    const std::string companion = folder_.write("companion", "");
    const ProcessResult outcome =
        run_and_signal({"conform", set(), "--failures", file, "--", QMFORGE_ANSWERING, "hangs"}, signal,
                       [&] { return std::filesystem::file_size(companion) != 0; },
                       {"COMPANION=" + companion, "TMPDIR=" + folder_.path("")});
    EXPECT_EQ(outcome.status, 128 + signal);
    EXPECT_EQ(read_file(file), "of an earlier run\n");
    EXPECT_EQ(leftovers("failures.txt."), 0U);
    EXPECT_TRUE(has_ended(companion));
  }
}

TEST_F(Conform, AClosedStandardOutputIsNotTheFirstFileThatIsOpened) {
  const std::string file = folder_.path("failures.txt");
  const ProcessResult outcome =
      run_into("", {"conform", set(), "--all", "--failures", file, "--", QMFORGE_ANSWERING, "accept-all"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write to standard output: Bad file descriptor"));
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(leftovers("failures.txt."), 0U);
}

TEST_F(Conform, AHangingProgramIsKilledWithItsChildren) {
  const std::string companion = folder_.path("companion");
  const auto begin = std::chrono::steady_clock::now();
  const ProcessResult outcome =
      run({"conform", set(), "--timeout", "1", "--", QMFORGE_ANSWERING, "hangs"}, "", {"COMPANION=" + companion});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("gave no answer within 1 s; it was killed"));
  EXPECT_THAT(lines_of(outcome.out).back(), ::testing::ContainsRegex("^all .* 400 +390$"));
  EXPECT_TRUE(has_ended(companion));
}

TEST_F(Conform, AProgramThatDoesNotEndIsKilled) {
  const ProcessResult outcome = conform("never-ends", {"--timeout", "1"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("it was killed"));
  EXPECT_THAT(lines_of(outcome.out).back(), ::testing::ContainsRegex("^all .* 400 +0$"));
}

TEST_F(Conform, EndlessOutputIsLimited) {
  const ProcessResult outcome = conform("floods");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("wrote more than 16 MiB without an answer; it was killed"));
}

TEST_F(Conform, AnswersMayComeAllAtTheEnd) { EXPECT_EQ(conform("buffers").status, 0); }

TEST_F(Conform, ManyInputsFitThroughPipesThatAreFull) {
  const std::string large = folder_.path("large");
  ASSERT_EQ(run({"simulate", "--out", large, "--count", "5000", "--hex"}).status, 0);
  for (const char* const manner : {"words", "buffers"})
    EXPECT_EQ(run({"conform", large, "--", QMFORGE_ANSWERING, manner}).status, 0) << manner;
}

TEST_F(Conform, WritesNoTemporaryFiles) {
  const std::string empty = folder_.path("tmp");
  std::filesystem::create_directory(empty);
  std::filesystem::permissions(empty, std::filesystem::perms::none);
  EXPECT_EQ(run({"conform", set(), "--", QMFORGE_ANSWERING, "words"}, "", {"TMPDIR=" + empty}).status, 0);
  std::filesystem::permissions(empty, std::filesystem::perms::owner_all);
  EXPECT_TRUE(std::filesystem::is_empty(empty));
}

TEST_F(Conform, SkippingEverythingDoesNotConform) {
  const ProcessResult outcome = conform("skips-all");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("every input was skipped, so nothing was compared"));
  EXPECT_EQ(conform("skips-all", {"--allow-all-skipped"}).status, 0);
}

TEST_F(Conform, StrictComparesEverything) {
  EXPECT_EQ(conform("no-findings").status, 0);
  EXPECT_EQ(conform("no-findings", {"--strict"}).status, 1);
  EXPECT_EQ(conform("accepted", {"--strict"}).status, 1);
  EXPECT_EQ(conform("skips-all", {"--strict"}).status, 1);
}

TEST_F(Conform, FindingsMayBeInAnyOrder) {
  const ProcessResult outcome = conform("backwards");
  EXPECT_EQ(outcome.status, 0) << outcome.out;
}

TEST_F(Conform, AnswersAfterTheLastInputAreAnError) {
  const ProcessResult outcome = conform("more");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("response line 401: after the last answer: 's1-000000-"));
  EXPECT_THAT(outcome.err, HasSubstr("... and 390 more such responses"));
}

TEST_F(Conform, AnUnexpectedLabelIsReportedAndSkipped) {
  const ProcessResult outcome = conform("other-label");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, ::testing::ContainsRegex("response line 3: unexpected label 'other'; expected 's1-000002-"));
  EXPECT_THAT(outcome.out, ::testing::ContainsRegex("^s1-000002-[^\n]*: no answer\n"));
  EXPECT_THAT(lines_of(outcome.out).back(), ::testing::ContainsRegex("^all .* 400 +1$"));
}

TEST_F(Conform, AnswersAreEscapedForTheTerminal) {
  const ProcessResult outcome = conform("terminal");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
  EXPECT_THAT(outcome.err, HasSubstr("malformed: '\\u001b[31m \\u202e \\u009b2J'"));
}

TEST_F(Conform, MalformedAnswersAreReportedAndSkipped) {
  const ProcessResult outcome = conform("babbling");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("response line 1: malformed: 'hello'"));
  EXPECT_THAT(outcome.err, HasSubstr("malformed: '{\"label\": 1}'"));
  EXPECT_THAT(lines_of(outcome.out).back(), ::testing::ContainsRegex("^all .* 400 +0$"));
}

TEST_F(Conform, ShowsTheFirstTenErrorsOfTheProtocol) {
  const auto answered = [&](const std::string& command) {
    return run({"conform", set(), "--only", "s1-00000*", "--", "awk", command});
  };
  const ProcessResult ten = answered("{ print \"bad\" }");
  EXPECT_EQ(ten.status, 2);
  EXPECT_EQ(lines_of(ten.err).size(), 10U) << ten.err;
  EXPECT_THAT(ten.err, HasSubstr("response line 10: malformed: 'bad'\n"));
  const ProcessResult eleven = answered("{ print \"bad\" } END { print \"" + std::string(121, 'x') + "\" }");
  EXPECT_EQ(lines_of(eleven.err).size(), 11U) << eleven.err;
  EXPECT_THAT(eleven.err, HasSubstr("qmforge: ... and 1 more such responses\n"));
  EXPECT_THAT(answered("{ print \"" + std::string(121, 'x') + "\" }").err,
              HasSubstr("malformed: '" + std::string(120, 'x') + "...'\n"));
}

TEST_F(Conform, AnswersEachInputOnce) {
  const ProcessResult outcome = run({"conform", set(), "--only", "s1-00000*", "--", "awk",
                                     "{ print $1 \" skipped\"; if (NR < 10) print $1 \" skipped\" }"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(lines_of(outcome.err).size(), 9U) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("response line 2: unexpected label 's1-000000-"));
}

TEST_F(Conform, ListsExpectedFailuresToo) {
  const std::string all = folder_.path("all.txt");
  ASSERT_EQ(conform("no-offset", {"--failures", all}).status, 1);
  const std::string again = folder_.path("again.txt");
  EXPECT_EQ(conform("no-offset", {"--expected-failures", all, "--failures", again}).status, 0);
  EXPECT_EQ(read_file(again), read_file(all));
}

TEST_F(Conform, ComparesOnlyTheLabelsThatMatch) {
  const ProcessResult outcome = conform("json", {"--only", "*-ndr64-*"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(lines_of(outcome.out).back(),
              ::testing::ContainsRegex("^all .* " + std::to_string(inputs_with("\"format\": \"ndr64\"")) + " +0$"));
}

TEST_F(Conform, ArgumentsArePassedUnchanged) {
  const std::string words = folder_.path("words.txt");
  const ProcessResult outcome = run({"conform", set(), "--", "/bin/sh", "-c", "printf '%s|' \"$@\" > \"$0\"", words,
                                     "two words", "it's", "$HOME", "a\\b", "", "*"});
  EXPECT_EQ(outcome.status, 1) << "it answers nothing";
  EXPECT_EQ(read_file(words), "two words|it's|$HOME|a\\b||*|");
}

TEST_F(Conform, ExpectedFailuresAreAccepted) {
  const std::string file = folder_.path("failures.txt");
  ASSERT_EQ(conform("no-offset", {"--failures", file}).status, 1);
  const ProcessResult outcome = conform("no-offset", {"--expected-failures", file});
  EXPECT_EQ(outcome.status, 0) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr(" failures were expected\n"));
}

TEST_F(Conform, AnExpectedFailureThatPassesIsAnError) {
  const std::string file = folder_.path("failures.txt");
  ASSERT_EQ(conform("no-offset", {"--failures", file}).status, 1);
  const ProcessResult outcome = conform("json", {"--expected-failures", file});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr(" is expected to fail, but 1 such input passes: "));
}

TEST_F(Conform, AnExpectedFailureOfNoInputIsAnError) {
  const std::string file = folder_.write("list.txt", "# known\n\nno-such-label\n");
  const ProcessResult outcome = conform("json", {"--expected-failures", file});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, HasSubstr("'no-such-label' is expected to fail, but no input has that label"));
}

TEST_F(Conform, AListThatCannotBeReadIsAnError) {
  EXPECT_EQ(conform("json", {"--expected-failures", folder_.path("none")}).status, 2);
  EXPECT_EQ(conform("json", {"--failures", folder_.path("none/none")}).status, 2);
}

TEST(ExpectedFailures, AHundredThousandLabelsTakeNoTime) {
  const TemporaryFolder folder;
  constexpr int count = 100'000;
  std::string list;
  for (int i = 0; i < count; ++i) list += "label-" + std::to_string(i) + '\n';
  tools::ExpectedFailures expected(folder.write("list.txt", list + "pattern-*\n"));
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) EXPECT_TRUE(expected.record("label-" + std::to_string(i), i != 7));
  EXPECT_TRUE(expected.record("pattern-1", true));
  EXPECT_FALSE(expected.record("label", true));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_THAT(expected.violations(true),
              ElementsAre("'label-7' is expected to fail, but 1 such input passes: label-7"));
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

// `field: expected …, got …`, or nothing.
std::string difference(const tools::Json& expected, const tools::Json& answer) {
  const auto found = tools::find_difference(expected, answer);
  return found ? found->to_string() : "";
}

TEST(Difference, IsTheFirstAmongTheAnswersMembers) {
  using tools::Json;
  const Json expected = Json::parse(R"({"label": "a", "verdict": "invalid", "canonical": true,
      "event": {"failureErrorName": "X", "subnet": {"mask": "m", "addr": "a"}, "qmFilterId": "1", "sids": [1, 2]},
      "error": null,
      "findings": [{"rule": "r", "severity": "error", "field": "f", "message": "because"}, {"rule": "s", "field": "g"}]})");
  const auto differs = [&](const char* answer) { return difference(expected, Json::parse(answer)); };
  EXPECT_EQ(differs(R"({"verdict": "invalid"})"), "");
  EXPECT_EQ(differs(R"({"verdict": "valid"})"), "verdict: expected invalid, got valid");
  EXPECT_EQ(differs(R"({"verdict": "invalid", "canonical": false})"), "canonical: expected true, got false");
  const std::string event = R"({"verdict": "invalid", "event": {"subnet": {"mask": "m", "addr": "a"}, "sids": [1, 2])";
  EXPECT_EQ(differs((event + R"(, "qmFilterId": "1"}})").c_str()), "") << "a name is not part of the structure";
  EXPECT_EQ(differs((event + R"(, "qmFilterId": "2"}})").c_str()), "event.qmFilterId: expected \"1\", got \"2\"");
  EXPECT_EQ(differs((event + R"(, "qmFilterId": "1", "failureErrorName": "Y"}})").c_str()),
            "event.failureErrorName: expected \"X\", got \"Y\"");
  EXPECT_EQ(differs((event + R"(, "qmFilterId": "1", "more": 1}})").c_str()), "event.more: expected nothing, got 1");
  EXPECT_EQ(differs((event + "}}").c_str()), "event.qmFilterId: expected \"1\", got nothing");
  EXPECT_EQ(differs(R"({"verdict": "invalid", "event": {"subnet": {"mask": "n", "addr": "b"}}})"),
            "event.subnet.mask: expected \"m\", got \"n\"")
      << "the first in the order of the members";
  EXPECT_EQ(
      differs(
          R"({"verdict": "invalid", "event": {"subnet": {"mask": "m", "addr": "a"}, "qmFilterId": "1", "sids": [1, 3]}})"),
      "event.sids[1]: expected 2, got 3");
  EXPECT_EQ(
      differs(
          R"({"verdict": "invalid", "event": {"subnet": {"mask": "m", "addr": "a"}, "qmFilterId": "1", "sids": [1]}})"),
      "event.sids: expected 2 elements, got 1 elements");
  EXPECT_THAT(differs(R"({"verdict": "invalid", "event": null})"), ::testing::StartsWith("event: expected {"));
  EXPECT_EQ(differs(R"({"verdict": "invalid", "error": {"code": "truncated"}})"),
            "error: expected null, got {\"code\":\"truncated\"}");
}

TEST(Difference, ComparesFindingsAsSetsOfRuleAndField) {
  using tools::Json;
  const Json expected = Json::parse(R"({"verdict": "invalid",
      "findings": [{"rule": "r", "severity": "error", "field": "f", "message": "because"}, {"rule": "s", "field": "g"}]})");
  const auto differs = [&](const std::string& findings) {
    return difference(expected, Json::parse(R"({"verdict": "invalid", "findings": )" + findings + "}"));
  };
  EXPECT_EQ(differs(R"([{"rule": "s", "field": "g"}, {"rule": "r", "field": "f", "message": "in other words"}])"), "");
  EXPECT_EQ(differs(R"([{"rule": "s"}, {"rule": "r"}])"), "") << "no field stands for any";
  EXPECT_EQ(differs(R"([{"rule": "r"}])"), "findings: expected r (f), s (g), got r");
  EXPECT_EQ(differs(R"([{"rule": "r"}, {"rule": "s"}, {"rule": "t"}])"),
            "findings: expected r (f), s (g), got r, s, t");
  EXPECT_EQ(differs(R"([{"rule": "r"}, {"rule": "s", "field": "h"}])"),
            "findings: expected r (f), s (g), got r, s (h)");
  EXPECT_EQ(differs("[]"), "findings: expected r (f), s (g), got none");
  EXPECT_EQ(differs("\"none\""), "findings: expected r (f), s (g), got \"none\"");
  EXPECT_EQ(differs("[\"r\"]"), "findings: expected r (f), s (g), got \"r\"");
}

TEST(Difference, ShortensLongValues) {
  const auto difference = [](std::size_t size) {
    const tools::Json expected = {{"verdict", "valid"}, {"event", {{"a", std::string(size, 'x')}}}};
    return tools::find_difference(expected, {{"verdict", "valid"}, {"event", {{"a", 1}}}})->expected;
  };
  EXPECT_EQ(difference(158), '"' + std::string(158, 'x') + '"');
  EXPECT_EQ(difference(159), '"' + std::string(159, 'x') + "... (161 characters)");
}

TEST(Difference, ComparesErrorsMemberByMember) {
  using tools::Json;
  const Json expected = Json::parse(
      R"({"verdict": "malformed", "error": {"code": "truncated", "offset": 5, "field": "f", "message": "because"}})");
  const auto differs = [&](const char* error) {
    return difference(expected, {{"verdict", "malformed"}, {"error", Json::parse(error)}});
  };
  EXPECT_EQ(differs(R"({"code": "truncated"})"), "");
  EXPECT_EQ(differs(R"({"code": "truncated", "offset": 5, "field": "f", "message": "in other words"})"), "");
  EXPECT_EQ(differs(R"({"code": "bad-address"})"), "error.code: expected truncated, got bad-address");
  EXPECT_EQ(differs(R"({"code": "truncated", "offset": 4})"), "error.offset: expected 5, got 4");
  EXPECT_EQ(differs(R"({"offset": 5, "field": "g"})"), "error.field: expected f, got g");
  EXPECT_THAT(differs("null"), ::testing::StartsWith("error: expected {"));
  EXPECT_EQ(difference(expected, {{"verdict", "valid"}}),
            "verdict: expected malformed (truncated at byte 5, f), got valid");
}

}  // namespace
}  // namespace qmforge
