// Counting instructions: under callgrind, a program writes one profile for each benchmark, which qmforge-gate reads.
// Counts depend on the compiler and its options alone, neither on the machine nor on its load. Needs valgrind's
// headers.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif

namespace qmforge::bench {

/// Makes the compiler compute a value that nothing uses.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

/// Counts `calls` calls of `work` under the benchmark's name, each of which handles `events` events. The first call is
/// not counted.
template <class Work>
void count(const std::string& name, const Work& work, unsigned calls = 16, unsigned events = 1) {
#ifdef CALLGRIND_ZERO_STATS
  work();
  CALLGRIND_ZERO_STATS;
  CALLGRIND_TOGGLE_COLLECT;
  for (unsigned i = 0; i < calls; ++i) work();
  CALLGRIND_TOGGLE_COLLECT;
  const std::string label = name + ' ' + std::to_string(calls * events);
  const char* const text = label.c_str();
  keep(*text);  // the macro hands the address on as a number, behind which the compiler sees no use of the text
  CALLGRIND_DUMP_STATS_AT(text);
#else
  static_cast<void>(work);
  static_cast<void>(calls);
  static_cast<void>(events);
  std::fprintf(stderr, "%s: not counted: built without <valgrind/callgrind.h>\n", name.c_str());
  std::exit(2);
#endif
}

}  // namespace qmforge::bench
