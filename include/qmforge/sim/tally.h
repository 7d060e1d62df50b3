// Holding a decoder against labels: what differs, and how often, class by class.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/sim/labelled.h"

namespace qmforge::sim {

/// What a decoder and a validator said of an input.
struct Answer {
  std::expected<Event, DecodeError> decoded;
  Findings findings;
  std::optional<bool> canonical;
};

/// The first thing in which an answer differs from the label: `verdict`, `error.code`, `error.offset`, `error.field`,
/// `event`, `findings` or `canonical`. Empty when it is right.
[[nodiscard]] std::string_view first_difference(const Labelled& labelled, const Answer& answer);

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

}  // namespace qmforge::sim
