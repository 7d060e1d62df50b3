#include "engine.h"

#include <cstring>

#include "delivery.h"

namespace qmforge::wfp {

Engine& Engine::instance() {
  // Never destroyed: threads may still be here when the process ends.
  static Engine* const engine = new Engine;
  return *engine;
}

Origin Engine::begin(Function function) {
  const Lock lock(lock_.mutex);
  return calls_.begin(function);
}

std::optional<std::uint32_t> Engine::failure(std::string_view function, const void* caller) {
  const Lock lock(lock_.mutex);
  return failures_.next(function, caller);
}

void Engine::end(const Origin& call, DWORD result, bool injected) {
  const Lock lock(lock_.mutex);
  calls_.end(call, result, this_thread(), injected);
}

void Engine::changed() { hook_(); }

DWORD Engine::open(const Origin& call, bool local, UINT32 authn_service, const FWPM_SESSION0* session, HANDLE* handle) {
  const Lock lock(lock_.mutex);
  if (handle == nullptr) return misuses_.null_argument(call, "engineHandle");
  if (!local) return code::notSupported;
  if (authn_service != RPC_C_AUTHN_WINNT && authn_service != static_cast<UINT32>(RPC_C_AUTHN_DEFAULT))
    return code::unknownAuthnService;
  return sessions_.open(call, session, *handle);
}

DWORD Engine::close(const Origin& call, HANDLE session) {
  std::vector<Subscriptions::Ended> ended;  // destroyed after the lock is released
  const Lock lock(lock_.mutex);
  DWORD status = sessions_.check(call, session);
  if (status != code::success) return status;
  const std::vector<HANDLE> enumerations = handles_.open(Kind::enumeration, session);
  status = subscriptions_.end_all_of(call, session, modes_, ended);
  if (status != code::success) return status;
  enumerations_.destroy(call, enumerations);
  sessions_.close(call, session);
  return code::success;
}

DWORD Engine::get_option(const Origin& call, HANDLE session, FWPM_ENGINE_OPTION option, FWP_VALUE0** value) {
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check(call, session);
  if (status != code::success) return status;
  if (value == nullptr) return misuses_.null_argument(call, "value");
  if (!EngineOptions::is_known(option)) return code::invalidParameter;
  auto* const made = reinterpret_cast<FWP_VALUE0*>(memory_.allocate(sizeof(FWP_VALUE0), Memory::Use::batch, call));
  *made = zeroed<FWP_VALUE0>();
  made->type = FWP_UINT32;
  made->uint32 = options_.get(option);
  *value = made;
  return code::success;
}

DWORD Engine::set_option(const Origin& call, HANDLE session, FWPM_ENGINE_OPTION option, const FWP_VALUE0* value) {
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check_outside_transaction(call, session);
  if (status != code::success) return status;
  if (sessions_.is_dynamic(session)) return code::dynamicSessionInProgress;
  if (value == nullptr) return misuses_.null_argument(call, "newValue");
  return options_.set(option, *value);
}

DWORD Engine::begin_transaction(const Origin& call, HANDLE session, UINT32 flags) {
  const Lock lock(lock_.mutex);
  return sessions_.begin_transaction(call, session, flags);
}

DWORD Engine::end_transaction(const Origin& call, HANDLE session) {
  const Lock lock(lock_.mutex);
  return sessions_.end_transaction(call, session);
}

DWORD Engine::create_enumeration(const Origin& call, HANDLE session, const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template,
                                 HANDLE* handle) {
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check_outside_transaction(call, session);
  if (status != code::success) return status;
  if (handle == nullptr) return misuses_.null_argument(call, "enumHandle");
  return enumerations_.create(call, session, enum_template, modes_, *handle);
}

DWORD Engine::enumerate(const Origin& call, unsigned version, HANDLE session, HANDLE enumeration, UINT32 requested,
                        void** entries, UINT32* returned) {
  Enumerations::Page page;
  std::byte* batch = nullptr;
  {
    const Lock lock(lock_.mutex);
    DWORD status = sessions_.check(call, session);
    if (status == code::success) status = enumerations_.check(call, session, enumeration);
    if (status != code::success) return status;
    if (entries == nullptr) return misuses_.null_argument(call, "entries");
    if (returned == nullptr) return misuses_.null_argument(call, "numEntriesReturned");
    if (!options_.collects_net_events()) return code::netEventsDisabled;
    page = enumerations_.next_page(enumeration, requested);
    // Without memory for the batch, the enumeration's position does not change.
    if (!page.records.empty() || modes_.contains(Mode::emptyBatch))
      batch = memory_.allocate(batch_size(page.records, version), Memory::Use::batch, call);
    enumerations_.advance(enumeration, page);
    if (!page.records.empty())
      deliveries_.set_batch(call, *page.records.front(), *page.records.back(), page.records.size());
  }
  if (batch != nullptr) place_batch(batch, page.records, version);
  *entries = batch;
  *returned = static_cast<UINT32>(page.records.size());
  return code::success;
}

DWORD Engine::destroy_enumeration(const Origin& call, HANDLE session, HANDLE enumeration) {
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check(call, session);
  if (status != code::success) return status;
  return enumerations_.destroy(call, session, enumeration);
}

DWORD Engine::subscribe(const Origin& call, HANDLE session, const FWPM_NET_EVENT_SUBSCRIPTION0* subscription,
                        const Subscription::Consumer& consumer, HANDLE* handle) {
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check_outside_transaction(call, session);
  if (status != code::success) return status;
  if (subscription == nullptr) return misuses_.null_argument(call, "subscription");
  if (consumer.callback == nullptr) return misuses_.null_argument(call, "callback");
  if (handle == nullptr) return misuses_.null_argument(call, "eventsHandle");
  return subscriptions_.add(call, session, consumer, subscription->enumTemplate, *handle);
}

DWORD Engine::unsubscribe(const Origin& call, HANDLE session, HANDLE subscription) {
  Subscriptions::Ended ended;  // destroyed after the lock is released
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check_outside_transaction(call, session);
  if (status != code::success || subscription == nullptr) return status;
  return subscriptions_.end(call, session, subscription, modes_, ended);
}

DWORD Engine::get_subscriptions(const Origin& call, HANDLE session, FWPM_NET_EVENT_SUBSCRIPTION0*** entries,
                                UINT32* count) {
  const Lock lock(lock_.mutex);
  const DWORD status = sessions_.check(call, session);
  if (status != code::success) return status;
  if (entries == nullptr) return misuses_.null_argument(call, "entries");
  if (count == nullptr) return misuses_.null_argument(call, "numEntries");
  if (subscriptions_.empty()) {
    *entries = nullptr;
    *count = 0;
    return code::success;
  }
  const Image image = subscriptions_.list();
  std::byte* const batch = memory_.allocate(image.bytes.size(), Memory::Use::batch, call);
  std::memcpy(batch, image.bytes.data(), image.bytes.size());
  for (const std::uint32_t pointer : image.pointers) relocate(batch + pointer, batch);
  *entries = reinterpret_cast<FWPM_NET_EVENT_SUBSCRIPTION0**>(batch);
  *count = static_cast<UINT32>(subscriptions_.size());
  return code::success;
}

void Engine::free_memory(const Origin& call, void** pointer) {
  using As = Memory::Found::As;
  if (pointer == nullptr) {
    const Lock lock(lock_.mutex);
    (void)misuses_.null_argument(call, "p");
    return;
  }
  void* const address = *pointer;
  *pointer = nullptr;
  if (address == nullptr) return;
  const Memory::Found found = memory_.free_batch(address, call);
  if (found.as == As::live && found.block.use == Memory::Use::batch) return;
  const Lock lock(lock_.mutex);
  const auto maker = [&] { return to_string(found.made_by) + " made"; };
  if (found.as == As::freedBefore)
    misuses_.add(MisuseKind::doubleFree, call,
                 [&] { return "the batch that " + maker() + " was freed before, by " + to_string(found.freed_by); });
  else if (found.as == As::unknown)
    misuses_.add(MisuseKind::unknownPointer, call, [] { return "no call returned the pointer"; });
  else if (found.block.use == Memory::Use::callbackEvent)
    misuses_.add(MisuseKind::callbackEvent, call,
                 [&] { return "the event belongs to the callback of the subscription that " + maker(); });
  else
    misuses_.add(MisuseKind::insideBatch, call, [&] {
      return "the pointer is inside the batch that " + maker() + ", which must be freed as a whole";
    });
}

void Engine::count_unfaked(std::string_view function) {
  const Lock lock(lock_.mutex);
  calls_.count_unfaked(function);
}

void Engine::wait_delivered() {
  const Lock lock(lock_.mutex);
  while (!dispatcher_.is_idle() || !subscriptions_.are_idle()) lock_.changed.wait(lock_.mutex);
}

void Engine::wait_all_delivered() {
  const Lock lock(lock_.mutex);
  while (!dispatcher_.is_done() || !subscriptions_.are_idle()) lock_.changed.wait(lock_.mutex);
}

void Engine::excuse(HANDLE handle) {
  const Lock lock(lock_.mutex);
  handles_.excuse(handle);
}

void Engine::follow_system_clock(std::uint64_t offset, std::uint64_t step) {
  const Lock lock(lock_.mutex);
  log_.follow_system_clock(offset, step);
}

void Engine::space_out_log() {
  const Lock lock(lock_.mutex);
  log_.space_out();
}

void Engine::set_clock(std::uint64_t file_time, std::uint64_t step) {
  const Lock lock(lock_.mutex);
  log_.set_clock(file_time, step);
}

void Engine::set_mode(Mode mode, bool on) {
  const Lock lock(lock_.mutex);
  modes_.set(mode, on);
  dispatcher_.set_silence(silence());
}

void Engine::set_silent_after(std::uint64_t events) {
  const Lock lock(lock_.mutex);
  silent_after_ = events;
  modes_.set(Mode::silent, true);
  dispatcher_.set_silence(silence());
}

Silence Engine::silence() const {
  Silence silence;
  if (modes_.contains(Mode::silent)) silence.after = silent_after_;
  silence.dynamic_sessions = modes_.contains(Mode::dynamicSilent);
  return silence;
}

ModeSet Engine::modes() {
  const Lock lock(lock_.mutex);
  return modes_;
}

Statistics Engine::statistics() {
  const Lock lock(lock_.mutex);
  return {log_.size(), dispatcher_.not_collected(), subscriptions_.delivered(), log_.bytes()};
}

Report Engine::report_locked() const {
  Report report{misuses_.misuses(), {}, calls_.unfaked()};
  for (const Kind kind : {Kind::engine, Kind::enumeration, Kind::subscription})
    for (const HANDLE handle : handles_.open(kind)) {
      if (handles_.is_excused(handle)) continue;
      const Origin& origin = handles_[handle].made_by;
      report.leaks.push_back({std::string(to_string(kind)), origin.call, origin.function, 0});
    }
  for (const Memory::Block& block : memory_.batches())
    report.leaks.push_back({"batch", block.made_by.call, block.made_by.function, block.size});
  return report;
}

Report Engine::report() {
  const Lock lock(lock_.mutex);
  return report_locked();
}

std::optional<Report> Engine::report_at_exit() {
  if (!lock_.mutex.try_lock()) return std::nullopt;
  Report result = report_locked();
  lock_.mutex.unlock();
  return result;
}

void Engine::reset() {
  dispatcher_.stop();
  std::vector<Subscriptions::Ended> ended;
  {
    const Lock lock(lock_.mutex);
    (void)subscriptions_.end_all_of({}, nullptr, modes_, ended);
  }
  ended.clear();
  const Lock lock(lock_.mutex);
  deliveries_.clear();
  memory_.clear();
  calls_ = {};
  misuses_ = {};
  handles_ = {};
  failures_.clear();
  log_ = {};
  sessions_.clear();
  enumerations_.clear();
  subscriptions_.clear();
  dispatcher_.clear();
  options_ = {};
  modes_ = {};
  silent_after_ = 1;
  fed_ = 0;
}

}  // namespace qmforge::wfp
