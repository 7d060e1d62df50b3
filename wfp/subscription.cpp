#include "subscription.h"

#include <new>

#include "delivery.h"

namespace qmforge::wfp {

Subscription::Subscription(const Surroundings& surroundings, const Consumer& consumer, Filter filter, HANDLE session,
                           const Origin& made_by)
    : surroundings_(surroundings),
      consumer_(consumer),
      filter_(std::move(filter)),
      session_(session),
      made_by_(made_by),
      thread_([this] { run(); }) {}

void Subscription::offer(const Record* record) {
  if (!filter_.matches(*record)) return;
  queue_.push_back(record);
  ++accepted_;
  wake_.notify_all();
}

void Subscription::end(std::size_t late) {
  ending_ = true;
  late_ = late;
  wake_.notify_all();
}

void Subscription::run() {
  Mutex& mutex = surroundings_.lock.mutex;
  const Lock lock(mutex);
  worker_ = this_thread();
  for (;;) {
    while (queue_.empty() && !ending_) wake_.wait(mutex);
    if (ending_ && (late_ == 0 || queue_.empty())) break;
    if (ending_) --late_;
    const Record* const record = queue_.front();
    queue_.pop_front();
    running_ = true;
    mutex.unlock();
    const bool delivered = deliver(*record);
    mutex.lock();
    running_ = false;
    if (delivered) ++surroundings_.delivered;
    surroundings_.lock.changed.notify_all();
  }
}

void Subscription::call_consumer(std::byte* memory) const {
  const auto [version, callback, context] = consumer_;
  switch (version) {
    case 0:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK0>(callback)(context, reinterpret_cast<FWPM_NET_EVENT1*>(memory));
      break;
    case 1:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK1>(callback)(context, reinterpret_cast<FWPM_NET_EVENT2*>(memory));
      break;
    case 2:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK2>(callback)(context, reinterpret_cast<FWPM_NET_EVENT3*>(memory));
      break;
    case 3:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK3>(callback)(context, reinterpret_cast<FWPM_NET_EVENT4*>(memory));
      break;
    default:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK4>(callback)(context, reinterpret_cast<FWPM_NET_EVENT5*>(memory));
      break;
  }
}

bool Subscription::deliver(const Record& record) const {
  const unsigned event_version = consumer_.version + 1;
  std::byte* memory;
  try {
    memory = surroundings_.memory.allocate(placed_size(record, event_version), Memory::Use::callbackEvent, made_by_);
  } catch (const std::bad_alloc&) {
    return false;
  }
  place(memory, record, event_version);
  {
    const Deliveries::Callback deliveries(surroundings_.deliveries, record);
    surroundings_.hook();
    call_consumer(memory);
  }
  surroundings_.hook();
  surroundings_.memory.release(memory, made_by_);
  return true;
}

}  // namespace qmforge::wfp
