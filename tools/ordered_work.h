// Work on several threads with results in order.
#pragma once

#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

// Not every standard library has threads: mingw-w64's with the win32 thread model does not.
#if defined(_GLIBCXX_HAS_GTHREADS) || !defined(__GLIBCXX__)
#define QMFORGE_HAS_THREADS 1
#include <condition_variable>
#include <future>
#include <mutex>
#endif

namespace qmforge::tools {

#ifdef QMFORGE_HAS_THREADS
inline constexpr unsigned max_jobs = 256;
#else
inline constexpr unsigned max_jobs = 1;
#endif

/// Calls `produce(piece)` until it returns false, `work(piece)` for each piece on `jobs` threads, and `consume(result)`
/// with each result, in the order of the pieces. `produce` never runs on two threads at once, nor does `consume`. Each
/// thread holds at most one piece and its result. The first exception ends the work and is rethrown.
template <class Piece, class Produce, class Work, class Consume>
void work_in_order(unsigned jobs, Produce produce, Work work, Consume consume) {
  if (jobs <= 1) {
    for (Piece piece; produce(piece); piece = Piece()) consume(work(piece));
    return;
  }
#ifdef QMFORGE_HAS_THREADS
  std::mutex producing;
  std::mutex consuming;
  std::condition_variable turn;
  std::uint64_t produced = 0;
  std::uint64_t consumed = 0;
  bool ended = false;          // guarded by `producing`
  std::exception_ptr failure;  // guarded by `consuming`

  const auto run = [&] {
    for (;;) {
      Piece piece;
      std::uint64_t number = 0;
      {
        const std::lock_guard lock(producing);
        if (ended || !produce(piece)) {
          ended = true;
          return;
        }
        number = produced++;
      }
      auto result = work(piece);
      std::unique_lock lock(consuming);
      turn.wait(lock, [&] { return consumed == number || failure; });
      if (failure) return;
      consume(std::move(result));
      ++consumed;
      turn.notify_all();
    }
  };
  const auto run_safely = [&] {
    try {
      run();
    } catch (...) {
      {
        const std::lock_guard lock(consuming);
        if (!failure) failure = std::current_exception();
      }
      turn.notify_all();
      const std::lock_guard lock(producing);
      ended = true;
    }
  };
  {
    std::vector<std::future<void>> threads;  // each waits for its thread when it is destroyed
    for (unsigned i = 0; i < jobs; ++i) threads.push_back(std::async(std::launch::async, run_safely));
  }
  if (failure) std::rethrow_exception(failure);
#endif
}

}  // namespace qmforge::tools
