// Suggestions for misspelt names.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace qmforge::tools {

/// How many letters must be inserted, removed, replaced or exchanged with their neighbour to turn one word into the
/// other (optimal string alignment).
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word`, or empty when all differ in more than a third of its letters.
[[nodiscard]] std::string nearest(std::string_view word, std::span<const std::string> candidates);

/// `; did you mean 'NAME'?`, or empty when no candidate is near.
[[nodiscard]] std::string suggestion(std::string_view word, std::span<const std::string> candidates);

}  // namespace qmforge::tools
