// Text from outside (labels, file names, a program's answers) made safe for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace qmforge::tools {

/// The text with control characters (C0, DEL, C1), bidirectional controls and line separators as \u202e, and bytes that
/// are not UTF-8 as \x9b, so that it cannot control a terminal or reorder a line.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace qmforge::tools
