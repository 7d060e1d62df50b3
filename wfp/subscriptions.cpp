#include "subscriptions.h"

#include <algorithm>

namespace qmforge::wfp {

DWORD Subscriptions::add(const Origin& call, HANDLE session, const Subscription::Consumer& consumer,
                         const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template, HANDLE& handle) {
  auto filter = Filter::from(enum_template);
  if (!filter) return filter.error();
  handle = handles_.add_to(subscriptions_, Kind::subscription, session, call, [&] {
    return std::make_unique<Subscription>(surroundings_, consumer, std::move(*filter), session, call);
  });
  surroundings_.lock.changed.notify_all();
  return code::success;
}

Subscriptions::Ended Subscriptions::take(const Origin& call, HANDLE handle, const ModeSet& modes) {
  const auto found = subscriptions_.find(handle);
  Ended subscription = std::move(found->second);
  std::size_t late = 0;
  if (modes.contains(Mode::lateCallback)) {
    // There is always a late callback: if the queue is empty, the newest event is delivered again.
    if (!subscription->has_queued() && log_.size() != 0) subscription->offer(log_[log_.size() - 1]);
    late = 1;
  }
  subscription->end(late);
  subscriptions_.erase(found);
  handles_.close(handle, call);
  return subscription;
}

DWORD Subscriptions::end(const Origin& call, HANDLE session, HANDLE handle, const ModeSet& modes, Ended& ended) {
  const DWORD status = handles_.check(handle, Kind::subscription, session, call, misuses_);
  if (status != code::success) return status;
  if (subscriptions_.at(handle)->runs_on_this_thread()) {
    misuses_.add(MisuseKind::endInCallback, call, [] { return "a subscription is ended from its own callback"; });
    return code::possibleDeadlock;
  }
  ended = take(call, handle, modes);
  return code::success;
}

DWORD Subscriptions::end_all_of(const Origin& call, HANDLE session, const ModeSet& modes, std::vector<Ended>& ended) {
  const std::vector<HANDLE> handles = handles_.open(Kind::subscription, session);
  ended.reserve(handles.size());
  for (const HANDLE handle : handles) {
    if (!subscriptions_.at(handle)->runs_on_this_thread()) continue;
    misuses_.add(MisuseKind::endInCallback, call,
                 [] { return "a session is closed from the callback of its own subscription"; });
    return code::possibleDeadlock;
  }
  for (const HANDLE handle : handles) ended.push_back(take(call, handle, modes));
  return code::success;
}

void Subscriptions::offer(const Record* record, const Silence& silence) {
  for (const auto& [handle, subscription] : subscriptions_) {
    if (silence.after && subscription->accepted() >= *silence.after) continue;
    if (silence.dynamic_sessions && sessions_.is_dynamic(subscription->session())) continue;
    subscription->offer(record);
  }
}

bool Subscriptions::are_idle() const {
  return std::ranges::all_of(subscriptions_, [](const auto& entry) { return entry.second->is_idle(); });
}

Image Subscriptions::list() const {
  Image image;
  const std::vector<void*> pointers(subscriptions_.size());
  image.append(pointers.data(), pointers.size() * sizeof(void*), alignof(std::uint64_t));
  std::size_t slot = 0;
  for (const auto& [handle, subscription] : subscriptions_) {
    auto structure = zeroed<FWPM_NET_EVENT_SUBSCRIPTION0>();
    structure.sessionKey = sessions_.key(subscription->session());
    const std::uint32_t at = image.append(&structure, sizeof(structure), alignof(std::uint64_t));
    image.point(slot, at);
    slot += sizeof(void*);
    const Image& part = subscription->filter().image();
    if (part.bytes.empty()) continue;
    const std::uint32_t base = image.append(part.bytes.data(), part.bytes.size(), alignof(std::uint64_t));
    image.point(at + offsetof(FWPM_NET_EVENT_SUBSCRIPTION0, enumTemplate), base);
    for (const std::uint32_t inner : part.pointers) {
      std::uintptr_t target;
      std::memcpy(&target, part.bytes.data() + inner, sizeof(target));
      image.point(base + inner, static_cast<std::uint32_t>(base + target));
    }
  }
  return image;
}

}  // namespace qmforge::wfp
