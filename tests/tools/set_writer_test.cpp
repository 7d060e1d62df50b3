// How a labelled set is written to a folder: nothing half written looks complete.
#include "set_writer.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "qmforge/hex.h"
#include "qmforge/json.h"
#include "qmforge/sim/sets.h"

namespace qmforge::tools {
namespace {

namespace fs = std::filesystem;
using sim::LabelledInput;
using sim::make_set;

TEST(ManifestLine, IsTheResultAndWhereTheBytesAre) {
  make_set({.count = 1, .valid_only = true}, [](const LabelledInput& labelled) {
    const std::string json = to_json(labelled.result());
    EXPECT_EQ(manifest_line(labelled, "\"file\": \"x\""),
              json.substr(0, json.size() - 1) + ", \"file\": \"x\", \"fault\": null}");
    EXPECT_EQ(hex_location(labelled), "\"hex\": \"" + to_hex(labelled.bytes) + '"');
  });
  make_set({.count = 1, .malformed_only = true}, [](const LabelledInput& labelled) {
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
    make_set({.count = count}, [&](const LabelledInput& labelled) { writer.add(labelled); });
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
  make_set({.count = 3}, [&](const LabelledInput& labelled) {
    std::ifstream file(set() / "inputs" / "000" / (labelled.label + ".bin"), std::ios::binary);
    const std::string read{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(to_hex(std::as_bytes(std::span(read))), to_hex(labelled.bytes));
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
    make_set({.count = 5}, [&](const LabelledInput& labelled) { writer.add(labelled); });
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
      make_set({.count = 1000}, [&](const LabelledInput& labelled) { writer.add(labelled); });
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
}  // namespace qmforge::tools
