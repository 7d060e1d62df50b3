#include "expected_failures.h"

#include "hex_line.h"
#include "input.h"
#include "pattern.h"

namespace qmforge::tools {

ExpectedFailures::ExpectedFailures(const std::string& path) {
  Input input(path);
  LineReader lines(input, [] {});
  for (std::string_view line; lines.next(line);) {
    if (is_blank_or_comment(line)) continue;
    const std::size_t index = entries_.size();
    if (line.find('*') != std::string_view::npos)
      patterns_.push_back(index);
    else if (!labels_.emplace(line, index).second)
      continue;  // a duplicate
    entries_.push_back({.text = std::string(line)});
  }
}

void ExpectedFailures::Entry::record(std::string_view label, bool has_failed) {
  ++(has_failed ? failed : passed);
  if (!has_failed && first_passed.empty()) first_passed = label;
}

bool ExpectedFailures::record(std::string_view label, bool failed) {
  const auto found = labels_.find(std::string(label));
  bool listed = found != labels_.end();
  if (listed) entries_[found->second].record(label, failed);
  for (const std::size_t index : patterns_) {
    if (!matches(entries_[index].text, label)) continue;
    entries_[index].record(label, failed);
    listed = true;
  }
  return listed;
}

std::vector<std::string> ExpectedFailures::violations(bool all_inputs) const {
  std::vector<std::string> sentences;
  for (const Entry& entry : entries_) {
    if (entry.passed != 0)
      sentences.push_back("'" + entry.text + "' is expected to fail, but " + std::to_string(entry.passed) +
                          (entry.passed == 1 ? " such input passes: " : " such inputs pass, the first is ") +
                          entry.first_passed);
    else if (entry.failed == 0 && all_inputs)
      sentences.push_back("'" + entry.text + "' is expected to fail, but no input has that label");
  }
  return sentences;
}

}  // namespace qmforge::tools
