// Counts of inputs and differences.
#include "tally.h"

#include <algorithm>
#include <optional>

#include "qmforge/sim/faults.h"

namespace qmforge::tools {

using namespace sim;
namespace {

// The order of the table's lines: inputs that decode, then malformed ones, from the header to the contents.
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

Count& Count::operator+=(const Count& other) {
  inputs += other.inputs;
  disagreements += other.disagreements;
  return *this;
}

void Tally::add(const std::string& input_class, Format format, bool agrees) {
  rows_[input_class][static_cast<std::size_t>(format)] += {.inputs = 1, .disagreements = agrees ? 0U : 1U};
}

Count Tally::total() const {
  Count total;
  for (const auto& [name, row] : rows_)
    for (const Count& count : row) total += count;
  return total;
}

std::vector<std::string> Tally::classes() const {
  std::vector<std::string> names;
  for (const std::string_view name : class_order)
    if (rows_.contains(std::string(name))) names.emplace_back(name);
  return names;
}

std::string Tally::table() const {
  constexpr std::size_t first = 14;
  constexpr std::size_t width = 12;
  std::string text = padded("class", first, true);
  for (const Format format : all_formats) text += padded(to_string(format), width);
  text += padded("inputs", width) + padded("disagree", width) + '\n';
  const auto add_line = [&](std::string_view label, const Row& row) {
    Count sum;
    text += padded(label, first, true);
    for (const Count& count : row) {
      text += padded(std::to_string(count.inputs), width);
      sum += count;
    }
    text += padded(std::to_string(sum.inputs), width) + padded(std::to_string(sum.disagreements), width) + '\n';
  };
  Row sums{};
  for (const std::string& name : classes()) {
    add_line(name, row(name));
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += row(name)[i];
  }
  add_line("all", sums);
  return text;
}

}  // namespace qmforge::tools
