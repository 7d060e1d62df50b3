// Part of windows.h here.
#pragma once

#ifdef _WIN32
#include_next <basetsd.h>
#else
#include "windows.h"
#endif
