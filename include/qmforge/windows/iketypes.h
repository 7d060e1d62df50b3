// Part of fwpmu.h here.
#pragma once

#ifdef _WIN32
#include_next <iketypes.h>
#else
#include "fwpmu.h"
#endif
