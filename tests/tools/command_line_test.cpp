// The command line: misspelt words, the help, the manual page and the completion scripts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "completion.h"
#include "man_page.h"
#include "nearest.h"
#include "process.h"

namespace qmforge {
namespace {

using ::testing::HasSubstr;
using testing::ProcessResult;
using testing::run;
using testing::TemporaryFolder;

std::string error(const std::vector<std::string>& arguments) {
  const ProcessResult outcome = run(arguments);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  return outcome.err;
}

TEST(CommandLine, NamesTheMisspeltWordAndTheNearest) {
  EXPECT_EQ(error({"simulat"}), "qmforge: unknown command 'simulat'; did you mean 'simulate'? (see qmforge --help)\n");
  EXPECT_EQ(error({"check", "--cuont", "5"}),
            "qmforge: unknown option '--cuont'; did you mean '--count'? (see qmforge check --help)\n");
  EXPECT_EQ(error({"simulate", "--uot", "x"}),
            "qmforge: unknown option '--uot'; did you mean '--out'? (see qmforge simulate --help)\n")
      << "not: --out is missing";
  EXPECT_EQ(error({"list", "fault"}),
            "qmforge: unknown command 'fault'; did you mean 'faults'? (see qmforge list --help)\n");
  EXPECT_EQ(error({"unknown"}), "qmforge: unknown command 'unknown' (see qmforge --help)\n");
  EXPECT_EQ(error({"check", "set", "other"}), "qmforge: unexpected argument 'other' (see qmforge check --help)\n");
  EXPECT_EQ(error({"\x1b[31m"}), "qmforge: unknown command '\\u001b[31m' (see qmforge --help)\n");
}

TEST(CommandLine, NamesTheMissingArgument) {
  EXPECT_EQ(error({}), "qmforge: missing command (see qmforge --help)\n");
  EXPECT_EQ(error({"simulate"}), "qmforge: missing --out (see qmforge simulate --help)\n");
  EXPECT_EQ(error({"conform", "set"}), "qmforge: missing COMMAND (see qmforge conform --help)\n");
  EXPECT_EQ(error({"check", "--count"}), "qmforge: --count requires a value (see qmforge check --help)\n");
  EXPECT_EQ(error({"check", "--count", "1", "--count", "2"}),
            "qmforge: --count is given more than once (see qmforge check --help)\n");
  EXPECT_THAT(error({"simulate", "--out", "--hex"}), HasSubstr("requires a value, but '--hex' follows it"));
}

TEST(CommandLine, RejectsEmptyValues) {
  for (const char* const option : {"--only", "--junit", "--summary"})
    EXPECT_EQ(error({"check", option, ""}),
              "qmforge: " + std::string(option) + ": the value is empty (see qmforge check --help)\n");
  for (const char* const option : {"--failures", "--expected-failures"})
    EXPECT_THAT(error({"conform", "set", option, "", "--", "true"}), HasSubstr(": the value is empty"));
  EXPECT_THAT(error({"simulate", "--out", ""}), HasSubstr("--out: the value is empty"));
  for (const char* const command : {"check", "corpus"})
    EXPECT_THAT(error({command, ""}), HasSubstr("DIR: the value is empty"));
  for (const char* const command : {"decode", "encode"})
    EXPECT_THAT(error({command, ""}), HasSubstr("the name of a file is empty"));
}

TEST(CommandLine, NamesTheFileThatCannotBeWritten) {
  const std::string too_long(300, 'x');
  EXPECT_EQ(error({"check", "--count", "5", "--junit", too_long}),
            "qmforge: cannot write " + too_long + ": File name too long\n");
  EXPECT_THAT(error({"corpus", too_long}),
              ::testing::StartsWith("qmforge: cannot create directories: File name too long"));
}

TEST(CommandLine, RejectsOptionsWithoutEffect) {
  EXPECT_THAT(error({"check", "set", "--seed", "5"}), HasSubstr("--seed has no effect on the set in DIR"));
  EXPECT_THAT(error({"check", "--unsealed"}), HasSubstr("--unsealed has no effect without DIR"));
  EXPECT_THAT(error({"check", "--exhaustive", "--mix", "5"}), HasSubstr("cannot be used together"));
  EXPECT_THAT(error({"check", "--quiet", "--all"}), HasSubstr("cannot be used together"));
  EXPECT_THAT(error({"check", "--quiet", "--json"}), HasSubstr("cannot be used together"));
  EXPECT_THAT(error({"show", "set", "label", "--hex", "--json"}), HasSubstr("cannot be used together"));
}

TEST(Help, OfACommandIsItsHelp) {
  EXPECT_EQ(run({"help"}).out, run({"--help"}).out);
  for (const char* const command : {"decode", "simulate", "check", "conform", "show", "list", "corpus"})
    EXPECT_EQ(run({"help", command}).out, run({command, "--help"}).out) << command;
  EXPECT_THAT(error({"help", "chck"}), HasSubstr("unknown command 'chck'; did you mean 'check'?"));
}

TEST(Help, IsAManualPageToo) {
  const TemporaryFolder folder;
  const ProcessResult page = run({"help", "--man"});
  EXPECT_EQ(page.status, 0);
  EXPECT_TRUE(page.out.starts_with(".TH QMFORGE 1 "));
  for (const char* const text : {".SH NAME\n", ".SH SYNOPSIS\n", ".SS conform\n", ".SS list faults\n",
                                 "\\-\\-timeout \\fISECONDS\\fR\n", "qmforge check \\-\\-exhaustive"})
    EXPECT_THAT(page.out, HasSubstr(text));
  const std::string file = folder.write("qmforge.1", page.out);
  EXPECT_EQ(
      std::system(
          ("! command -v man > /dev/null || [ -z \"$(man --warnings -l '" + file + "' 2>&1 > /dev/null)\" ]").c_str()),
      0);
}

TEST(Completion, OfBashCompletesCommandsOptionsAndValues) {
  const TemporaryFolder folder;
  const std::string script = folder.write("script", run({"completion", "bash"}).out);
  const auto completions = [&](const std::string& words, int index) {
    const std::string out = folder.path("out");
    EXPECT_EQ(std::system(("bash -c 'source " + script + "; COMP_WORDS=(" + words +
                           "); COMP_CWORD=" + std::to_string(index) + "; _qmforge; echo \"${COMPREPLY[*]}\"' > " + out)
                              .c_str()),
              0);
    return testing::read_file(out);
  };
  EXPECT_EQ(completions("qmforge si", 1), "simulate\n");
  EXPECT_EQ(completions("qmforge check --ex", 2), "--exhaustive\n");
  EXPECT_EQ(completions("qmforge check --format ndr64", 3), "ndr64\n");
  EXPECT_EQ(completions("qmforge list fau", 2), "faults\n");
  std::filesystem::create_directory(folder.path("a-folder"));
  folder.write("a-file", "");
  EXPECT_EQ(completions("qmforge simulate --out " + folder.path("a-f"), 3), folder.path("a-folder") + '\n');
  EXPECT_THAT(completions("qmforge check --junit " + folder.path("a-f"), 3), HasSubstr(folder.path("a-file")));
}

TEST(Completion, OfZshAndFishNamesCommandsAndOptions) {
  for (const char* const shell : {"zsh", "fish"}) {
    const std::string script = run({"completion", shell}).out;
    for (const char* const word : {"simulate", "conform", "timeout", "ndr20-body"})
      EXPECT_THAT(script, HasSubstr(word)) << shell;
    const TemporaryFolder folder;
    const std::string file = folder.write("script", script);
    EXPECT_EQ(std::system(("! command -v " + std::string(shell) + " > /dev/null || " + shell + " -n " + file).c_str()),
              0);
  }
}

// A program whose texts have every character that a shell or roff interprets.
tools::CommandDescription difficult_program() {
  const tools::OptionDescription folder{{"--out"}, "DIR", "It's [one]: a\\b", false};
  return {"p", ".text", "", {}, {{"do", "a: b", "", {folder}, {}}}};
}

TEST(Help, EscapesWhatRoffInterprets) {
  const std::string page = tools::man_page(difficult_program(), "1");
  EXPECT_THAT(page, HasSubstr("It's [one]: a\\eb\n"));
  EXPECT_THAT(page, HasSubstr("p \\- \\&.text\n"));
}

TEST(Completion, EscapesWhatZshInterprets) {
  const std::string script = tools::zsh_completion(difficult_program());
  EXPECT_THAT(script, HasSubstr("'do:a\\: b'"));
  EXPECT_THAT(script, HasSubstr("'--out[It'\\''s \\[one\\]\\: a\\\\b]:folder:_files -/'"));
}

TEST(Nearest, IsTheCandidateWithTheFewestEdits) {
  using tools::edit_distance;
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("count", "cuont"), 1U) << "neighbours exchanged";
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  const std::vector<std::string> names = {"--only", "--out", "--quiet"};
  EXPECT_EQ(tools::nearest("--ouy", names), "--out");
  EXPECT_EQ(tools::nearest("--count", names), "");
}

TEST(Nearest, AllowsOneEditForThreeLettersAndOneAtLeast) {
  const std::vector<std::string> names = {"abcdef", "xy"};
  EXPECT_EQ(tools::nearest("abcdXY", names), "abcdef") << "two edits of six letters";
  EXPECT_EQ(tools::nearest("abcXYZ", names), "");
  EXPECT_EQ(tools::nearest("abcXY", names), "") << "three edits of five letters";
  EXPECT_EQ(tools::nearest("xz", names), "xy");
  EXPECT_EQ(tools::nearest("zz", names), "");
  const std::vector<std::string> options = {"--seed"};
  EXPECT_EQ(tools::nearest("--sXYd", options), "") << "hyphens are not letters";
  EXPECT_EQ(tools::nearest("--", options), "");
  const std::vector<std::string> equals = {"bat", "cat"};
  EXPECT_EQ(tools::nearest("rat", equals), "bat") << "the first of equals";
}

TEST(Nearest, ExchangesOnlyNeighbours) {
  EXPECT_EQ(tools::edit_distance("ab", "ba"), 1U);
  EXPECT_EQ(tools::edit_distance("abc", "cba"), 2U);
  EXPECT_EQ(tools::edit_distance("abcd", "badc"), 2U);
  EXPECT_EQ(tools::edit_distance("", "abc"), 3U);
  EXPECT_EQ(tools::edit_distance("a", "abc"), 2U);
}

TEST(Nearest, SuggestsIt) {
  const std::vector<std::string> names = {"--out"};
  EXPECT_EQ(tools::suggestion("--ouy", names), "; did you mean '--out'?");
  EXPECT_EQ(tools::suggestion("--count", names), "");
}

}  // namespace
}  // namespace qmforge
