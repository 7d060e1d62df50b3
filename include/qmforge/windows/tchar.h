// Text functions: wide with UNICODE, otherwise narrow.
#pragma once

#ifdef _WIN32
#include_next <tchar.h>
#else
#include "windows.h"

#define _T(text) TEXT(text)
#define _TEXT(text) TEXT(text)
#ifdef UNICODE
#define _tprintf wprintf
#define _ftprintf fwprintf
#else
#define _tmain main
#define _tprintf printf
#define _ftprintf fprintf
#define _tcslen strlen
#define _tcscmp strcmp
#endif
#endif
