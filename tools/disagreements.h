// Counts what a decoder got wrong, shows the first few, and ends in a table.
#pragma once

#include <string>
#include <string_view>

#include "console.h"
#include "tally.h"

namespace qmforge::tools {

class Disagreements {
 public:
  explicit Disagreements(Console& console) : console_(console) {}

  /// `difference` is what is wrong in the answer, or empty. One that is `listed` as an expected failure is counted in
  /// the table, but neither shown nor held against the decoder.
  void add(std::string_view label, const std::string& input_class, Format format, std::string_view difference,
           bool listed = false);
  /// The table. The status becomes Status::bad when there was a disagreement.
  void report();

 private:
  static constexpr std::uint64_t shown = 10;

  Console& console_;
  Tally tally_;
  std::uint64_t unexpected_ = 0;
};

}  // namespace qmforge::tools
