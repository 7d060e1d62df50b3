// qmforge simulate, check, list and corpus.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "process.h"

namespace qmforge {
namespace {

namespace fs = std::filesystem;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using testing::lines_of;
using testing::Outcome;
using testing::read_file;
using testing::run;
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

TEST(Simulate, WritesAThousandInputsThatCheckAgreesWith) {
  const TemporaryFolder folder;
  const Outcome written = run({"simulate", "--out", folder.path("set")});
  EXPECT_EQ(written.status, 0);
  EXPECT_EQ(written.out, "1000 inputs in " + folder.path("set") + "\n");
  EXPECT_EQ(written.err, "") << "no terminal, no progress";
  EXPECT_EQ(contents(folder.path("set")).size(), 1001U);
  const Outcome checked = run({"check", folder.path("set")});
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

TEST(Simulate, TheOptionsSayWhatIsInTheSet) {
  const TemporaryFolder folder;
  int number = 0;
  const auto manifest = [&](std::vector<std::string> options) {
    const std::string set = folder.path(std::to_string(number++));
    options.insert(options.begin(), {"simulate", "--hex", "--count", "100", "--out", set});
    EXPECT_EQ(run(options).status, 0);
    return lines_of(read_file(set + "/manifest.jsonl"));
  };
  EXPECT_THAT(manifest({"--valid"}), ::testing::Each(HasSubstr(R"("verdict": "valid")")));
  EXPECT_THAT(manifest({"--malformed"}), ::testing::Each(HasSubstr(R"("verdict": "malformed")")));
  EXPECT_THAT(manifest({"--mix", "0"}), ::testing::Not(::testing::Contains(HasSubstr(R"("verdict": "malformed")"))));
  EXPECT_THAT(manifest({"--mix", "100"}), ::testing::Each(HasSubstr(R"("verdict": "malformed")")));
  EXPECT_THAT(manifest({"--format", "ndr64"}), ::testing::Each(HasSubstr(R"("format": "ndr64")")));
  EXPECT_THAT(manifest({"--format", "all"}), ::testing::Contains(HasSubstr(R"("format": "native32")")));
  EXPECT_THAT(manifest({"--revision", "1"}), ::testing::Each(HasSubstr(R"("revision": 1)")));
  EXPECT_THAT(manifest({"--revision", "all"}), ::testing::Contains(HasSubstr(R"("revision": 0)")));
  EXPECT_EQ(manifest({"--shard", "2/3"}).size(), 33U);
}

TEST(Simulate, RefusesOptionsThatCannotBeMeant) {
  const TemporaryFolder folder;
  const std::vector<std::vector<std::string>> refused = {{"--valid", "--malformed"},
                                                         {"--valid", "--mix", "5"},
                                                         {"--malformed", "--mix", "5"},
                                                         {"--mix", "101"},
                                                         {"--mix", "-1"},
                                                         {"--exhaustive", "--seed", "1"},
                                                         {"--exhaustive", "--count", "1"},
                                                         {"--format", "ndr"},
                                                         {"--revision", "2"},
                                                         {"--shard", "0/2"},
                                                         {"--shard", "3/2"},
                                                         {"--shard", "1"},
                                                         {"--shard", "1/2x"},
                                                         {"--files", "--hex"},
                                                         {"--count", "many"}};
  for (std::vector<std::string> options : refused) {
    const std::string what = options[0] + ' ' + options.back();
    options.insert(options.begin(), {"simulate", "--out", folder.path("set")});
    EXPECT_EQ(run(options).status, 2) << what;
    EXPECT_FALSE(fs::exists(folder.path("set"))) << what;
  }
  EXPECT_EQ(run({"simulate"}).status, 2) << "where to?";
}

TEST(Simulate, LeavesAFolderAloneThatHoldsSomething) {
  const TemporaryFolder folder;
  folder.write("precious", "not ours");
  const Outcome refused = run({"simulate", "--out", folder.path()});
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("Directory not empty"));
  EXPECT_THAT(refused.err, HasSubstr("--replace"));
  EXPECT_EQ(run({"simulate", "--out", folder.path(), "--replace"}).status, 2);
  EXPECT_EQ(read_file(folder.path("precious")), "not ours");
}

TEST(Simulate, ReplacesASetWhenTold) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  EXPECT_EQ(run({"simulate", "--out", set, "--count", "5"}).status, 0);
  EXPECT_EQ(run({"simulate", "--out", set, "--count", "6"}).status, 2);
  EXPECT_EQ(run({"simulate", "--out", set, "--count", "7", "--replace"}).status, 0);
  EXPECT_EQ(lines_of(read_file(set + "/manifest.jsonl")).size(), 7U);
}

TEST(Simulate, AFolderThatCannotBeMadeIsTrouble) {
  const TemporaryFolder folder;
  const std::string file = folder.write("file", "");
  const Outcome outcome = run({"simulate", "--out", file + "/set"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr(file));
}

// Runs a shell command; its exit status, and what it wrote to standard error.
Outcome shell(const TemporaryFolder& folder, const std::string& command) {
  Outcome outcome;
  const std::string err = folder.path("stderr");
  outcome.status = WEXITSTATUS(std::system(("( " + command + " ) 2> '" + err + "'").c_str()));
  outcome.err = read_file(err);
  return outcome;
}

// A limit on the size of files stands in for a full disk: the write that passes it fails.
TEST(Simulate, ADiskThatIsFullIsAClearError) {
  const TemporaryFolder folder;
  const Outcome outcome =
      shell(folder, "trap '' XFSZ; ulimit -f 64; '" QMFORGE_PROGRAM "' simulate --hex --count 5000 --out '" +
                        folder.path("set") + "'");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write: File too large"));
  EXPECT_FALSE(fs::exists(folder.path("set")));
  EXPECT_FALSE(fs::exists(folder.path("set.partial")));
}

TEST(Simulate, AnInterruptedRunLeavesNothingThatLooksComplete) {
  const TemporaryFolder folder;
  const std::string set = folder.path("set");
  const Outcome outcome = shell(folder, "'" QMFORGE_PROGRAM "' simulate --count 100000000 --hex --out '" + set +
                                            "' & pid=$!; while [ ! -s '" + set +
                                            ".partial/manifest.jsonl.partial' ]; do sleep 0.05; done; kill -INT $pid; "
                                            "kill -KILL $pid; wait $pid");
  EXPECT_NE(outcome.status, 0);
  EXPECT_FALSE(fs::exists(set));
  EXPECT_FALSE(fs::exists(set + ".partial/manifest.jsonl"));
  EXPECT_NE(run({"check", set}).status, 0);
  EXPECT_EQ(run({"simulate", "--count", "5", "--out", set}).status, 0) << "the next run is not disturbed";
  EXPECT_FALSE(fs::exists(set + ".partial"));
}

TEST(Simulate, ShowsProgressOnATerminalWhenItTakesLong) {
  const TemporaryFolder folder;
  const Outcome quick = run_on_terminal({"simulate", "--count", "3", "--out", folder.path("quick")}, {"TERM=xterm"});
  EXPECT_EQ(quick.out, "3 inputs in " + folder.path("quick") + "\n");
  // How many inputs take long depends on the machine and the build.
  Outcome slow;
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
  EXPECT_THAT(slow.out, HasSubstr("\x1b[Kclass")) << "the line is wiped before the table";
}

TEST(Check, MakesASetAndWritesNothing) {
  const Outcome outcome = run({"check", "--count", "500", "--seed", "9"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(lines_of(outcome.out).back(), ContainsRegex("^all .* 500 +0$"));
}

TEST(Check, SaysWhatDisagrees) {
  const TemporaryFolder folder;
  ASSERT_EQ(run({"simulate", "--out", folder.path("set"), "--hex", "--count", "50", "--malformed"}).status, 0);
  std::string manifest = read_file(folder.path("set/manifest.jsonl"));
  const std::string first = lines_of(manifest)[0];
  const std::string wrong = std::string(first).replace(first.find("\"offset\": "), 10, "\"offset\": 7");
  manifest.replace(0, first.size(), wrong);
  folder.write("set/manifest.jsonl", manifest);
  const Outcome outcome = run({"check", folder.path("set")});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.out, ContainsRegex("^s1-000000-[a-z0-9-]+: error.offset\n"));
  EXPECT_THAT(lines_of(outcome.out).back(), ContainsRegex("^all .* 50 +1$"));
}

TEST(Check, ASetThatCannotBeReadIsTrouble) {
  const TemporaryFolder folder;
  EXPECT_EQ(run({"check", folder.path()}).status, 2);
  fs::create_directory(folder.path("set"));
  const std::string good = R"({"label": "a", "format": "ndr20", "revision": 0, "verdict": "malformed", )";
  for (const std::string& line :
       {std::string("no json"), std::string("[]"), std::string(R"({"label": "a"})"), good + R"("hex": 7})",
        good + R"("hex": "0x"})", good + R"("file": "none"})", good + "\"fault\": null}",
        std::string(R"({"label": "a", "format": "ndr", "revision": 0, "verdict": "valid", "hex": ""})"),
        std::string(R"({"label": "a", "format": "ndr20", "revision": 2, "verdict": "valid", "hex": ""})")}) {
    folder.write("set/manifest.jsonl", line + '\n');
    const Outcome outcome = run({"check", folder.path("set")});
    EXPECT_EQ(outcome.status, 2) << line;
    EXPECT_THAT(outcome.err, HasSubstr(folder.path("set"))) << line;
  }
  folder.write("set/manifest.jsonl", "# a comment\n\n" + good + R"("error": {"code": "truncated"}, "hex": ""})" + '\n');
  EXPECT_THAT(run({"check", folder.path("set")}).out, ContainsRegex("all .* 1 +[01]\n"));
}

TEST(Check, TakesAFolderOrOptionsButNotBoth) {
  const TemporaryFolder folder;
  const Outcome outcome = run({"check", folder.path("set"), "--count", "5"});
  EXPECT_EQ(outcome.status, 2);
  EXPECT_THAT(outcome.err, HasSubstr("--count"));
}

TEST(List, PrintsWhatThereIs) {
  const auto count = [](const char* what) {
    const Outcome outcome = run({"list", what});
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

TEST(Corpus, IsWhatTheRepositoryKeeps) {
  const TemporaryFolder folder;
  const Outcome outcome = run({"corpus", folder.path("corpus")});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_THAT(outcome.out, ContainsRegex("^[0-9]+ seeds for 9 targets\n$"));
  const auto written = contents(folder.path("corpus"));
  for (const auto& [name, bytes] : contents(QMFORGE_CORPUS)) {
    if (name.find("/seed-") == std::string::npos) continue;  // what the fuzzers found
    const auto seed = written.find(name);
    ASSERT_NE(seed, written.end()) << name << " is no seed any more: run qmforge corpus corpus";
    EXPECT_EQ(seed->second, bytes) << name;
  }
  for (const auto& [name, bytes] : written) EXPECT_TRUE(fs::exists(fs::path(QMFORGE_CORPUS) / name)) << name;
}

TEST(Corpus, ReplacesSeedsAndKeepsWhatTheFuzzersFound) {
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
