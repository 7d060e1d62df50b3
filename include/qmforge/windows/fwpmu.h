// The faked interface under Windows' name: with this folder on the include path, source for Windows compiles unchanged
// on Linux, and with mingw-w64 it has the declarations that mingw-w64's own headers lack.
#pragma once

#ifdef _WIN32
// clang-format off
#ifndef _INC_WINDOWS
#include <winsock2.h>
#endif
#include <windows.h>
#include_next <fwpmu.h>
// clang-format on
#else
#include "windows.h"
#endif
#include "../wfp/fwpmu.h"
