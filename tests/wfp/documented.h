// The codes that docs/wfp.md says a call may return.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "qmforge/wfp/control.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

using CallCode = std::pair<Function, DWORD>;

/// The table of codes, read once. Ends the program where it cannot be read.
const std::set<CallCode>& documented_codes();

/// The calls so far that returned something else than the table says, one a line. Injected codes do not count.
[[nodiscard]] std::string undocumented_calls();

}  // namespace qmforge::wfp
