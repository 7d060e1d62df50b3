#include "expected_failures.h"

#include "hex_line.h"
#include "input.h"

namespace qmforge::tools {

bool matches(std::string_view pattern, std::string_view text) {
  // The star that was met last, and where in the text it ends for now: when the rest does not fit, it takes one more.
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;
  std::size_t p = 0;
  std::size_t t = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      taken = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

ExpectedFailures::ExpectedFailures(const std::string& path) {
  Input input(path);
  LineReader lines(input, [] {});
  for (std::string_view line; lines.next(line);)
    if (!is_passed_over(line)) patterns_.push_back({.text = std::string(line)});
}

bool ExpectedFailures::judge(std::string_view label, bool failed) {
  bool listed = false;
  for (Pattern& pattern : patterns_) {
    if (!matches(pattern.text, label)) continue;
    listed = true;
    ++(failed ? pattern.failed : pattern.passed);
    if (!failed && pattern.first_passed.empty()) pattern.first_passed = label;
  }
  if (listed && failed) ++failures_;
  return listed == failed;
}

std::vector<std::string> ExpectedFailures::falsehoods() const {
  std::vector<std::string> sentences;
  for (const Pattern& pattern : patterns_) {
    if (pattern.passed != 0)
      sentences.push_back(pattern.text + " is expected to fail, but " + std::to_string(pattern.passed) +
                          " such inputs pass, " + pattern.first_passed + " first");
    else if (pattern.failed == 0)
      sentences.push_back(pattern.text + " is expected to fail, but there is no such input");
  }
  return sentences;
}

}  // namespace qmforge::tools
