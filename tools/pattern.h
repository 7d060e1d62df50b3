// Patterns of labels: `*` stands for any characters.
#pragma once

#include <string_view>

namespace qmforge::tools {

/// Whether the whole text matches the pattern.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace qmforge::tools
