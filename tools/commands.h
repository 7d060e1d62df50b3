// The subcommands. Each function adds one to the program; when the user chooses it, it runs at the end of parsing and
// says what it has to say to `console`.
#pragma once

#include "command_line.h"
#include "console.h"

namespace qmforge::tools {

void add_decode(Command program, Console& console);
void add_encode(Command program, Console& console);
void add_simulate(Command program, Console& console);
void add_check(Command program, Console& console);
void add_conform(Command program, Console& console);
void add_list(Command program, Console& console);
void add_corpus(Command program, Console& console);

}  // namespace qmforge::tools
