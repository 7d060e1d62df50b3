// Scenarios: files with commands that do what control.h does. The only way to control the fake from outside its
// process.
#pragma once

namespace qmforge::wfp {

/// Runs the scenario that the environment names, if there is one and it has not run yet; every call does this first.
/// Returns false if the scenario cannot be run; the reason is on stderr.
bool run_scenario_once();

}  // namespace qmforge::wfp
