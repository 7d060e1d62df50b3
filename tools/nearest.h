// Suggestions for misspelt names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace qmforge::tools {

/// The edit distance of two words: insertions, deletions, substitutions and transpositions of neighbours (optimal
/// string alignment).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`; empty if all differ in more than a third of its letters.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// `; did you mean 'NAME'?`, or empty if no candidate is near.
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string> candidates);

}  // namespace qmforge::tools
