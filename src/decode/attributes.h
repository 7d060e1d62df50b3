// What a compiler is told about functions on the way of almost every message, and on that of hardly any.
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
