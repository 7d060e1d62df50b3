// Allocations that fail: a program that links memory_limit.cpp has an operator new that runs out of memory when told
// to.
#pragma once

namespace qmforge::wfp {

/// While it lives, this thread's allocations succeed `allowed` times and then fail.
class MemoryLimit {
 public:
  explicit MemoryLimit(int allowed);
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;
  ~MemoryLimit();

  /// Whether an allocation has failed.
  [[nodiscard]] bool was_reached() const;
};

/// While it lives, the allocations of all threads fail but those of the one that made it.
class NoMemoryElsewhere {
 public:
  NoMemoryElsewhere();
  NoMemoryElsewhere(const NoMemoryElsewhere&) = delete;
  NoMemoryElsewhere& operator=(const NoMemoryElsewhere&) = delete;
  ~NoMemoryElsewhere();
};

}  // namespace qmforge::wfp
