// Collects results of inputs, prints disagreements, and writes a table, a summary or a JUnit file.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.h"
#include "console.h"
#include "difference.h"
#include "junit.h"
#include "output_file.h"
#include "progress.h"
#include "tally.h"

namespace qmforge::tools {

/// What `check` and `conform` print and write, and of which inputs.
struct ReportOptions {
  bool all = false;
  bool quiet = false;
  bool json = false;
  std::string only;
  std::string junit;
  std::string summary;
};

/// --all, --only, --quiet, --json, --summary, --junit
void add_report_options(Command command, ReportOptions& options);

/// One input that was compared.
struct Comparison {
  std::string label;
  std::string input_class;
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  std::vector<std::byte> bytes;  // needed where there is a difference
  std::optional<Difference> difference;
};

class Disagreements {
 public:
  /// `command` names the run in the files. `total` is the number of inputs; 0: unknown. The constructor opens the
  /// files, so that an error shows before the work.
  Disagreements(std::string command, const ReportOptions& options, std::uint64_t total, Console& console);

  /// Whether --only selects the label. It must be asked for each input.
  [[nodiscard]] bool selects(std::string_view label);
  /// An expected failure counts in the table; it is not printed and does not change the exit code.
  void add(Comparison compared, bool is_expected_failure = false);
  void skip() { ++skipped_; }
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
  [[nodiscard]] std::uint64_t compared() const { return tally_.total().inputs; }

  /// Prints the table and writes the files. The exit code becomes ExitCode::mismatch if there was an unexpected
  /// disagreement. Throws a Failure if --only selected nothing.
  void report();

 private:
  static constexpr std::uint64_t shown_at_first = 10;
  static constexpr std::size_t most_listed = 10'000;  // in the files

  [[nodiscard]] std::string summary() const;
  [[nodiscard]] std::string text() const;

  std::string command_;
  const ReportOptions& options_;
  Console& console_;
  std::unique_ptr<OutputFile> junit_;
  std::unique_ptr<OutputFile> summary_;
  std::unique_ptr<Progress> progress_;
  Tally tally_;
  std::vector<Disagreement> listed_;
  std::uint64_t selected_ = 0;
  std::uint64_t unexpected_ = 0;
  std::uint64_t expected_ = 0;
  std::uint64_t skipped_ = 0;
};

}  // namespace qmforge::tools
