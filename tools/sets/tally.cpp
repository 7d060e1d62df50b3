// Labels against answers.
#include "tally.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "qmforge/sim/faults.h"

namespace qmforge::tools {

using namespace sim;
namespace {

// The order of the table's lines: what decodes, then what does not, from the outside in.
constexpr std::array<std::string_view, 13> class_order = {
    "valid",  "invalid",   "malformed", "length",  "header", "discriminant", "count",
    "string", "alignment", "pointer",   "address", "rule",   "two faults"};

std::string padded(std::string_view text, std::size_t width, bool left = false) {
  const std::string space(width - std::min(width, text.size()), ' ');
  return left ? std::string(text) + space : space + std::string(text);
}

}  // namespace

std::string_view first_difference(const Result& expected, const Result& actual) {
  if (const std::string_view in_report = first_difference(expected.report, actual.report); !in_report.empty())
    return in_report;
  return expected.canonical == actual.canonical ? "" : "canonical";
}

std::string input_class(std::string_view fault, std::string_view verdict) {
  if (fault.empty()) return std::string(verdict);
  if (fault.find('+') != std::string_view::npos) return "two faults";
  const std::optional<Fault> known = fault_from_name(fault);
  return std::string(known ? to_string(info(*known).fault_class) : verdict);
}

void Tally::add(const std::string& input_class, Format format, bool agrees) {
  Row& row = rows_[input_class];
  ++row.inputs[static_cast<std::size_t>(format)];
  ++inputs_;
  if (agrees) return;
  ++row.disagreements;
  ++disagreements_;
}

std::string Tally::table() const {
  constexpr std::size_t first = 14;
  constexpr std::size_t width = 12;
  std::string text = padded("class", first, true);
  for (const Format format : all_formats) text += padded(to_string(format), width);
  text += padded("inputs", width) + padded("disagree", width) + '\n';
  Row sums;
  const auto line = [&](std::string_view label, const Row& row) {
    text += padded(label, first, true);
    for (const std::uint64_t n : row.inputs) text += padded(std::to_string(n), width);
    text += padded(std::to_string(std::accumulate(row.inputs.begin(), row.inputs.end(), std::uint64_t{0})), width) +
            padded(std::to_string(row.disagreements), width) + '\n';
  };
  for (const std::string_view label : class_order) {
    const auto row = rows_.find(std::string(label));
    if (row == rows_.end()) continue;
    line(label, row->second);
    for (std::size_t i = 0; i < sums.inputs.size(); ++i) sums.inputs[i] += row->second.inputs[i];
    sums.disagreements += row->second.disagreements;
  }
  line("all", sums);
  return text;
}

}  // namespace qmforge::tools
