// A subscription: a queue of records, and the thread that calls the consumer with each.
#pragma once

#include <deque>

#include "change_hook.h"
#include "deliveries.h"
#include "engine_lock.h"
#include "filter.h"
#include "memory.h"

namespace qmforge::wfp {

/// A callback, whatever its version.
using AnyCallback = void (*)();

/// What a subscription needs of the engine.
struct Surroundings {
  EngineLock& lock;
  Memory& memory;
  std::uint64_t& delivered;  // callbacks that have returned
  Deliveries& deliveries;
  const ChangeHook& hook;
};

class Subscription {
 public:
  struct Consumer {
    unsigned version;  // of FwpmNetEventSubscribe; its callback is given the FWPM_NET_EVENT of the next version
    AnyCallback callback;
    void* context;
  };

  Subscription(const Surroundings& surroundings, const Consumer& consumer, Filter filter, HANDLE session,
               const Origin& made_by);
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  /// Waits for a running callback. The engine's mutex must not be held, and end() have been called.
  ~Subscription() = default;

  // All of these with the engine's mutex held.
  void offer(const Record* record);
  /// The number of records that were added to the queue.
  [[nodiscard]] std::uint64_t accepted() const { return accepted_; }
  /// After this call no more callbacks begin, except `late` more from the queue.
  void end(std::size_t late);
  [[nodiscard]] bool is_idle() const { return queue_.empty() && !running_; }
  [[nodiscard]] bool has_queued() const { return !queue_.empty(); }
  [[nodiscard]] bool runs_on_this_thread() const { return worker_ == this_thread(); }
  [[nodiscard]] const Filter& filter() const { return filter_; }
  [[nodiscard]] HANDLE session() const { return session_; }

 private:
  void run();
  /// Calls the consumer. Returns false if there is no memory for the event.
  [[nodiscard]] bool deliver(const Record& record) const;
  void call_consumer(std::byte* event) const;

  const Surroundings surroundings_;
  const Consumer consumer_;
  const Filter filter_;
  const HANDLE session_;
  const Origin made_by_;
  std::deque<const Record*> queue_;
  std::uint64_t accepted_ = 0;
  Condition wake_;
  bool ending_ = false;
  bool running_ = false;
  std::size_t late_ = 0;
  std::uint64_t worker_ = 0;
  Thread thread_;  // last: it runs as soon as it is made
};

}  // namespace qmforge::wfp
