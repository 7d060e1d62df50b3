// Labels with stars.
#pragma once

#include <string_view>

namespace qmforge::tools {

/// Whether the text is the pattern, `*` in it standing for any characters.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

}  // namespace qmforge::tools
