// Writes the report to where the scenario says: while the program runs, when it ends, and when it crashes.
#pragma once

#include <string>

namespace qmforge::wfp {

/// From now on the report is written to a file, or to stderr for `stderr`. A file is written as the program goes, so
/// that what it holds is left when the program is killed; stderr is written at the program's end or crash.
void write_report_to(std::string file);

/// Ends the process: what is open then is listed as open, not as a leak.
[[noreturn]] void exit_for_scenario();

}  // namespace qmforge::wfp
