// The list of inputs that a program is known to answer wrongly.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace qmforge::tools {

/// One label a line; `*` stands for any characters; blank lines and lines that begin with # are skipped. A line is
/// violated if an input that it names passes, or if it names no input.
class ExpectedFailures {
 public:
  ExpectedFailures() = default;
  /// Throws a Failure when the file cannot be read.
  explicit ExpectedFailures(const std::string& path);

  /// Records the result of an input. Returns whether the list names the input.
  bool record(std::string_view label, bool failed);
  /// A sentence for each violated line. `all_inputs` is false if only some inputs were compared: then a line may name
  /// none of them.
  [[nodiscard]] std::vector<std::string> violations(bool all_inputs) const;

 private:
  struct Entry {
    std::string text;
    std::size_t failed = 0;
    std::size_t passed = 0;
    std::string first_passed{};  // the label of the first input that passed although the line names it

    void record(std::string_view label, bool has_failed);
  };

  std::vector<Entry> entries_;                           // in the order of the file
  std::unordered_map<std::string, std::size_t> labels_;  // entries without a star
  std::vector<std::size_t> patterns_;                    // entries with one
};

}  // namespace qmforge::tools
