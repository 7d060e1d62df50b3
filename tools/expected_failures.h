// The list of what a program is known to get wrong, which must itself stay true.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace qmforge::tools {

/// One label a line; `*` in it stands for any characters; blank lines and lines that begin with # are passed over.
class ExpectedFailures {
 public:
  ExpectedFailures() = default;
  /// Throws a Failure when the file cannot be read.
  explicit ExpectedFailures(const std::string& path);

  /// Takes down how an input came out. Returns whether that was to be expected.
  [[nodiscard]] bool judge(std::string_view label, bool failed);
  /// What is no longer true of the list: sentences. Empty when each line still stands for failures, and for those
  /// alone.
  [[nodiscard]] std::vector<std::string> falsehoods() const;
  [[nodiscard]] std::size_t failures() const { return failures_; }

 private:
  struct Pattern {
    std::string text;
    std::size_t failed = 0;
    std::size_t passed = 0;
    std::string first_passed{};  // the label of the first input that passed although it is listed
  };

  std::vector<Pattern> patterns_;
  std::size_t failures_ = 0;
};

/// Whether `*` in the pattern can be replaced so that it is the text.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace qmforge::tools
