// Part of fwpmu.h here.
#pragma once

#ifdef _WIN32
#include_next <fwpmtypes.h>
#else
#include "fwpmu.h"
#endif
