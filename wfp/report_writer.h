// Writes the report to the destination that the scenario names: while the program runs, when it ends or crashes.
#pragma once

#include <string>

namespace qmforge::wfp {

/// Starts writing the report to a file, or to stderr for `stderr`. A file is rewritten while the program runs, so that
/// it remains if the program is killed; stderr is written when the program ends or crashes.
void write_report_to(std::string file);

/// Ends the process; the report lists handles and batches that are open as open, not as leaks.
[[noreturn]] void exit_for_scenario();

}  // namespace qmforge::wfp
