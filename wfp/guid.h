// GUIDs of Windows' headers, which give them no operator.
#pragma once

#include <cstring>

#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

[[nodiscard]] inline bool equal(const GUID& a, const GUID& b) { return std::memcmp(&a, &b, sizeof(GUID)) == 0; }

}  // namespace qmforge::wfp
