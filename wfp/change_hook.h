// The function that is called when the report changes.
#pragma once

#include <atomic>

namespace qmforge::wfp {

class ChangeHook {
 public:
  void set(void (*hook)()) { hook_ = hook; }
  /// Without the engine's mutex.
  void operator()() const {
    if (void (*const hook)() = hook_.load(); hook != nullptr) hook();
  }

 private:
  std::atomic<void (*)()> hook_ = nullptr;
};

}  // namespace qmforge::wfp
