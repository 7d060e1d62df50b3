// Labelled sets: the same for the same options, whole in shards, and written so that nothing half looks complete.
#include "qmforge/sim/sets.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/subject.h"

namespace qmforge::sim {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::vector<std::byte>> inputs(const SetOptions& options) {
  std::map<std::string, std::vector<std::byte>> all;
  make_set(options, [&](const Labelled& labelled) {
    EXPECT_TRUE(all.emplace(labelled.label, labelled.bytes).second) << labelled.label << " twice";
  });
  return all;
}

TEST(MakeSet, CountsAndLabels) {
  for (const std::uint64_t count : {0U, 1U, 63U, 64U, 65U, 1000U}) {
    EXPECT_EQ(inputs({.count = count}).size(), count);
    EXPECT_EQ(set_size({.count = count}), count);
  }
}

TEST(MakeSet, ALongerSetBeginsWithTheShorterOne) {
  const auto all = inputs({.count = 300});
  for (const auto& [label, bytes] : inputs({.count = 100})) EXPECT_EQ(all.at(label), bytes);
}

TEST(MakeSet, SeedsDiffer) {
  const auto one = inputs({.seed = 1, .count = 64});
  const auto two = inputs({.seed = 2, .count = 64});
  EXPECT_FALSE(
      std::ranges::equal(one, two, {}, [](const auto& p) { return p.second; }, [](const auto& p) { return p.second; }));
}

TEST(MakeSet, ShardsAreDisjointAndMakeUpTheWhole) {
  const auto whole = inputs({.count = 500});
  for (const std::uint64_t shards : {2U, 7U, 64U, 130U, 600U}) {
    std::map<std::string, std::vector<std::byte>> together;
    for (std::uint64_t shard = 1; shard <= shards; ++shard) {
      const SetOptions options{.count = 500, .shard = shard, .shards = shards};
      const auto part = inputs(options);
      EXPECT_EQ(part.size(), set_size(options)) << shard << '/' << shards;
      for (const auto& input : part) EXPECT_TRUE(together.insert(input).second) << input.first;
    }
    EXPECT_EQ(together, whole) << shards;
  }
}

TEST(MakeSet, AProfileIsKept) {
  make_set({.count = 500, .validOnly = true}, [](const Labelled& l) { ASSERT_EQ(l.verdict, Verdict::valid); });
  make_set({.count = 500, .malformedOnly = true}, [](const Labelled& l) { ASSERT_EQ(l.verdict, Verdict::malformed); });
  make_set({.count = 500, .profile = {.format = Format::ndr64, .revision = Revision::r1}}, [](const Labelled& l) {
    ASSERT_EQ(l.format, Format::ndr64);
    ASSERT_EQ(l.revision, Revision::r1);
  });
}

TEST(MakeSet, AValidEventMayBeBrokenToo) {
  SetOptions options{.count = 2000, .malformedOnly = true};
  options.profile.soundness = Soundness::valid;
  make_set(options, [](const Labelled& labelled) {
    ASSERT_EQ(labelled.verdict, Verdict::malformed);
    ASSERT_EQ(difference(labelled, ours), "") << manifest_line(labelled, hex_location(labelled));
  });
}

TEST(MakeSet, NumbersGoOnWhereTheirDigitsEnd) {
  // A shard of one input, the last: nothing before its swarm is made.
  const auto last = inputs({.count = 1000001, .shard = 1000001, .shards = 1000001});
  ASSERT_EQ(last.size(), 1U);
  EXPECT_TRUE(last.begin()->first.starts_with("s1-1000000-")) << last.begin()->first;
}

// --- exhaustive sets

TEST(ExhaustiveSet, HasWhatTheOptionsAllow) {
  Labelled labelled;
  labelled.format = Format::ndr64;
  labelled.revision = Revision::r1;
  const auto allowed = [&](Verdict verdict, const SetOptions& options) {
    labelled.verdict = verdict;
    return allows(options, labelled);
  };
  for (const Verdict verdict : {Verdict::malformed, Verdict::invalid, Verdict::valid}) {
    EXPECT_TRUE(allowed(verdict, {}));
    EXPECT_TRUE(allowed(verdict, {.profile = {.format = Format::ndr64, .revision = Revision::r1}}));
    EXPECT_FALSE(allowed(verdict, {.profile = {.format = Format::ndr20, .revision = Revision::r1}}));
    EXPECT_FALSE(allowed(verdict, {.profile = {.format = Format::ndr64, .revision = Revision::r0}}));
    EXPECT_EQ(allowed(verdict, {.validOnly = true}), verdict == Verdict::valid);
    EXPECT_EQ(allowed(verdict, {.malformedOnly = true}), verdict == Verdict::malformed);
  }
}

/// The labels of the first inputs.
std::vector<std::string> first_labels(const SetOptions& options, std::size_t count) {
  struct Enough {};
  std::vector<std::string> labels;
  const auto take = [&](const Labelled& labelled) {
    labels.push_back(labelled.label);
    if (labels.size() == count) throw Enough();
  };
  EXPECT_THROW(make_set(options, take), Enough);
  return labels;
}

TEST(ExhaustiveSet, IsNumberedInTheOrderOfTheWalkAndDealtToShards) {
  SetOptions options{.exhaustive = true, .profile = {.format = Format::native32}};
  EXPECT_EQ(set_size(options), 0U) << "counted as it comes";
  const auto whole = first_labels(options, 6);
  EXPECT_EQ(whole.front(), "x0000000-native32-r0-valid");
  EXPECT_EQ(whole.back(), "x0000005-native32-r0-valid");
  options.shards = 2;
  EXPECT_EQ(first_labels(options, 3), (std::vector<std::string>{whole[0], whole[2], whole[4]}));
  options.shard = 2;
  EXPECT_EQ(first_labels(options, 3), (std::vector<std::string>{whole[1], whole[3], whole[5]}));
}

TEST(MakeSet, TheMixIsKept) {
  for (const std::uint32_t percent : {0U, 10U, 50U, 100U}) {
    std::uint64_t malformed = 0;
    SetOptions options{.count = 4000};
    options.profile.malformedPercent = percent;
    make_set(options, [&](const Labelled& l) { malformed += l.verdict == Verdict::malformed; });
    EXPECT_NEAR(static_cast<double>(malformed), 40.0 * percent, percent == 0 || percent == 100 ? 0 : 150) << percent;
  }
}

TEST(MakeSet, EveryFaultTurnsUp) {
  std::set<std::string> seen;
  make_set({.count = 8000}, [&](const Labelled& l) { seen.insert(l.fault); });
  for (const FaultInfo& fault : fault_catalogue())
    EXPECT_EQ(seen.contains(std::string(fault.name)), !fault.codes.empty()) << fault.name;
}

TEST(MakeSet, DecoderAndValidatorAgree) {
  Tally tally;
  make_set({.seed = 99, .count = 20000}, [&](const Labelled& labelled) {
    const std::string_view wrong = difference(labelled, ours);
    tally.add(input_class(labelled.fault, name(labelled.verdict)), labelled.format, wrong.empty());
    EXPECT_EQ(wrong, "") << manifest_line(labelled, hex_location(labelled));
  });
  EXPECT_EQ(tally.disagreements(), 0U) << tally.table();
}

TEST(MakeSet, LabelsAreFileNamesEverywhere) {
  std::set<std::string> names;
  make_set({.count = 3000}, [&](const Labelled& labelled) {
    ASSERT_EQ(labelled.label.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos)
        << labelled.label;
    ASSERT_LT(labelled.label.size(), 120U);
    ASSERT_TRUE(names.insert(labelled.label).second);
  });
}

TEST(ManifestLine, IsTheResultAndWhereTheBytesAre) {
  make_set({.count = 1, .validOnly = true}, [](const Labelled& labelled) {
    const std::string json = to_json(labelled.result());
    EXPECT_EQ(manifest_line(labelled, "\"file\": \"x\""),
              json.substr(0, json.size() - 1) + ", \"file\": \"x\", \"fault\": null}");
    EXPECT_EQ(hex_location(labelled), "\"hex\": \"" + hex(labelled.bytes) + '"');
  });
  make_set({.count = 1, .malformedOnly = true}, [](const Labelled& labelled) {
    EXPECT_TRUE(manifest_line(labelled, "").ends_with(", \"fault\": \"" + labelled.fault + "\"}"));
  });
}

class SetWriterTest : public ::testing::Test {
 protected:
  SetWriterTest()
      : folder_(fs::temp_directory_path() /
                ("qmforge-sets-test-" + std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) +
                 std::to_string(::testing::UnitTest::GetInstance()->random_seed()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~SetWriterTest() override { fs::remove_all(folder_); }
  SetWriterTest(const SetWriterTest&) = delete;
  SetWriterTest& operator=(const SetWriterTest&) = delete;

  [[nodiscard]] fs::path set() const { return folder_ / "set"; }

  static void write(const fs::path& path, std::uint64_t count, SetWriter::Bytes bytes, bool replace = false) {
    SetWriter writer(path, bytes, replace);
    make_set({.count = count}, [&](const Labelled& labelled) { writer.add(labelled); });
    EXPECT_EQ(writer.size(), count);
    EXPECT_FALSE(fs::exists(path) && !replace && !fs::is_empty(path)) << "complete before it is";
    writer.finish();
  }

  static std::size_t lines(const fs::path& path) {
    std::ifstream file(path / "manifest.jsonl");
    return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(file), {}, '\n'));
  }

  fs::path folder_;
};

TEST_F(SetWriterTest, WritesAManifestAndAFileForEachInput) {
  write(set(), 2100, SetWriter::Bytes::inFiles);
  EXPECT_EQ(lines(set()), 2100U);
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(set() / "inputs")) files += entry.is_regular_file();
  EXPECT_EQ(files, 2100U);
  EXPECT_TRUE(fs::exists(set() / "inputs" / "002"));
  make_set({.count = 3}, [&](const Labelled& labelled) {
    std::ifstream file(set() / "inputs" / "000" / (labelled.label + ".bin"), std::ios::binary);
    const std::string read{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(hex(std::as_bytes(std::span(read))), hex(labelled.bytes));
  });
  EXPECT_FALSE(fs::exists(folder_ / "set.partial"));
}

TEST_F(SetWriterTest, WritesHexIntoTheManifest) {
  write(set(), 100, SetWriter::Bytes::inManifest);
  EXPECT_EQ(lines(set()), 100U);
  EXPECT_FALSE(fs::exists(set() / "inputs"));
}

TEST_F(SetWriterTest, AnEmptyFolderAndASlashAtTheEndWillDo) {
  fs::create_directory(set());
  write(set() / "", 10, SetWriter::Bytes::inManifest);
  EXPECT_EQ(lines(set()), 10U);
}

TEST_F(SetWriterTest, RefusesAFolderThatHoldsSomething) {
  fs::create_directory(set());
  std::ofstream(set() / "precious") << "not ours";
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, false), fs::filesystem_error);
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, true), fs::filesystem_error) << "no set, so not replaced";
  EXPECT_TRUE(fs::exists(set() / "precious"));
  EXPECT_FALSE(fs::exists(folder_ / "set.partial"));
}

TEST_F(SetWriterTest, RefusesAFile) {
  std::ofstream(set()) << "not ours";
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, true), fs::filesystem_error);
  EXPECT_TRUE(fs::is_regular_file(set()));
}

TEST_F(SetWriterTest, ReplacesASetWhenTold) {
  write(set(), 10, SetWriter::Bytes::inFiles);
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, false), fs::filesystem_error);
  EXPECT_EQ(lines(set()), 10U);
  write(set(), 20, SetWriter::Bytes::inManifest, true);
  EXPECT_EQ(lines(set()), 20U);
  EXPECT_FALSE(fs::exists(set() / "inputs"));
}

TEST_F(SetWriterTest, WhatIsNotFinishedIsNotThere) {
  {
    SetWriter writer(set(), SetWriter::Bytes::inFiles, false);
    make_set({.count = 5}, [&](const Labelled& labelled) { writer.add(labelled); });
    EXPECT_FALSE(fs::exists(set()));
    EXPECT_FALSE(fs::exists(folder_ / "set.partial" / "manifest.jsonl")) << "looks complete";
  }
  EXPECT_FALSE(fs::exists(set()));
  EXPECT_FALSE(fs::exists(folder_ / "set.partial"));
}

// Files may grow to 64 KiB here and no further; beyond, writing fails as it does on a full disk.
class SmallFiles {
 public:
  SmallFiles() {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{64 << 10, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

TEST_F(SetWriterTest, SaysWhichFileCannotBeWrittenAndWhy) {
  std::optional<fs::filesystem_error> error;
  {
    const SmallFiles small;
    try {
      SetWriter writer(set(), SetWriter::Bytes::inManifest, false);
      make_set({.count = 1000}, [&](const Labelled& labelled) { writer.add(labelled); });
      writer.finish();
    } catch (const fs::filesystem_error& thrown) {
      error = thrown;
    }
  }
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), std::errc::file_too_large);
  EXPECT_EQ(error->path1(), folder_ / "set.partial" / "manifest.jsonl.partial");
  EXPECT_FALSE(fs::exists(set()));
  EXPECT_FALSE(fs::exists(folder_ / "set.partial")) << "cleared away";
}

TEST_F(SetWriterTest, WhatAnInterruptedRunLeftIsRemoved) {
  fs::create_directories(folder_ / "set.partial" / "inputs");
  std::ofstream(folder_ / "set.partial" / "manifest.jsonl.partial") << "half a li";
  write(set(), 5, SetWriter::Bytes::inManifest);
  EXPECT_EQ(lines(set()), 5U);
  EXPECT_FALSE(fs::exists(set() / "inputs"));
}

}  // namespace
}  // namespace qmforge::sim
