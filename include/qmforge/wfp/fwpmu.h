// The faked interface: Windows' net events, with Windows' names, signatures, structures and error codes.
//
// A program that includes this header instead of <fwpmu.h> compiles on Windows, with mingw-w64 and on Linux. On Windows
// the declarations are Windows' own; mingw-w64's headers end at FWPM_NET_EVENT1, so this adds the later ones; on Linux
// this header declares everything, but only those of Windows' types that net events need. C and C++.
//
// control.h controls the fake. This header does not include it, and declares nothing that Windows does not have.
#pragma once

#ifdef _WIN32
// winsock2.h comes before windows.h, unless the program has windows.h already.
// clang-format off
#ifndef _INC_WINDOWS
#include <winsock2.h>
#endif
#include <windows.h>
#include <fwpmu.h>
// clang-format on
#ifdef __MINGW32__
#include "windows/net_event_functions_2_to_5.h"
#include "windows/net_events_2_to_5.h"
#include "windows/version_independent_names.h"
#endif
#else
#include "windows/lookups.h"
#include "windows/net_event_functions_0_and_1.h"
#include "windows/net_event_functions_2_to_5.h"
#include "windows/version_independent_names.h"
#endif
