// Counts what a generator gives, and compares the counts with a table of frequencies in docs/generators.md.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "support/markdown_table.h"

namespace qmforge::testing {

/// A frequency of the page: a sum of products of fractions and decimal numbers, `1/7 + 1/7 × 0.1`; `at least 1/50`.
struct Frequency {
  double share = 0;
  bool is_least = false;

  explicit Frequency(const std::string& text) {
    std::istringstream words(text);
    double product = 1;
    for (std::string word; words >> word;) {
      if (word == "at") {
        is_least = true;
      } else if (word == "+") {
        share += product;
        product = 1;
      } else if (word != "least" && word != "\u00d7") {
        const std::size_t slash = word.find('/');
        product *= std::stod(word) / (slash == std::string::npos ? 1 : std::stod(word.substr(slash + 1)));
      }
    }
    share += product;
  }
};

/// How often each kind occurs in a population.
class Census {
 public:
  /// Begins the next member of the population.
  void next() { ++population_; }
  /// The member is of this kind.
  void count(const std::string& kind) { ++counts_[kind]; }

  /// Compares with the table below a heading. A row `what: a, b` stands for the kinds `what a` and `what b`, each with
  /// the row's frequency. Every kind that was counted has a row, and every row occurs: within five standard deviations
  /// of its frequency, for members that are independent of each other.
  void expect(const std::string& heading) const {
    std::set<std::string> listed;
    for (const auto& row : rows_below("generators.md", heading)) {
      const Frequency frequency(row.at(1));
      for (const std::string& kind : kinds_of(row.at(0))) {
        EXPECT_TRUE(listed.insert(kind).second) << heading << ": duplicate row " << kind;
        expect(heading, kind, frequency);
      }
    }
    for (const auto& [kind, count] : counts_)
      EXPECT_TRUE(listed.contains(kind)) << heading << ": " << kind << " occurs " << count << " times, without a row";
  }

 private:
  static std::set<std::string> kinds_of(const std::string& cell) {
    const std::size_t colon = cell.find(": ");
    if (colon == std::string::npos) return {cell};
    std::set<std::string> kinds;
    for (std::size_t begin = colon + 2; begin < cell.size();) {
      const std::size_t end = std::min(cell.find(", ", begin), cell.size());
      kinds.insert(cell.substr(0, colon) + ' ' + cell.substr(begin, end - begin));
      begin = end + 2;
    }
    return kinds;
  }

  void expect(const std::string& heading, const std::string& kind, const Frequency& frequency) const {
    const auto found = counts_.find(kind);
    const double count = found == counts_.end() ? 0 : static_cast<double>(found->second);
    const double expected = frequency.share * static_cast<double>(population_);
    EXPECT_GE(expected, 40) << heading << ": " << kind << ": too few samples to tell that it occurs";
    const double tolerance = 5 * std::sqrt(expected * (1 - std::min(frequency.share, 1.0)));
    EXPECT_GE(count, expected - tolerance) << heading << ": " << kind;
    if (!frequency.is_least) {
      EXPECT_LE(count, expected + tolerance) << heading << ": " << kind;
    }
  }

  std::uint64_t population_ = 0;
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace qmforge::testing
