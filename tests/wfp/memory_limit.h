// Allocations that fail: a program that links memory_limit.cpp has an operator new that fails on request.
#pragma once

namespace qmforge::wfp {

/// During its lifetime, this thread's allocations succeed `allowed` times and then fail.
class MemoryLimit {
 public:
  explicit MemoryLimit(int allowed);
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;
  ~MemoryLimit();

  /// Whether an allocation has failed.
  [[nodiscard]] bool was_reached() const;
};

/// During its lifetime, the allocations of all threads fail, except those of the thread that made it.
class NoMemoryElsewhere {
 public:
  NoMemoryElsewhere();
  NoMemoryElsewhere(const NoMemoryElsewhere&) = delete;
  NoMemoryElsewhere& operator=(const NoMemoryElsewhere&) = delete;
  ~NoMemoryElsewhere();
};

}  // namespace qmforge::wfp
