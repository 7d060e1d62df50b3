#include "memory_limit.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace qmforge::wfp {
namespace {

constexpr int no_limit = -1;
thread_local int left = no_limit;
thread_local bool reached = false;
thread_local bool spared = false;
std::atomic<bool> others_fail = false;

bool may_allocate() {
  if (others_fail && !spared) return false;
  if (left == no_limit) return true;
  if (left == 0) {
    reached = true;
    return false;
  }
  --left;
  return true;
}

}  // namespace

MemoryLimit::MemoryLimit(int allowed) {
  reached = false;
  left = allowed;
}

MemoryLimit::~MemoryLimit() { left = no_limit; }

bool MemoryLimit::was_reached() const { return reached; }

NoMemoryElsewhere::NoMemoryElsewhere() {
  spared = true;
  others_fail = true;
}

NoMemoryElsewhere::~NoMemoryElsewhere() {
  others_fail = false;
  spared = false;
}

}  // namespace qmforge::wfp

void* operator new(std::size_t size) {
  if (qmforge::wfp::may_allocate())
    if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

// AddressSanitizer's own would be taken for arrays.
void* operator new[](std::size_t size) { return operator new(size); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
