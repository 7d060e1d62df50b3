// Part of windows.h here.
#pragma once

#ifdef _WIN32
#include_next <winerror.h>
#else
#include "windows.h"
#endif
