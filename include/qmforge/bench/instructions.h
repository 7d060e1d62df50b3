// The processor's own count of instructions, where it may be read: Linux with performance events. Virtual machines
// often have none; then there is no count, and nothing else changes.
#pragma once

#include <cstdint>
#include <optional>

#if __has_include(<linux/perf_event.h>)
#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace qmforge::bench {

/// The instructions that this thread has executed so far in user mode.
[[nodiscard]] inline std::optional<std::uint64_t> instructions() {
#if __has_include(<linux/perf_event.h>)
  static const int counter = [] {
    perf_event_attr what{};
    what.size = sizeof(what);
    what.type = PERF_TYPE_HARDWARE;
    what.config = PERF_COUNT_HW_INSTRUCTIONS;
    what.exclude_kernel = 1;
    what.exclude_hv = 1;
    return static_cast<int>(syscall(SYS_perf_event_open, &what, 0, -1, -1, 0));
  }();
  std::uint64_t count = 0;
  if (counter >= 0 && read(counter, &count, sizeof(count)) == sizeof(count)) return count;
#endif
  return std::nullopt;
}

}  // namespace qmforge::bench
