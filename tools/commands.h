// The subcommands. Each function adds one to the program; it runs at the end of parsing when the user chose it, and
// prints to `console`.
#pragma once

#include <string>

#include "command_line.h"
#include "console.h"

namespace qmforge::tools {

void add_decode(Command program, Console& console);
void add_encode(Command program, Console& console);
void add_simulate(Command program, Console& console);
void add_check(Command program, Console& console);
void add_conform(Command program, Console& console);
void add_show(Command program, Console& console);
void add_list(Command program, Console& console);
void add_corpus(Command program, Console& console);
void add_help(Program& program, const std::string& version, Console& console);
void add_completion(Program& program, Console& console);

}  // namespace qmforge::tools
