// qmforge simulate, check, list and corpus.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "closing_line.h"
#include "process.h"
#include "qmforge/decode_error.h"
#include "qmforge/findings.h"
#include "qmforge/names.h"
#include "qmforge/sim/faults.h"

namespace qmforge {
namespace {

namespace fs = std::filesystem;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using testing::lines_of;
using testing::ProcessResult;
using testing::program_path;
using testing::read_file;
using testing::run;
using testing::run_and_signal;
using testing::run_on_terminal;
using testing::TemporaryFolder;

// Every file below a folder, by its name in it.
std::map<std::string, std::string> contents(const std::string& folder) {
  std::map<std::string, std::string> all;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file())
      all[fs::relative(entry.path(), folder).generic_string()] = read_file(entry.path().string());
  return all;
}

// The inputs of a manifest, without the closing line.
std::vector<std::string> input_lines(const std::string& set) {
  std::vector<std::string> lines = lines_of(read_file(set + "/manifest.jsonl"));
  EXPECT_TRUE(tools::is_closing_line(lines.back()));
  lines.pop_back();
  return lines;
}

// Writes a manifest with these inputs and a closing line that is right for them.
void write_set(const TemporaryFolder& folder, const std::vector<std::string>& inputs) {
  tools::ClosingLine closing;
  std::string text;
  for (const std::string& input : inputs) {
    closing.add(input);
    text += input + '\n';
  }
  fs::create_directories(folder.path("set"));
  folder.write("set/manifest.jsonl", text + closing.text() + '\n');
}

// The names in a folder that begin with "set.": files that a run did not remove.
std::vector<std::string> leftovers(const TemporaryFolder& folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.path()))
    if (entry.path().filename().string().starts_with("set.")) names.push_back(entry.path().filename().string());
  return names;
}

TEST(Simulate, WritesAThousandInputsThatCheckAccepts) {
  const TemporaryFolder folder;
  const ProcessResult written = run({"simulate", "--out", folder.path("set")});
  EXPECT_EQ(written.status, 0);
  EXPECT_EQ(written.out, "1000 inputs in " + folder.path("set") + "\n");
  EXPECT_EQ(written.err, "") << "no terminal, no progress";
  EXPECT_EQ(contents(folder.path("set")).size(), 1001U);
  const ProcessResult checked = run({"check", folder.path("set")});
  EXPECT_EQ(checked.status, 0) << checked.out;
  EXPECT_THAT(lines_of(checked.out).back(), ContainsRegex("^all .* 1000 +0$"));
}

TEST(Simulate, TheSameOptionsGiveTheSameFiles) {
  const TemporaryFolder folder;
  for (const char* const name : {"one", "two"})
    EXPECT_EQ(run({"simulate", "--out", folder.path(name), "--count", "200", "--seed", "5"}).status, 0);
  EXPECT_EQ(contents(folder.path("one")), contents(folder.path("two")));
  EXPECT_EQ(run({"simulate", "--out", folder.path("three"), "--count", "200", "--seed", "6"}).status, 0);
  EXPECT_NE(contents(folder.path("one")), contents(folder.path("three")));
}

TEST(Simulate, TheOptionsSelectTheInputs) {
  const TemporaryFolder folder;
  int number = 0;
  const auto manifest = [&](std::vector<std::string> options) {
    const std::string set = folder.path(std::to_string(number++));
    options.insert(options.begin(), {"simulate", "--hex", "--count", "100", "--out", set});
    EXPECT_EQ(run(options).status, 0);
    return input_lines(set);
  };
  EXPECT_THAT(manifest({"--valid"}), ::testing::Each(HasSubstr(R"("verdict": "valid")")));
  EXPECT_THAT(manifest({"--malformed"}), ::testing::Each(HasSubstr(R"("verdict": "malformed")")));
  EXPECT_THAT(manifest({"--mix", "0"}), ::testing::Not(::testing::Contains(HasSubstr(R"("verdict": "malformed")"))));
  EXPECT_THAT(manifest({"--mix", "100"}), ::testing::Each(HasSubstr(R"("verdict": "malformed")")));
  EXPECT_THAT(manifest({"--format", "ndr64"}), ::testing::Each(HasSubstr(R"("format": "ndr64")")));
  EXPECT_THAT(manifest({"--format", "all"}), ::testing::Contains(HasSubstr(R"("format": "native32")")));
  EXPECT_THAT(manifest({"--revision", "1"}), ::testing::Each(HasSubstr(R"("revision": 1)")));
  EXPECT_THAT(manifest({"--revision", "all"}), ::testing::Contains(HasSubstr(R"("revision": 0)")));
  EXPECT_THAT(manifest({"--byte-order", "big"}), ::testing::Each(HasSubstr("-ndr20-be-")));
  EXPECT_THAT(manifest({"--byte-order", "little"}), ::testing::Not(::testing::Contains(HasSubstr("-be-"))));
  EXPECT_THAT(manifest({"--byte-order", "little"}), ::testing::Contains(HasSubstr(R"("format": "native32")")));
  EXPECT_THAT(manifest({"--byte-order", "all"}), ::testing::Contains(HasSubstr("-ndr20-be-")));
  EXPECT_EQ(manifest({"--shard", "2/3"}).size(), 33U);
}

TEST(Simulate, RejectsInvalidOptions) {
  const TemporaryFolder folder;
  const std::vector<std::vector<std::string>> rejected = {{"--valid", "--malformed"},
                                                          {"--valid", "--mix", "5"},
                                                          {"--malformed", "--mix", "5"},
                                                          {"--mix", "101"},
                                                          {"--mix", "-1"},
                                                          {"--exhaustive", "--seed", "1"},
                                                          {"--exhaustive", "--count", "1"},
                                                          {"--format", "ndr"},
                                                          {"--revision", "2"},
                                                          {"--byte-order", "middle"},
                                                          {"--byte-order", "big", "--format", "ndr64"},
                                                          {"--format", "native32", "--byte-order", "big"},
                                                          {"--shard", "0/2"},
                                                          {"--shard", "3/2"},
                                                          {"--shard", "1"},
                                                          {"--shard", "1/2x"},
                                                          {"--files", "--hex"},
                                                          {"--count", "many"},
                                                          {"--count", "-1"},
                                                          {"--count", "0"},
                                                          {"--count", "0x10"},
                                                          {"--count", "+5"},
                                                          {"--count", "5.0"},
                                                          {"--count", "18446744073709551616"},
                                                          {"--count", "274877906945"},
                                                          {"--seed", "-1"},
                                                          {"--seed", ""},
                                                          {"--seed", "18446744073709551616"},
                                                          {"--shard", "1/-2"},
                                                          {"--shard", "1/18446744073709551615"},
                                                          {"--jobs", "0"},
                                                          {"--jobs", "257"},
                                                          {"--exhaustive", "--jobs", "2"},
                                                          {"--exhaustive", "--mix", "5"}};
  for (std::vector<std::string> options : rejected) {
    const std::string what = options[0] + ' ' + options.back();
    options.insert(options.begin(), {"simulate", "--out", folder.path("set")});
    EXPECT_EQ(run(options).status, 2) << what;
    EXPECT_FALSE(fs::exists(folder.path("set"))) << what;
  }
  EXPECT_EQ(run({"simulate"}).status, 2) << "where to?";
  EXPECT_THAT(run({"simulate", "--out", folder.path("set"), "--count", "-1"}).err,
              HasSubstr("--count: invalid value '-1'; expected a whole number from 1 to 274877906944"));
  EXPECT_THAT(run({"simulate", "--out", folder.path("set"), "--exhaustive", "--mix", "5"}).err,
              HasSubstr("--exhaustive and --mix cannot be used together"));
  EXPECT_THAT(run({"check", "--byte-order", "big", "--format", "ndr64"}).err,
              HasSubstr("--byte-order: only ndr20 has a big-endian form, not ndr64"));
}

TEST(Simulate, NumbersAreDecimal) {
  const TemporaryFolder folder;
  EXPECT_EQ(run({"simulate", "--out", folder.path("set"), "--hex", "--count", "010"}).status, 0);
  EXPECT_EQ(input_lines(folder.path("set")).size(), 10U);
}

TEST(Simulate, SeveralThreadsWriteTheSameSet) {
  const TemporaryFolder folder;
  const auto simulate = [&](const char* name, const char* jobs) {
    EXPECT_EQ(run({"simulate", "--out", folder.path(name), "--count", "1500", "--shard", "2/3", "--jobs", jobs}).status,
              0);
    return contents(folder.path(name));
  };
  EXPECT_EQ(simulate("one", "1"), simulate("many", "5"));
}

TEST(Simulate, QuietPrintsNothing) {
  const TemporaryFolder folder;
  EXPECT_EQ(run({"simulate", "--out", folder.path("set"), "--count", "5", "--quiet"}).out, "");
}

TEST(Simulate, RejectsANonEmptyFolder) {
  const TemporaryFolder folder;
  folder.write("precious", "not ours");
  const ProcessResult rejected = run({"simulate", "--out", folder.path()});
  EXPECT_EQ(rejected.status, 2);
  EXPECT_THAT(rejected.err, HasSubstr("is not empty"));
  EXPECT_EQ(run({"simulate", "--out", folder.path(), "--replace"}).status, 2);
  EXPECT_EQ(read_file(folder.path("precious")), "not ours");
}

TEST(Simulate, ReplacesASetOnRequest) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  EXPECT_EQ(run({"simulate", "--out", set, "--count", "5"}).status, 0);
  EXPECT_THAT(run({"simulate", "--out", set, "--count", "6"}).err, HasSubstr("--replace"));
  EXPECT_EQ(run({"simulate", "--out", set, "--count", "7", "--replace"}).status, 0);
  EXPECT_EQ(input_lines(set).size(), 7U);
}

TEST(Simulate, ReplacesOnlyASet) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  ASSERT_EQ(run({"simulate", "--out", set, "--count", "5"}).status, 0);
  folder.write("set/notes.txt", "not ours");
  const ProcessResult rejected = run({"simulate", "--out", set, "--replace"});
  EXPECT_EQ(rejected.status, 2);
  EXPECT_THAT(rejected.err, HasSubstr("holds notes.txt, which does not belong to the set"));
  EXPECT_EQ(read_file(set + "/notes.txt"), "not ours");
  EXPECT_EQ(input_lines(set).size(), 5U);
}

TEST(Simulate, LeavesFoldersOfSimilarNamesAlone) {
  const TemporaryFolder folder;
  fs::create_directory(folder.path("set.partial"));
  folder.write("set.partial/precious", "not ours");
  EXPECT_EQ(run({"simulate", "--out", folder.path("set"), "--count", "5"}).status, 0);
  EXPECT_EQ(read_file(folder.path("set.partial/precious")), "not ours");
}

TEST(Simulate, HandlesUnusualFolderNames) {
  const TemporaryFolder folder;
  const auto in_folder = [&](const std::string& arguments) {
    return WEXITSTATUS(std::system(
        ("cd '" + folder.path() + "' && '" QMFORGE_PROGRAM "' simulate --count 5 " + arguments + " 2> stderr > stdout")
            .c_str()));
  };
  EXPECT_EQ(in_folder("--out ."), 2);
  EXPECT_THAT(read_file(folder.path("stderr")), HasSubstr(". is the current folder"));
  EXPECT_EQ(in_folder("--out ''"), 2);
  EXPECT_EQ(in_folder("--out set//"), 0);
  fs::create_directory_symlink("set", folder.path("link"));
  EXPECT_EQ(in_folder("--out link/ --replace --hex"), 0);
  EXPECT_TRUE(fs::is_symlink(folder.path("link")));
  EXPECT_EQ(contents(folder.path("set")).size(), 1U);
  fs::create_symlink("nowhere", folder.path("broken"));
  EXPECT_EQ(in_folder("--out broken"), 2);
  EXPECT_THAT(read_file(folder.path("stderr")), HasSubstr("is a dangling symbolic link"));
}

TEST(Simulate, AFolderThatCannotBeMadeIsAnError) {
  const TemporaryFolder folder;
  const std::string file = folder.write("file", "");
  const ProcessResult outcome = run({"simulate", "--out", file + "/set"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr(file));
}

// Runs a shell command; its exit status, and what it wrote to standard error.
ProcessResult shell(const TemporaryFolder& folder, const std::string& command) {
  ProcessResult outcome;
  const std::string err = folder.path("stderr");
  outcome.status = WEXITSTATUS(std::system(("( " + command + " ) 2> '" + err + "'").c_str()));
  outcome.err = read_file(err);
  return outcome;
}

// A limit on the size of files stands in for a full disk: the write that passes it fails.
TEST(Simulate, ADiskThatIsFullIsAClearError) {
  const TemporaryFolder folder;
  const ProcessResult outcome = shell(folder, "trap '' XFSZ; ulimit -f 64; '" + program_path() +
                                                  "' simulate --hex --count 5000 --out '" + folder.path("set") + "'");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write: File too large"));
  EXPECT_FALSE(fs::exists(folder.path("set")));
  EXPECT_TRUE(leftovers(folder).empty());
}

TEST(Simulate, AnInterruptedRunLeavesNothing) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const TemporaryFolder folder;
    const std::string set = folder.path("set");
    const ProcessResult outcome = run_and_signal({"simulate", "--count", "100000000", "--hex", "--out", set}, signal,
                                                 [&] { return !leftovers(folder).empty(); });
    EXPECT_EQ(outcome.status, 128 + signal) << "ended as by the signal";
    EXPECT_FALSE(fs::exists(set));
    EXPECT_TRUE(leftovers(folder).empty());
  }
}

TEST(Simulate, AKilledRunLeavesNothingThatLooksComplete) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  static_cast<void>(run_and_signal({"simulate", "--count", "100000000", "--hex", "--out", set}, SIGKILL,
                                   [&] { return !leftovers(folder).empty(); }));
  EXPECT_FALSE(fs::exists(set));
  ASSERT_EQ(leftovers(folder).size(), 1U);
  EXPECT_FALSE(fs::exists(folder.path(leftovers(folder)[0]) + "/manifest.jsonl"));
  EXPECT_EQ(run({"simulate", "--count", "5", "--out", set}).status, 0) << "the next run is not disturbed";
}

TEST(Simulate, ShowsProgressOfALongRunOnATerminal) {
  const TemporaryFolder folder;
  const ProcessResult quick =
      run_on_terminal({"simulate", "--count", "3", "--out", folder.path("quick")}, {"TERM=xterm"});
  EXPECT_EQ(quick.out, "3 inputs in " + folder.path("quick") + "\n");
  // The number of inputs that takes long depends on the machine and the build.
  ProcessResult slow;
  std::string count;
  std::chrono::steady_clock::duration time{};
  for (int inputs = 20'000; time < std::chrono::seconds(2); inputs *= 2) {
    count = std::to_string(inputs);
    const auto begin = std::chrono::steady_clock::now();
    slow = run_on_terminal({"check", "--count", count}, {"TERM=xterm"});
    time = std::chrono::steady_clock::now() - begin;
    ASSERT_EQ(slow.status, 0);
  }
  EXPECT_THAT(slow.out, ContainsRegex("[0-9]+ of " + count + ", [0-9]+ % inputs"));
  const std::regex progress("\r([0-9]+) of " + count + ", ([0-9]+) %");
  for (std::sregex_iterator each(slow.out.begin(), slow.out.end(), progress); each != std::sregex_iterator(); ++each)
    EXPECT_EQ(std::stoull(each->str(2)), 100 * std::stoull(each->str(1)) / std::stoull(count)) << each->str();
  EXPECT_THAT(slow.out, HasSubstr("\x1b[Kclass")) << "the line is wiped before the table";
}

TEST(Check, MakesASetAndWritesNothing) {
  const ProcessResult outcome = run({"check", "--count", "500", "--seed", "9"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(lines_of(outcome.out).back(), ContainsRegex("^all .* 500 +0$"));
}

TEST(Check, ComparesOnlyTheLabelsThatMatch) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  ASSERT_EQ(run({"simulate", "--out", set, "--count", "200", "--hex"}).status, 0);
  std::size_t ndr64 = 0;
  for (const std::string& input : input_lines(set)) ndr64 += input.find("-ndr64-") != std::string::npos;
  const std::string row = "^all .* " + std::to_string(ndr64) + " +0$";
  EXPECT_THAT(lines_of(run({"check", set, "--only", "*-ndr64-*"}).out).back(), ContainsRegex(row));
  EXPECT_THAT(lines_of(run({"check", "--count", "200", "--only", "*-ndr64-*"}).out).back(), ContainsRegex(row));
  EXPECT_EQ(run({"check", "--count", "20", "--only", "none"}).status, 2);
}

// A set of malformed inputs whose expected offsets are wrong.
std::string write_wrong_set(const TemporaryFolder& folder, std::size_t count) {
  const std::string set = folder.path("set");
  EXPECT_EQ(run({"simulate", "--out", set, "--hex", "--count", std::to_string(count), "--malformed"}).status, 0);
  std::vector<std::string> inputs = input_lines(set);
  for (std::string& input : inputs) input.insert(input.find("\"offset\": ") + 10, "7");
  write_set(folder, inputs);
  return set;
}

TEST(Check, AnInterruptedRunLeavesNoFiles) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    for (const char* const jobs : {"1", "2"}) {
      const TemporaryFolder folder;
      const ProcessResult outcome =
          run_and_signal({"check", "--count", "100000000", "--jobs", jobs, "--junit", folder.path("set.xml")}, signal,
                         [&] { return !leftovers(folder).empty(); });
      EXPECT_EQ(outcome.status, 128 + signal) << "ended as by the signal";
      EXPECT_TRUE(leftovers(folder).empty());
    }
  }
}

// As nohup starts it.
TEST(Check, AnIgnoredSignalDoesNotEndIt) {
  const TemporaryFolder folder;
  const auto before = std::signal(SIGHUP, SIG_IGN);
  const ProcessResult outcome = run_and_signal({"check", "--count", "5000", "--junit", folder.path("set.xml")}, SIGHUP,
                                               [&] { return !leftovers(folder).empty(); });
  static_cast<void>(std::signal(SIGHUP, before));
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(fs::exists(folder.path("set.xml")));
}

TEST(Check, ShowsDisagreements) {
  const TemporaryFolder folder;
  const std::string set = write_wrong_set(folder, 12);
  const ProcessResult outcome = run({"check", set});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, ContainsRegex("^s1-000000-[a-z0-9-]+: error.offset: expected 7([0-9]+), got [0-9]+\n"));
  EXPECT_THAT(outcome.out, ContainsRegex("\n +[0-9a-f]{4}  ([0-9a-f -]{2} )+")) << "the bytes";
  EXPECT_THAT(outcome.out, HasSubstr("... and 2 more; --all shows every one, --only PATTERN some"));
  EXPECT_THAT(lines_of(outcome.out).back(), ContainsRegex("^all .* 12 +12$"));
}

TEST(Check, ShowsAllOrSelectedInputs) {
  const TemporaryFolder folder;
  const std::string set = write_wrong_set(folder, 12);
  const auto shown = [](const ProcessResult& outcome) {
    std::size_t count = 0;
    for (const std::string& line : lines_of(outcome.out)) count += line.find(": error.offset: ") != std::string::npos;
    return count;
  };
  EXPECT_EQ(shown(run({"check", set})), 10U);
  EXPECT_EQ(shown(run({"check", set, "--all"})), 12U);
  const ProcessResult one = run({"check", set, "--only", "*-000011-*"});
  EXPECT_EQ(shown(one), 1U);
  EXPECT_THAT(lines_of(one.out).back(), ContainsRegex("^all .* 1 +1$"));
  EXPECT_EQ(run({"check", set, "--quiet"}).out, "");
  EXPECT_EQ(run({"check", set, "--quiet"}).status, 1);
  const ProcessResult none = run({"check", set, "--only", "nothing"});
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.err, HasSubstr("no label matches 'nothing'"));
}

TEST(Check, NamesTheFirstDifferenceOfAnEvent) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  ASSERT_EQ(run({"simulate", "--out", set, "--hex", "--count", "300", "--valid"}).status, 0);
  std::vector<std::string> inputs = input_lines(set);
  const auto with_mask = std::ranges::find_if(inputs, [](const std::string& input) {
    return input.find("\"localSubNet\": {\"type\": \"FWP_V4_ADDR_MASK\"") != std::string::npos;
  });
  ASSERT_NE(with_mask, inputs.end());
  const std::string key = "\"mask\": \"";
  const std::size_t begin = with_mask->find(key) + key.size();
  with_mask->replace(begin, with_mask->find('"', begin) - begin, "1.2.3.4");
  write_set(folder, inputs);
  const ProcessResult outcome = run({"check", set});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out,
              ContainsRegex(": event.localSubNet.v4AddrMask.mask: expected \"1.2.3.4\", got \"[0-9.]+\"\n"));
  EXPECT_THAT(outcome.out, HasSubstr("^^ ^^ ^^ ^^")) << "the bytes of the mask";
}

TEST(Check, ASetThatCannotBeReadIsAnError) {
  const TemporaryFolder folder;
  EXPECT_EQ(run({"check", folder.path()}).status, 2);
  const std::string good = R"({"label": "a", "format": "ndr20", "revision": 0, "verdict": "malformed", )";
  for (const std::string& line :
       {std::string("no json"), std::string("[]"), std::string(R"({"label": "a"})"), good + R"("hex": 7})",
        good + R"("hex": "0x"})", good + R"("file": "none"})", good + "\"fault\": null}",
        std::string(R"({"label": "a", "format": "ndr", "revision": 0, "verdict": "valid", "hex": ""})"),
        std::string(R"({"label": "a", "format": "ndr20", "revision": 2, "verdict": "valid", "hex": ""})"),
        std::string(R"({"label": "a", "format": "ndr20", "revision": 0, "verdict": "good", "hex": ""})")}) {
    write_set(folder, {line});
    const ProcessResult outcome = run({"check", folder.path("set")});
    EXPECT_EQ(outcome.status, 2) << line;
    EXPECT_THAT(outcome.err, HasSubstr(folder.path("set"))) << line;
  }
  write_set(folder, {good + R"("error": {"code": "truncated"}, "hex": ""})"});
  folder.write("set/manifest.jsonl", "# a comment\n\n" + read_file(folder.path("set/manifest.jsonl")));
  EXPECT_THAT(run({"check", folder.path("set")}).out, ContainsRegex("all .* 1 +0\n"));
}

TEST(Check, RejectsASetThatIsIncompleteOrAltered) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  ASSERT_EQ(run({"simulate", "--out", set, "--hex", "--count", "40"}).status, 0);
  const std::string whole = read_file(set + "/manifest.jsonl");
  const std::vector<std::string> lines = lines_of(whole);
  const auto rejected_with = [&](const std::string& manifest) {
    folder.write("set/manifest.jsonl", manifest);
    const ProcessResult outcome = run({"check", set});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(run({"conform", set, "--", QMFORGE_ANSWERING, "words"}).err, outcome.err);
    return outcome.err;
  };
  const std::string without_last = whole.substr(0, whole.rfind('\n', whole.size() - 2) + 1);
  EXPECT_THAT(rejected_with(without_last), HasSubstr("incomplete: no closing line after 40 inputs"));
  EXPECT_THAT(rejected_with(whole.substr(whole.find('\n') + 1)),
              HasSubstr("incomplete: the closing line says 40 inputs, 39 precede it"));
  EXPECT_THAT(rejected_with(whole.substr(0, whole.size() / 2)), HasSubstr("manifest.jsonl"));
  EXPECT_THAT(rejected_with(lines[0] + '\n' + whole), HasSubstr("says 40 inputs, 41 precede it"));
  EXPECT_THAT(rejected_with(whole + whole), HasSubstr("follows the closing line"));
  EXPECT_THAT(rejected_with(lines[1] + '\n' + lines[0] + whole.substr(whole.find('\n', lines[0].size() + 1))),
              HasSubstr("altered"));
  EXPECT_THAT(rejected_with(tools::ClosingLine().text() + '\n'), HasSubstr("the set has no inputs"));
  EXPECT_THAT(rejected_with(""), HasSubstr("incomplete"));

  folder.write("set/manifest.jsonl", without_last);
  EXPECT_EQ(run({"check", set, "--unsealed"}).status, 0);
  folder.write("set/manifest.jsonl", without_last + lines[0] + '\n');
  EXPECT_THAT(run({"check", set, "--unsealed"}).err, HasSubstr("duplicate label"));
  folder.write("set/manifest.jsonl", "");
  EXPECT_EQ(run({"check", set, "--unsealed"}).status, 2);
}

TEST(Check, RejectsASetWithAnAlteredFile) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  ASSERT_EQ(run({"simulate", "--out", set, "--count", "5", "--valid"}).status, 0);
  const std::string input = input_lines(set)[0];
  const std::size_t begin = input.find("inputs/000/");
  const std::string file = set + '/' + input.substr(begin, input.find('"', begin) - begin);
  std::ofstream(file, std::ios::app | std::ios::binary) << '\0';
  EXPECT_THAT(run({"check", set}).err, HasSubstr("altered"));
  fs::remove(file);
  EXPECT_THAT(run({"check", set}).err, HasSubstr("does not exist"));
}

TEST(Check, ReadsNoFileOutsideTheSet) {
  const TemporaryFolder folder;
  folder.write("secret", "outside");
  fs::create_directory(folder.path("set"));
  fs::create_symlink(folder.path("secret"), folder.path("set/link"));
  fs::create_directory_symlink(folder.path(), folder.path("set/folder"));
  ASSERT_EQ(::mkfifo(folder.path("set/fifo").c_str(), 0600), 0);
  const auto message = [&](const std::string& file) {
    write_set(folder,
              {R"({"label": "a", "format": "ndr20", "revision": 0, "verdict": "valid", "file": ")" + file + "\"}"});
    const ProcessResult outcome = run({"check", folder.path("set")});
    EXPECT_EQ(outcome.status, 2) << file;
    return outcome.err;
  };
  EXPECT_THAT(message("/etc/passwd"), HasSubstr(":1: \"file\": /etc/passwd is not a path inside the set's folder"));
  EXPECT_THAT(message("../secret"), HasSubstr("is not a path inside"));
  EXPECT_THAT(message("a/../../secret"), HasSubstr("is not a path inside"));
  EXPECT_THAT(message("C:\\\\secret"), HasSubstr("is not a path inside"));
  EXPECT_THAT(message("C:secret"), HasSubstr("is not a path inside"));
  EXPECT_THAT(message("link"), HasSubstr("leads through a symbolic link"));
  EXPECT_THAT(message("folder/secret"), HasSubstr("leads through a symbolic link"));
  EXPECT_THAT(message("fifo"), HasSubstr("is not a regular file"));
  EXPECT_THAT(message("."), HasSubstr("is not a regular file"));
}

TEST(Check, RejectsDeepNestingAndControlCharactersInLabels) {
  const TemporaryFolder folder;
  const auto message = [&](const std::string& input) {
    write_set(folder, {input});
    const ProcessResult outcome = run({"check", folder.path("set")});
    EXPECT_EQ(outcome.status, 2);
    EXPECT_EQ(outcome.err.find('\x1b'), std::string::npos);
    return outcome.err;
  };
  const std::string rest = R"(", "format": "ndr20", "revision": 0, "verdict": "valid", "hex": "00", "event": )";
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']') + '}';
  EXPECT_THAT(message("{\"label\": \"a" + rest + deep), HasSubstr(":1: nested more than 64 deep"));
  EXPECT_THAT(message("{\"label\": \"\\u001b[31m" + rest + "null}"), HasSubstr("invalid label '\\u001b[31m'"));
  EXPECT_THAT(message("{\"label\": \"\xe2\x80\xae" + rest + "null}"), HasSubstr("invalid label '\\u202e'"));
  EXPECT_THAT(message("{\"label\": \"two words" + rest + "null}"), HasSubstr("invalid label"));
}

TEST(Check, ReadsManifestsAboveFourGigabytes) {
  const TemporaryFolder folder;
  write_set(folder, {"not JSON"});
  fs::resize_file(folder.path("set/manifest.jsonl"), 5'000'000'000);  // a hole that takes no space
  EXPECT_THAT(run({"check", folder.path("set")}).err, HasSubstr(":1: not JSON"));
}

TEST(Check, SeveralThreadsGiveTheSameOutput) {
  const TemporaryFolder folder;
  const std::string set = write_wrong_set(folder, 600);
  EXPECT_EQ(run({"check", set, "--all", "--jobs", "4"}).out, run({"check", set, "--all"}).out);
  EXPECT_EQ(run({"check", "--count", "700", "--jobs", "4"}).out, run({"check", "--count", "700"}).out);
}

TEST(Check, AcceptsAFolderOrOptionsNotBoth) {
  const TemporaryFolder folder;
  const ProcessResult outcome = run({"check", folder.path("set"), "--count", "5"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--count"));
}

TEST(Show, PrintsAnInputAsDecodeDoes) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  ASSERT_EQ(run({"simulate", "--out", set, "--count", "30", "--format", "ndr64", "--malformed"}).status, 0);
  const std::string input = input_lines(set)[3];
  const std::string label = input.substr(11, input.find('"', 11) - 11);
  const ProcessResult hex = run({"show", set, label, "--hex"});
  EXPECT_EQ(hex.status, 0);
  const std::string revision = label.find("-r1-") == std::string::npos ? "0" : "1";
  const std::string lines = folder.write("lines", hex.out);
  const auto decode = [&](const std::vector<std::string>& options) {
    std::vector<std::string> arguments = {"decode", "--format", "ndr64", "--revision", revision, "--hex", lines};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run(arguments).out;
  };
  EXPECT_EQ(run({"show", set, label, "--json"}).out, decode({"--json"}));
  const std::string shown = run({"show", set, label}).out;
  EXPECT_TRUE(shown.starts_with(decode({}))) << shown;
  EXPECT_THAT(shown, HasSubstr("\n  fault: "));
  EXPECT_EQ(lines_of(run({"show", set, "*", "--hex"}).out).size(), 30U);
  const ProcessResult unknown = run({"show", set, "none"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("no input has the label 'none'"));
}

TEST(Show, FindsLabelsByThemselvesAndByPatterns) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  ASSERT_EQ(run({"simulate", "--out", set, "--count", "12", "--hex"}).status, 0);
  const std::string label = nlohmann::json::parse(input_lines(set)[1])["label"].get<std::string>();
  const ProcessResult both = run({"show", set, label, "s1-00000*", "--hex"});
  EXPECT_EQ(both.status, 0) << "each is found, though both select the same input";
  EXPECT_EQ(lines_of(both.out).size(), 10U) << "each input once";
  const ProcessResult part = run({"show", set, label.substr(0, label.size() - 1), "--hex"});
  EXPECT_EQ(part.status, 2) << "a part of a label is not the label";
  EXPECT_EQ(part.out, "");
}

TEST(List, PrintsJson) {
  const ProcessResult outcome = run({"list", "rules", "--json"});
  EXPECT_EQ(outcome.status, 0);
  const auto rules = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(rules.size(), 13U);
  EXPECT_EQ(rules[0]["severity"], "error");
  for (const char* const what : {"faults", "errors", "types"})
    for (const auto& entry : nlohmann::json::parse(run({"list", what, "--json"}).out))
      EXPECT_TRUE(entry["name"].is_string()) << what;
}

TEST(List, PrintsEveryNameOfTheLibrary) {
  const auto list = [](const char* what) { return nlohmann::json::parse(run({"list", what, "--json"}).out); };
  const auto errors = list("errors");
  for (std::size_t i = 0; i < errors.size(); ++i) {
    EXPECT_EQ(errors[i]["name"], to_string(static_cast<ErrorCode>(i)));
    EXPECT_EQ(errors[i]["message"], message(static_cast<ErrorCode>(i)));
  }
  EXPECT_EQ(errors.back()["name"], "bad-address");
  const auto rules = list("rules");
  for (std::size_t i = 0; i < rules.size(); ++i) {
    EXPECT_EQ(rules[i]["name"], to_string(static_cast<Rule>(i)));
    EXPECT_EQ(rules[i]["severity"], to_string(severity(static_cast<Rule>(i))));
  }
  EXPECT_EQ(rules.back()["name"], "error-code-marker");
  const auto types = list("types");
  ASSERT_EQ(types.size(), all_data_types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    const DataType type = all_data_types[i];
    EXPECT_EQ(types[i]["value"], static_cast<std::uint32_t>(type));
    EXPECT_EQ(types[i]["name"], c_name(type));
    EXPECT_EQ(types[i]["arm"], arm_name(type));
    EXPECT_EQ(types[i]["held"], i == 0 ? "-" : is_pointer_type(type) ? "pointer" : "inline");
  }
  const auto faults = list("faults");
  ASSERT_EQ(faults.size(), sim::fault_catalogue().size());
  for (std::size_t i = 0; i < faults.size(); ++i) {
    const sim::FaultInfo& fault = sim::fault_catalogue()[i];
    EXPECT_EQ(faults[i]["name"], fault.name);
    EXPECT_EQ(faults[i]["class"], to_string(fault.fault_class));
    std::vector<std::string> formats;
    for (const Format format : fault.formats) formats.emplace_back(to_string(format));
    EXPECT_EQ(faults[i]["formats"], formats) << fault.name;
    std::vector<std::string> codes;
    for (const ErrorCode code : fault.codes) codes.emplace_back(to_string(code));
    EXPECT_EQ(faults[i]["codes"], codes) << fault.name;
    EXPECT_EQ(faults[i]["rule"], fault.rule ? nlohmann::json(to_string(*fault.rule)) : nlohmann::json()) << fault.name;
  }
}

TEST(List, PrintsEveryName) {
  const auto count = [](const char* what) {
    const ProcessResult outcome = run({"list", what});
    EXPECT_EQ(outcome.status, 0);
    return lines_of(outcome.out).size();
  };
  EXPECT_EQ(count("errors"), 13U);
  EXPECT_EQ(count("rules"), 13U);
  EXPECT_EQ(count("types"), 24U);
  EXPECT_EQ(count("faults") % 3, 0U) << "each fault has three lines";
  EXPECT_THAT(run({"list", "rules"}).out, ContainsRegex("v4-mask-contiguous +error +"));
  EXPECT_THAT(run({"list", "types"}).out, ContainsRegex("0x100 +FWP_V4_ADDR_MASK +v4AddrMask +pointer"));
  EXPECT_THAT(run({"list", "errors"}).out, HasSubstr("union-tag-mismatch"));
  EXPECT_THAT(run({"list", "faults"}).out, HasSubstr("max-count-upper-half (count; ndr64)"));
  EXPECT_EQ(run({"list"}).status, 2);
  EXPECT_EQ(run({"list", "events"}).status, 2);
}

TEST(Corpus, EqualsTheCommittedCorpus) {
  const TemporaryFolder folder;
  const ProcessResult outcome = run({"corpus", folder.path("corpus")});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, ContainsRegex("^[0-9]+ seeds for 11 targets\n$"));
  const auto written = contents(folder.path("corpus"));
  for (const auto& [name, bytes] : contents(QMFORGE_CORPUS)) {
    if (name.find("/seed-") == std::string::npos) continue;  // what the fuzzers found
    const auto seed = written.find(name);
    ASSERT_NE(seed, written.end()) << name << " is not a seed any more: run qmforge corpus corpus";
    EXPECT_EQ(seed->second, bytes) << name;
  }
  for (const auto& [name, bytes] : written) EXPECT_TRUE(fs::exists(fs::path(QMFORGE_CORPUS) / name)) << name;
}

TEST(Corpus, ReplacesSeedsAndKeepsOtherInputs) {
  const TemporaryFolder folder;
  fs::create_directories(folder.path("corpus/json"));
  folder.write("corpus/json/seed-of-old", "stale");
  folder.write("corpus/json/found", "kept");
  EXPECT_EQ(run({"corpus", folder.path("corpus")}).status, 0);
  EXPECT_FALSE(fs::exists(folder.path("corpus/json/seed-of-old")));
  EXPECT_EQ(read_file(folder.path("corpus/json/found")), "kept");
  folder.write("file", "");
  EXPECT_EQ(run({"corpus", folder.path("file")}).status, 2);
}

}  // namespace
}  // namespace qmforge
