// The subcommands. Each function adds one to the program; when the user chooses it, it runs at the end of parsing and
// says what it has to say to `console`.
#pragma once

#include <CLI/App.hpp>

#include "console.h"

namespace qmforge::tools {

void add_decode(CLI::App& program, Console& console);
void add_encode(CLI::App& program, Console& console);
void add_simulate(CLI::App& program, Console& console);
void add_check(CLI::App& program, Console& console);
void add_conform(CLI::App& program, Console& console);
void add_list(CLI::App& program, Console& console);
void add_corpus(CLI::App& program, Console& console);

}  // namespace qmforge::tools
