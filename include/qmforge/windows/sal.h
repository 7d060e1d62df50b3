// Part of windows.h here.
#pragma once

#ifdef _WIN32
#include_next <sal.h>
#else
#include "windows.h"
#endif
