// Holding a decoder against labels: what differs, and how often, class by class.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/json.h"
#include "qmforge/names.h"

namespace qmforge::tools {

/// The first respect in which two results differ: as for their reports (report.h), or `canonical`. Empty when they
/// agree.
[[nodiscard]] std::string_view first_difference(const Result& expected, const Result& actual);

/// The class of an input in the table: what its fault is about (`count`, `string` …), `two faults`, or, without a
/// fault, its verdict.
[[nodiscard]] std::string input_class(std::string_view fault, std::string_view verdict);

/// Counts inputs and disagreements by class and format.
class Tally {
 public:
  void add(const std::string& input_class, Format format, bool agrees);

  [[nodiscard]] std::uint64_t inputs() const { return inputs_; }
  [[nodiscard]] std::uint64_t disagreements() const { return disagreements_; }
  /// The table, a line a class, with a head and a line of sums.
  [[nodiscard]] std::string table() const;

 private:
  struct Row {
    std::array<std::uint64_t, all_formats.size()> inputs{};
    std::uint64_t disagreements = 0;
  };

  std::map<std::string, Row> rows_;
  std::uint64_t inputs_ = 0;
  std::uint64_t disagreements_ = 0;
};

}  // namespace qmforge::tools
