// Scenarios: what control.h does, said in a file. The only way to control the fake from outside its process.
#pragma once

namespace qmforge::wfp {

/// Runs the scenario that the environment names, if it names one, unless it was run before: every call begins with
/// this. False when it could not be run; stderr says why.
bool run_scenario_once();

}  // namespace qmforge::wfp
