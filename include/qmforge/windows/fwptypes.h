// Part of fwpmu.h here.
#pragma once

#ifdef _WIN32
#include_next <fwptypes.h>
#else
#include "fwpmu.h"
#endif
