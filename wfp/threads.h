// Locks, conditions and threads: the standard's where the toolchain has them, Windows' own otherwise.
//
// mingw-w64's win32 flavour, which links without a threading library beside the DLL, has neither std::mutex nor
// std::thread in GCC 12. The fake needs so little of them that this file implements it for both. A thread that cannot
// be started is reported as std::bad_alloc.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <new>
#include <utility>

#ifdef _WIN32
#include <process.h>

#include "qmforge/wfp/fwpmu.h"  // windows.h
#else
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#endif

namespace qmforge::wfp {

#ifdef _WIN32

class Mutex {
 public:
  void lock() { AcquireSRWLockExclusive(&lock_); }
  void unlock() { ReleaseSRWLockExclusive(&lock_); }
  bool try_lock() { return TryAcquireSRWLockExclusive(&lock_) != 0; }

 private:
  friend class Condition;
  SRWLOCK lock_ = SRWLOCK_INIT;
};

class Condition {
 public:
  void wait(Mutex& mutex) { SleepConditionVariableSRW(&condition_, &mutex.lock_, INFINITE, 0); }
  void wait_for(Mutex& mutex, std::chrono::milliseconds time) {
    SleepConditionVariableSRW(&condition_, &mutex.lock_, static_cast<DWORD>(time.count()), 0);
  }
  void notify_all() { WakeAllConditionVariable(&condition_); }

 private:
  CONDITION_VARIABLE condition_ = CONDITION_VARIABLE_INIT;
};

class Thread {
 public:
  explicit Thread(std::function<void()> body) {
    auto* own = new std::function<void()>(std::move(body));
    handle_ = reinterpret_cast<HANDLE>(_beginthreadex(nullptr, 0, &Thread::run, own, 0, nullptr));
    if (handle_ == nullptr) {
      delete own;
      throw std::bad_alloc();
    }
  }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;
  /// Waits for the thread's end.
  ~Thread() {
    WaitForSingleObject(handle_, INFINITE);
    CloseHandle(handle_);
  }

 private:
  static unsigned __stdcall run(void* argument) {
    auto* body = static_cast<std::function<void()>*>(argument);
    (*body)();
    delete body;
    return 0;
  }
  HANDLE handle_;
};

inline std::uint64_t this_thread() { return GetCurrentThreadId(); }

#else

using Mutex = std::mutex;

class Condition {
 public:
  void wait(Mutex& mutex) { condition_.wait(mutex); }
  void wait_for(Mutex& mutex, std::chrono::milliseconds time) { condition_.wait_for(mutex, time); }
  void notify_all() { condition_.notify_all(); }

 private:
  std::condition_variable_any condition_;
};

class Thread {
 public:
  explicit Thread(std::function<void()> body) {
    try {
      thread_ = std::thread(std::move(body));
    } catch (const std::system_error&) {
      throw std::bad_alloc();
    }
  }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;
  /// Waits for the thread's end.
  ~Thread() { thread_.join(); }

 private:
  std::thread thread_;
};

inline std::uint64_t this_thread() { return std::hash<std::thread::id>()(std::this_thread::get_id()); }

#endif

/// Holds a mutex while it lives.
class Lock {
 public:
  explicit Lock(Mutex& mutex) : mutex_(mutex) { mutex_.lock(); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() { mutex_.unlock(); }

 private:
  Mutex& mutex_;
};

}  // namespace qmforge::wfp
