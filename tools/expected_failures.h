// The list of inputs that a program is known to get wrong.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace qmforge::tools {

/// One label a line; `*` in it stands for any characters; blank lines and lines that begin with # are skipped. A line
/// holds only while every input that it names fails, and there is one.
class ExpectedFailures {
 public:
  ExpectedFailures() = default;
  /// Throws a Failure when the file cannot be read.
  explicit ExpectedFailures(const std::string& path);

  /// Records how an input came out. Returns whether the list names it.
  bool record(std::string_view label, bool failed);
  /// A sentence for each line that does not hold. `all_inputs` is false when only some inputs were compared: a line
  /// that names none of them may be right.
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
