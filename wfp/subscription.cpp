#include "subscription.h"

#include <new>

#include "delivery.h"

namespace qmforge::wfp {

Subscription::Subscription(Engine& engine, unsigned version, Engine::AnyCallback callback, void* context, Filter filter,
                           HANDLE session, const Origin& madeBy)
    : engine_(engine),
      version_(version),
      callback_(callback),
      context_(context),
      filter_(std::move(filter)),
      session_(session),
      madeBy_(madeBy),
      thread_([this] { run(); }) {}

void Subscription::offer(const Record* record) {
  if (!filter_.matches(*record)) return;
  queue_.push_back(record);
  wake_.notify_all();
}

void Subscription::end(std::size_t late) {
  ending_ = true;
  late_ = late;
  wake_.notify_all();
}

void Subscription::run() {
  Mutex& mutex = engine_.mutex_;
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
    if (delivered) ++engine_.delivered_;
    engine_.changed_.notify_all();
  }
}

bool Subscription::deliver(const Record& record) const {
  const unsigned event_version = version_ + 1;
  std::byte* memory;
  try {
    memory = engine_.memory_.allocate(placed_size(record, event_version), Memory::Use::callbackEvent, madeBy_);
  } catch (const std::bad_alloc&) {
    return false;
  }
  place(memory, record, event_version);
  switch (version_) {
    case 0:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK0>(callback_)(context_, reinterpret_cast<FWPM_NET_EVENT1*>(memory));
      break;
    case 1:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK1>(callback_)(context_, reinterpret_cast<FWPM_NET_EVENT2*>(memory));
      break;
    case 2:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK2>(callback_)(context_, reinterpret_cast<FWPM_NET_EVENT3*>(memory));
      break;
    case 3:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK3>(callback_)(context_, reinterpret_cast<FWPM_NET_EVENT4*>(memory));
      break;
    default:
      reinterpret_cast<FWPM_NET_EVENT_CALLBACK4>(callback_)(context_, reinterpret_cast<FWPM_NET_EVENT5*>(memory));
      break;
  }
  engine_.memory_.release(memory, madeBy_);
  return true;
}

}  // namespace qmforge::wfp
