// The command line, files that cannot be read, and output that cannot be written: exit status 2 and a clear message.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "console.h"
#include "input.h"
#include "process.h"

namespace qmforge {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::ProcessResult;
using testing::run;
using ::testing::StartsWith;
using testing::TemporaryFolder;

void expect_error(const ProcessResult& result, const std::string& message) {
  EXPECT_EQ(result.status, 2) << message;
  EXPECT_EQ(result.out, "");
  EXPECT_THAT(result.err, StartsWith("qmforge: "));
  EXPECT_THAT(result.err, HasSubstr(message));
  EXPECT_THAT(result.err, EndsWith("\n"));
}

TEST(CommandLine, PrintsHelpAndVersion) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--help"}, {"-h"}, {"decode", "--help"}, {"encode", "-h"}}) {
    const ProcessResult result = run(arguments);
    EXPECT_EQ(result.status, 0);
    EXPECT_EQ(result.err, "");
    EXPECT_THAT(result.out, HasSubstr("Usage: qmforge"));
    EXPECT_THAT(result.out, HasSubstr("Exit status: "));
  }
  EXPECT_THAT(run({"decode", "--help"}).out, HasSubstr("Examples:\n  qmforge decode event.bin\n"));
  const ProcessResult version = run({"--version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_THAT(version.out, ::testing::MatchesRegex("qmforge [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(CommandLine, IsChecked) {
  expect_error(run({}), "missing command");
  expect_error(run({"unknown"}), "unknown command 'unknown' (see qmforge --help)");
  expect_error(run({""}), "unknown command ''");
  expect_error(run({"decode"}), "missing FILE");
  expect_error(run({"decode", "--unknown", "-"}), "--unknown");
  expect_error(run({"decode", "--format", "ndr", "-"}),
               "--format: invalid value 'ndr'; expected one of auto|ndr20|ndr20-body|ndr64|native64|native32");
  expect_error(run({"decode", "--format"}), "--format");
  for (const std::string revision : {"2", "-1", "x", "01"})
    expect_error(run({"decode", "--revision=" + revision, "-"}),
                 "--revision: invalid value '" + revision + "'; expected 0 or 1");
  for (const std::string base : {"", "0x", "x", "-1", "1g", "0x10000000000000000", "18446744073709551616", "1 "})
    expect_error(run({"decode", "--base=" + base, "-"}), "--base");
  expect_error(run({"decode", "--base", "0x100000000", "--format", "native32", "-"}),
               "--base: the address is above 0xffffffff, the last one of native32");
  // An option without effect is an error.
  for (const std::string format : {"ndr20", "ndr20-body", "ndr64"})
    for (const std::string command : {"decode", "encode"})
      expect_error(run({command, "--base", "0x20000", "--format", format, "-"}),
                   "--base: has no effect on " + format + "; expected native64 or native32");
  expect_error(run({"encode", "--format", "auto", "-"}), "--format: invalid value 'auto'");
  expect_error(run({"encode"}), "missing FILE");
}

TEST(Input, ThatCannotBeReadIsNamed) {
  const TemporaryFolder folder;
  const std::string missing = folder.path("missing");
  for (const std::string command : {"decode", "encode"}) {
    expect_error(run({command, missing}), missing + ": No such file or directory");
    expect_error(run({command, "--hex", folder.path()}), folder.path() + ": is a directory");
  }
}

TEST(Input, ThatMayNotBeReadIsNamed) {
  const TemporaryFolder folder;
  const std::string secret = folder.write("secret", "x");
  std::filesystem::permissions(secret, std::filesystem::perms::none);
  const ProcessResult result = run({"decode", secret});
  if (result.err.empty()) GTEST_SKIP() << "the user of this test may read every file (root)";
  expect_error(result, secret + ": Permission denied");
}

TEST(Input, Of4GiBIsRejectedUnreadAsAnEvent) {
  const TemporaryFolder folder;
  const std::string file = folder.write("large", "");
  std::error_code error;
  std::filesystem::resize_file(file, 4294967296, error);  // a hole
  if (error) GTEST_SKIP() << "no file of 4 GiB can be made here: " << error.message();
  expect_error(run({"decode", "--json", file}), file + ": the file has 4 GiB or more; an event has less");
}

// Lines are read one by one, however large the file is.
TEST(Input, Of4GiBIsReadAsLines) {
  const TemporaryFolder folder;
  const std::string file = folder.write("large", "first\nsecond\n");
  std::error_code error;
  std::filesystem::resize_file(file, 5000000000, error);  // a hole: one very long line
  if (error) GTEST_SKIP() << "no file of 5 GB can be made here: " << error.message();
  tools::Input input(file);
  tools::LineReader lines(input, [] {}, 1U << 20);
  std::string_view line;
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line, "first");
  ASSERT_TRUE(lines.next(line));
  EXPECT_EQ(line, "second");
  try {
    static_cast<void>(lines.next(line));
    FAIL() << "the longest line is 1 MiB";
  } catch (const tools::Failure& failure) {
    EXPECT_EQ(failure.what(), file + ": line 3 is longer than 1048576 bytes");
  }
  EXPECT_TRUE(lines.has_failed());
}

TEST(Input, CanBePeekedBeforeItIsRead) {
  const TemporaryFolder folder;
  tools::Input input(folder.write("a", "abcdef"));
  EXPECT_FALSE(input.starts_with("abx"));
  EXPECT_TRUE(input.starts_with("abcd"));
  EXPECT_FALSE(input.starts_with("abcdefg"));
  std::vector<std::byte> bytes;
  input.read_all(bytes);
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()), "abcdef");
}

TEST(Input, ThatCannotBeReadDoesNotStopTheRest) {
  const TemporaryFolder folder;
  const std::string file = folder.write("a", "");
  const ProcessResult result = run({"decode", "--json", folder.path("missing"), file});
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, HasSubstr("missing"));
  EXPECT_THAT(result.out, HasSubstr("\"verdict\": \"malformed\""));
}

TEST(Output, ThatCannotBeWrittenIsAnError) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full";
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"decode", "--json", "-"}, {"decode", "-"}, {"--help"}, {"--version"}}) {
    const ProcessResult result = testing::run_into("/dev/full", arguments);
    EXPECT_EQ(result.status, 2);
    EXPECT_EQ(result.err, "qmforge: cannot write to standard output: No space left on device\n");
  }
  const ProcessResult closed = testing::run_into("", {"decode", "--json", "-"});
  EXPECT_EQ(closed.status, 2);
  EXPECT_EQ(closed.err, "qmforge: cannot write to standard output: Bad file descriptor\n");
}

TEST(Output, OfErrorsFollowsTheResultsBeforeThem) {
  const TemporaryFolder folder;
  const std::string file = folder.write("a", "");
  const std::string out = testing::run_on_terminal({"decode", "--json", file, folder.path("missing"), file}).out;
  const std::vector<std::string> lines = testing::lines_of(out);
  ASSERT_EQ(lines.size(), 3U) << out;
  EXPECT_TRUE(lines[0].starts_with("{")) << out;
  EXPECT_TRUE(lines[1].starts_with("qmforge: ")) << out;
  EXPECT_TRUE(lines[2].starts_with("{")) << out;
}

TEST(Output, IntoAClosedPipeIsAnError) {
  std::string lines;
  for (int i = 0; i < 20000; ++i) lines += "label 00\n";
  const ProcessResult result = testing::run_into_closed_pipe({"decode", "--json", "--hex", "-"}, lines);
  EXPECT_EQ(result.out, "{");
  EXPECT_EQ(result.status, 2);
  EXPECT_EQ(result.err, "qmforge: cannot write to standard output: Broken pipe\n");
}

}  // namespace
}  // namespace qmforge
