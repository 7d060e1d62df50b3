// The two structures in which the Base Filtering Engine stores its filters in the registry, as tables for the reference
// decoder's interpreter.
#pragma once

#include "reference/type.h"

namespace qmforge::reference {

extern const Type bfe_boot_filter_pointer;  // `boot:`
extern const Type bfe_fwpm_filter_pointer;  // `fwpm_filter:`

}  // namespace qmforge::reference
