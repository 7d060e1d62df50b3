// Part of windows.h here.
#pragma once

#ifdef _WIN32
#include_next <minwindef.h>
#else
#include "windows.h"
#endif
