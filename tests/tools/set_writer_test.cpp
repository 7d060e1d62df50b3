// Writing a labelled set to a folder: an incomplete set never looks complete, and no other files are lost.
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
#include "set_folder.h"
#include "support/temporary_folder.h"

namespace qmforge::tools {
namespace {

namespace fs = std::filesystem;
using sim::LabelledInput;
using sim::make_set;

TEST(ManifestLine, HasTheResultAndTheLocationOfTheBytes) {
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
  [[nodiscard]] fs::path set() const { return folder_ / "set"; }

  static void write(const fs::path& path, std::uint64_t count, SetWriter::Bytes bytes, bool replace = false) {
    SetWriter writer(path, bytes, replace);
    make_set({.count = count}, [&](const LabelledInput& labelled) { writer.add(writer.render(labelled)); });
    EXPECT_EQ(writer.size(), count);
    EXPECT_FALSE(fs::exists(path) && !replace && !fs::is_empty(path)) << "complete before it is";
    writer.finish();
  }

  static std::size_t lines(const fs::path& path) {
    std::ifstream file(path / "manifest.jsonl");
    return static_cast<std::size_t>(std::count(std::istreambuf_iterator<char>(file), {}, '\n')) -
           1;  // the closing line
  }
  // The files beside the set whose names begin like the set's.
  [[nodiscard]] std::vector<std::string> leftovers() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_))
      if (entry.path().filename().string().starts_with("set.")) names.push_back(entry.path().filename().string());
    return names;
  }
  static void add(SetWriter& writer, std::uint64_t count) {
    make_set({.count = count}, [&](const LabelledInput& labelled) { writer.add(writer.render(labelled)); });
  }

  const testing::TemporaryFolder temporary_;
  const fs::path folder_ = temporary_.path();
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
  EXPECT_TRUE(leftovers().empty());
}

TEST_F(SetWriterTest, WritesHexIntoTheManifest) {
  write(set(), 100, SetWriter::Bytes::inManifest);
  EXPECT_EQ(lines(set()), 100U);
  EXPECT_FALSE(fs::exists(set() / "inputs"));
}

TEST_F(SetWriterTest, AcceptsAnEmptyFolderAndATrailingSlash) {
  fs::create_directory(set());
  write(set() / "", 10, SetWriter::Bytes::inManifest);
  EXPECT_EQ(lines(set()), 10U);
}

TEST_F(SetWriterTest, RejectsANonEmptyFolder) {
  fs::create_directory(set());
  std::ofstream(set() / "precious") << "not ours";
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, false), UnsuitableFolder);
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, true), UnsuitableFolder) << "not a set, so not replaced";
  EXPECT_TRUE(fs::exists(set() / "precious"));
  EXPECT_TRUE(leftovers().empty());
}

TEST_F(SetWriterTest, RejectsAFile) {
  std::ofstream(set()) << "not ours";
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, true), UnsuitableFolder);
  EXPECT_TRUE(fs::is_regular_file(set()));
}

TEST_F(SetWriterTest, ReplacesASetOnRequest) {
  write(set(), 10, SetWriter::Bytes::inFiles);
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, false), UnsuitableFolder);
  EXPECT_EQ(lines(set()), 10U);
  write(set(), 20, SetWriter::Bytes::inManifest, true);
  EXPECT_EQ(lines(set()), 20U);
  EXPECT_FALSE(fs::exists(set() / "inputs"));
}

TEST_F(SetWriterTest, AnUnfinishedSetDoesNotAppear) {
  {
    SetWriter writer(set(), SetWriter::Bytes::inFiles, false);
    make_set({.count = 5}, [&](const LabelledInput& labelled) { writer.add(writer.render(labelled)); });
    EXPECT_FALSE(fs::exists(set()));
    ASSERT_EQ(leftovers().size(), 1U);
    EXPECT_FALSE(fs::exists(folder_ / leftovers()[0] / "manifest.jsonl")) << "looks complete";
  }
  EXPECT_FALSE(fs::exists(set()));
  EXPECT_TRUE(leftovers().empty());
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

TEST_F(SetWriterTest, NamesTheFileThatCannotBeWrittenAndTheReason) {
  std::optional<fs::filesystem_error> error;
  {
    const SmallFiles small;
    try {
      SetWriter writer(set(), SetWriter::Bytes::inManifest, false);
      make_set({.count = 1000}, [&](const LabelledInput& labelled) { writer.add(writer.render(labelled)); });
      writer.finish();
    } catch (const fs::filesystem_error& thrown) {
      error = thrown;
    }
  }
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), std::errc::file_too_large);
  EXPECT_EQ(error->path1().filename(), "manifest.jsonl.partial");
  EXPECT_FALSE(fs::exists(set()));
  EXPECT_TRUE(leftovers().empty()) << "cleared away";
}

TEST_F(SetWriterTest, LeavesFoldersOfSimilarNamesAlone) {
  fs::create_directories(folder_ / "set.partial" / "inputs");
  std::ofstream(folder_ / "set.partial" / "precious") << "not ours";
  write(set(), 5, SetWriter::Bytes::inManifest);
  EXPECT_TRUE(fs::exists(folder_ / "set.partial" / "precious"));
}

TEST_F(SetWriterTest, ReplacesOnlyTheFilesOfASet) {
  write(set(), 10, SetWriter::Bytes::inFiles);
  const auto is_rejected = [&] {
    try {
      const SetWriter writer(set(), SetWriter::Bytes::inManifest, true);
      return false;
    } catch (const UnsuitableFolder&) {
      return true;
    }
  };
  EXPECT_FALSE(is_rejected());
  for (const char* const name : {"notes.txt", "inputs/notes.txt", "inputs/000/mine.bin"}) {
    std::ofstream(set() / name) << "not ours";
    EXPECT_TRUE(is_rejected()) << name;
    EXPECT_TRUE(fs::exists(set() / name)) << name;
    fs::remove(set() / name);
  }
  fs::create_directory(set() / "inputs" / "mine");
  EXPECT_TRUE(is_rejected()) << "a folder of another name";
  fs::remove(set() / "inputs" / "mine");
  fs::create_directory_symlink(folder_, set() / "inputs" / "001");
  EXPECT_TRUE(is_rejected()) << "a symbolic link";
  fs::remove(set() / "inputs" / "001");
  std::ofstream(set() / "manifest.jsonl") << "{\"file\": \"picture.png\"}\n";
  EXPECT_TRUE(is_rejected()) << "a manifest of another program";
}

TEST_F(SetWriterTest, KeepsFilesAddedToTheOldSetMeanwhile) {
  write(set(), 10, SetWriter::Bytes::inFiles);
  SetWriter writer(set(), SetWriter::Bytes::inManifest, true);
  add(writer, 20);
  std::ofstream(set() / "precious") << "not ours";
  EXPECT_THROW(static_cast<void>(writer.finish()), UnsuitableFolder);
  EXPECT_TRUE(fs::exists(set() / "precious"));
  EXPECT_EQ(lines(set()), 10U) << "the old set is whole";
}

TEST_F(SetWriterTest, NamesTheFolderOfAnOldSetThatCannotBeRemoved) {
  write(set(), 10, SetWriter::Bytes::inManifest);
  fs::permissions(set(), fs::perms::owner_read | fs::perms::owner_exec);
  SetWriter writer(set(), SetWriter::Bytes::inManifest, true);
  add(writer, 20);
  const auto kept = writer.finish();
  EXPECT_EQ(lines(set()), 20U);
  if (!kept) GTEST_SKIP() << "the user of this test may remove every file (root)";
  EXPECT_EQ(kept->reason, "Permission denied");
  fs::permissions(kept->folder, fs::perms::owner_all);
  EXPECT_EQ(lines(kept->folder), 10U);
}

TEST_F(SetWriterTest, TwoRunsIntoOneFolderDoNotMix) {
  SetWriter one(set(), SetWriter::Bytes::inFiles, false);
  SetWriter other(set(), SetWriter::Bytes::inManifest, false);
  add(one, 10);
  add(other, 20);
  one.finish();
  EXPECT_THROW(static_cast<void>(other.finish()), UnsuitableFolder);
  EXPECT_EQ(lines(set()), 10U);
}

TEST_F(SetWriterTest, TheLastOfTwoReplacementsRemains) {
  write(set(), 5, SetWriter::Bytes::inFiles);
  {
    SetWriter one(set(), SetWriter::Bytes::inFiles, true);
    SetWriter other(set(), SetWriter::Bytes::inManifest, true);
    add(one, 10);
    add(other, 20);
    one.finish();
    other.finish();
  }
  EXPECT_EQ(lines(set()), 20U);
  EXPECT_FALSE(fs::exists(set() / "inputs"));
  EXPECT_TRUE(leftovers().empty());
}

TEST_F(SetWriterTest, TheTargetOfASymbolicLinkIsWritten) {
  fs::create_directory(folder_ / "real");
  fs::create_directory_symlink(folder_ / "real", set());
  write(set() / "", 5, SetWriter::Bytes::inManifest);
  write(set(), 6, SetWriter::Bytes::inManifest, true);
  EXPECT_TRUE(fs::is_symlink(set()));
  EXPECT_EQ(lines(folder_ / "real"), 6U);
  fs::remove(set());
  fs::create_symlink(folder_ / "nowhere", set());
  EXPECT_THROW(SetWriter(set(), SetWriter::Bytes::inManifest, true), UnsuitableFolder);
}

TEST_F(SetWriterTest, RejectsTheCurrentFolder) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_);
  for (const fs::path& name :
       {fs::path("."), fs::path("./"), folder_, fs::path("../") / folder_.filename(), fs::path()})
    EXPECT_THROW(SetWriter(name, SetWriter::Bytes::inManifest, true), UnsuitableFolder) << name;
  write("set", 5, SetWriter::Bytes::inManifest);
  EXPECT_EQ(lines(set()), 5U);
  fs::current_path(before);
}

TEST(ClosingLine, CountsInputsAndDigestsLinesAndFiles) {
  ClosingLine none;
  EXPECT_EQ(
      none.text(),
      R"({"inputs": 0, "digest": "blake2b-256:0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"})");
  ClosingLine two;
  two.add("one");
  two.add("two", "bytes");
  Blake2b digest;
  digest.update("one\ntwo\nbytes");
  EXPECT_EQ(two.text(), R"({"inputs": 2, "digest": "blake2b-256:)" + digest.finish() + "\"}");
  EXPECT_TRUE(is_closing_line(none.text()));
  EXPECT_FALSE(is_closing_line(R"({"label": "a"})"));
}

// b2sum --length 256
TEST(Blake2b, IsRfc7693) {
  const auto digest = [](const std::string& text, std::size_t piece) {
    Blake2b hash;
    for (std::size_t i = 0; i < text.size(); i += piece) hash.update(std::string_view(text).substr(i, piece));
    return hash.finish();
  };
  EXPECT_EQ(digest("abc", 3), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  for (const std::size_t size : {127U, 128U, 129U, 256U, 1000U}) {
    const std::string text(size, 'x');
    EXPECT_EQ(digest(text, 1), digest(text, size)) << size;
    EXPECT_EQ(digest(text, 100), digest(text, size)) << size;
  }
  EXPECT_EQ(digest(std::string(128, 'x'), 128), "164ffb7089bae6f5a62fb0795e751dc9e88eac92e1a5b2fafe93a25abf2d9c3b");
  EXPECT_EQ(digest(std::string(1000, 'x'), 1000), "ab75119ede14ef06ebf31f745fb655ed006cccfe8054c635308a557f7c9beaba");
}

}  // namespace
}  // namespace qmforge::tools
