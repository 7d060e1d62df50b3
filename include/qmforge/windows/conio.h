// Waiting for a key, which programs do before they end.
#pragma once

#ifdef _WIN32
#include_next <conio.h>
#else
#include <stdio.h>

static inline int _getch(void) { return getchar(); }
static inline int _kbhit(void) { return 0; }
#endif
