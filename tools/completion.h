// Completion of commands, options and values for shells.
#pragma once

#include <string>

#include "command_line.h"

namespace qmforge::tools {

[[nodiscard]] std::string bash_completion(const CommandDescription& program);
[[nodiscard]] std::string zsh_completion(const CommandDescription& program);
[[nodiscard]] std::string fish_completion(const CommandDescription& program);

}  // namespace qmforge::tools
