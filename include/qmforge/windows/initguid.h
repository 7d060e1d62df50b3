// Part of windows.h here.
#pragma once

#ifdef _WIN32
#include_next <initguid.h>
#else
#include "windows.h"
#endif
