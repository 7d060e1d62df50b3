// Compares results with labels, and counts differences by class and format.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/json.h"
#include "qmforge/names.h"

namespace qmforge::tools {

/// The first difference between two results: that of their reports (report.h), or `canonical`. Empty if they agree.
[[nodiscard]] std::string_view first_difference(const Result& expected, const Result& actual);

/// The class of an input in the table: the class of its fault (`count`, `string` …), `two faults`, or, without a fault,
/// its verdict.
[[nodiscard]] std::string input_class(std::string_view fault, std::string_view verdict);

/// The number of inputs that were compared, and of those whose answer differs.
struct Count {
  std::uint64_t inputs = 0;
  std::uint64_t disagreements = 0;

  Count& operator+=(const Count& other);
};

/// Counts inputs and disagreements by class and format.
class Tally {
 public:
  using Row = std::array<Count, all_formats.size()>;

  void add(const std::string& input_class, Format format, bool agrees);

  [[nodiscard]] Count total() const;
  /// The classes that have inputs, in the order of the table.
  [[nodiscard]] std::vector<std::string> classes() const;
  [[nodiscard]] const Row& row(const std::string& input_class) const { return rows_.at(input_class); }
  /// The table: a head, a line for each class, a line of sums.
  [[nodiscard]] std::string table() const;

 private:
  std::map<std::string, Row> rows_;
};

}  // namespace qmforge::tools
