// How the engine is read: enumerations, which see the past, and subscriptions, which see what happens.
#include <algorithm>

#include "codes.h"
#include "delivery.h"
#include "engine.h"
#include "feeder.h"
#include "subscription.h"

namespace qmforge::wfp {
namespace {

constexpr std::size_t largest_batch = 65537;  // one more than 16 bits count

}  // namespace

DWORD Engine::create_enumeration(const Origin& call, HANDLE session, const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template,
                                 HANDLE* handle) {
  const Lock lock(mutex_);
  const DWORD status = check_session_outside_transaction(call, session);
  if (status != code::success) return status;
  if (handle == nullptr) return null_argument(call, "enumHandle");
  auto filter = Filter::from(enum_template);
  if (!filter) return filter.error();
  Enumeration enumeration;
  enumeration.filter = std::move(*filter);
  enumeration.end = log_.size();
  if (is_on_locked(Mode::largestBatch)) {
    std::size_t matching = 0;
    for (std::size_t i = 0; i < enumeration.end; ++i)
      if (enumeration.filter.matches(*log_[i])) ++matching;
    enumeration.again = matching != 0;
    enumeration.left = matching == 0 ? 0 : std::max(matching, largest_batch);
  }
  *handle =
      add(enumerations_, Kind::enumeration, session, call, [&]() -> Enumeration&& { return std::move(enumeration); });
  return code::success;
}

DWORD Engine::enumerate(const Origin& call, unsigned version, HANDLE session, HANDLE handle, UINT32 requested,
                        void** entries, UINT32* returned) {
  std::vector<const Record*> page;
  std::byte* batch = nullptr;
  {
    const Lock lock(mutex_);
    DWORD status = check_session(call, session);
    if (status == code::success) status = handles_.check(handle, Kind::enumeration, session, call, journal_);
    if (status != code::success) return status;
    if (entries == nullptr) return null_argument(call, "entries");
    if (returned == nullptr) return null_argument(call, "numEntriesReturned");
    if (options_[FWPM_ENGINE_COLLECT_NET_EVENTS] == 0) return code::netEventsDisabled;
    Enumeration& enumeration = enumerations_.at(handle);
    std::size_t next = enumeration.next;
    std::size_t left = enumeration.left;
    while (page.size() < requested && left != 0) {
      if (next == enumeration.end) {
        if (!enumeration.again) break;
        next = 0;
      }
      const Record* const record = log_[next++];
      if (!enumeration.filter.matches(*record)) continue;
      page.push_back(record);
      --left;
    }
    // Without memory for the batch the enumeration stays where it is.
    if (!page.empty() || is_on_locked(Mode::emptyBatch))
      batch = memory_.allocate(batch_size(page, version), Memory::Use::batch, call);
    enumeration.next = next;
    enumeration.left = left;
  }
  if (batch != nullptr) place_batch(batch, page, version);
  *entries = batch;
  *returned = static_cast<UINT32>(page.size());
  return code::success;
}

DWORD Engine::destroy_enumeration(const Origin& call, HANDLE session, HANDLE enumeration) {
  const Lock lock(mutex_);
  DWORD status = check_session(call, session);
  if (status == code::success) status = handles_.check(enumeration, Kind::enumeration, session, call, journal_);
  if (status != code::success) return status;
  enumerations_.erase(enumeration);
  handles_.close(enumeration, call);
  return code::success;
}

DWORD Engine::subscribe(const Origin& call, unsigned version, HANDLE session,
                        const FWPM_NET_EVENT_SUBSCRIPTION0* subscription, AnyCallback callback, void* context,
                        HANDLE* handle) {
  const Lock lock(mutex_);
  const DWORD status = check_session_outside_transaction(call, session);
  if (status != code::success) return status;
  if (subscription == nullptr) return null_argument(call, "subscription");
  if (callback == nullptr) return null_argument(call, "callback");
  if (handle == nullptr) return null_argument(call, "eventsHandle");
  auto filter = Filter::from(subscription->enumTemplate);
  if (!filter) return filter.error();
  *handle = add(subscriptions_, Kind::subscription, session, call, [&] {
    return std::make_unique<Subscription>(*this, version, callback, context, std::move(*filter), session, call);
  });
  changed_.notify_all();
  return code::success;
}

std::unique_ptr<Subscription> Engine::detach(HANDLE handle, const Origin& by) {
  const auto found = subscriptions_.find(handle);
  std::unique_ptr<Subscription> subscription = std::move(found->second);
  std::size_t late = 0;
  if (is_on_locked(Mode::lateCallback)) {
    // Something always happens at the wrong time: if nothing waits to be delivered, the newest event happens again.
    if (!subscription->has_queued() && log_.size() != 0) subscription->offer(log_[log_.size() - 1]);
    late = 1;
  }
  subscription->end(late);
  subscriptions_.erase(found);
  handles_.close(handle, by);
  return subscription;
}

DWORD Engine::unsubscribe(const Origin& call, HANDLE session, HANDLE handle) {
  std::unique_ptr<Subscription> ended;  // destroyed after the lock is gone
  const Lock lock(mutex_);
  DWORD status = check_session_outside_transaction(call, session);
  if (status != code::success || handle == nullptr) return status;
  status = handles_.check(handle, Kind::subscription, session, call, journal_);
  if (status != code::success) return status;
  if (subscriptions_.at(handle)->runs_on_this_thread()) {
    journal_.mistake(Misuse::endInCallback, call, [] { return "a subscription is ended from its own callback"; });
    return code::possibleDeadlock;
  }
  ended = detach(handle, call);
  return code::success;
}

DWORD Engine::get_subscriptions(const Origin& call, HANDLE session, FWPM_NET_EVENT_SUBSCRIPTION0*** entries,
                                UINT32* count) {
  const Lock lock(mutex_);
  const DWORD status = check_session(call, session);
  if (status != code::success) return status;
  if (entries == nullptr) return null_argument(call, "entries");
  if (count == nullptr) return null_argument(call, "numEntries");
  if (subscriptions_.empty()) {
    *entries = nullptr;
    *count = 0;
    return code::success;
  }

  // One image of everything: the array of pointers, then each subscription and its template.
  Image image;
  const std::vector<void*> pointers(subscriptions_.size());
  image.append(pointers.data(), pointers.size() * sizeof(void*), alignof(std::uint64_t));
  std::size_t slot = 0;
  for (const auto& [handle, subscription] : subscriptions_) {
    auto structure = zeroed<FWPM_NET_EVENT_SUBSCRIPTION0>();
    structure.sessionKey = sessions_.at(subscription->session()).key;
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
  std::byte* const batch = memory_.allocate(image.bytes.size(), Memory::Use::batch, call);
  std::memcpy(batch, image.bytes.data(), image.bytes.size());
  for (const std::uint32_t pointer : image.pointers) relocate(batch + pointer, batch);
  *entries = reinterpret_cast<FWPM_NET_EVENT_SUBSCRIPTION0**>(batch);
  *count = static_cast<UINT32>(subscriptions_.size());
  return code::success;
}

}  // namespace qmforge::wfp
