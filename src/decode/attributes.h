// Compiler attributes of functions on the fast path, and of functions that almost no message needs.
#pragma once

#if defined(__GNUC__)
#define QMFORGE_INLINE [[gnu::always_inline]] inline
#define QMFORGE_NOINLINE [[gnu::noinline]]
#define QMFORGE_HOT [[gnu::hot, gnu::noinline]]
#define QMFORGE_COLD [[gnu::cold, gnu::noinline]]
#else
#define QMFORGE_INLINE inline
#define QMFORGE_NOINLINE
#define QMFORGE_HOT
#define QMFORGE_COLD
#endif
