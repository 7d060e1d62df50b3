// The manual page, made from the help.
#pragma once

#include <string>
#include <string_view>

#include "command_line.h"

namespace qmforge::tools {

/// A page of section 1 in the language of man(7).
[[nodiscard]] std::string man_page(const CommandDescription& program, std::string_view version);

}  // namespace qmforge::tools
