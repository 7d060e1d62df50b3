// The engine's sessions, options and transactions, and what goes around every call.
#include "engine.h"

#include <algorithm>
#include <chrono>

#include "codes.h"
#include "feeder.h"
#include "scenario.h"
#include "subscription.h"

namespace qmforge::wfp {
namespace {

bool is_zero(const GUID& guid) {
  const GUID zero{};
  return std::memcmp(&guid, &zero, sizeof(GUID)) == 0;
}

bool equal(const GUID& a, const GUID& b) { return std::memcmp(&a, &b, sizeof(GUID)) == 0; }

constexpr UINT32 known_session_flags = 0x1;      // FWPM_SESSION_FLAG_DYNAMIC
constexpr UINT32 known_transaction_flags = 0x1;  // FWPM_TXN_READ_ONLY
constexpr UINT32 collect_net_events = FWPM_ENGINE_COLLECT_NET_EVENTS;
static_assert(collect_net_events == 0);

}  // namespace

Engine& Engine::instance() {
  // Never destroyed: threads may still be here when the process ends.
  static Engine* const engine = new Engine;
  return *engine;
}

void Engine::run_scenario_once() {
  if (!scenario_done_.load(std::memory_order_acquire)) {
    const Lock lock(scenario_mutex_);
    if (!scenario_done_.load(std::memory_order_relaxed)) {
      scenario_failed_ = !run_scenario_of_environment();
      scenario_done_.store(true, std::memory_order_release);
    }
  }
}

Origin Engine::begin(Function function) {
  run_scenario_once();
  const Lock lock(mutex_);
  return journal_.begin(function);
}

std::optional<std::uint32_t> Engine::fault(Function function, const void* caller) {
  // A program that was to run a scenario must not run without it unnoticed.
  if (scenario_failed_ && function == Function::engineOpen0) return code::badConfiguration;
  const Lock lock(mutex_);
  return faults_.next(to_string(function), caller);
}

void Engine::end(const Origin& call, DWORD result, bool injected) {
  const Lock lock(mutex_);
  journal_.end(call, result, this_thread(), injected);
}

DWORD Engine::unfaked_call(const char* function, DWORD answer, const void* caller) noexcept {
  try {
    run_scenario_once();
    const Lock lock(mutex_);
    ++unfaked_[function];
    return faults_.next(function, caller).value_or(answer);
  } catch (const std::bad_alloc&) {
    return code::notEnoughMemory;
  }
}

DWORD Engine::null_argument(const Origin& call, const char* what) {
  journal_.mistake(Misuse::nullArgument, call, [&] { return std::string(what) + " is NULL"; });
  return code::nullPointer;
}

DWORD Engine::check_session_outside_transaction(const Origin& call, HANDLE session) {
  const DWORD status = check_session(call, session);
  if (status != code::success) return status;
  return sessions_.at(session).transaction ? code::txnInProgress : code::success;
}

DWORD Engine::open(const Origin& call, bool local, UINT32 authn_service, const FWPM_SESSION0* session, HANDLE* handle) {
  const Lock lock(mutex_);
  if (handle == nullptr) return null_argument(call, "engineHandle");
  if (!local) return code::notSupported;
  if (authn_service != RPC_C_AUTHN_WINNT && authn_service != static_cast<UINT32>(RPC_C_AUTHN_DEFAULT))
    return code::unknownAuthnService;
  Session made;
  if (session != nullptr) {
    if ((session->flags & ~known_session_flags) != 0) return code::invalidFlags;
    made.key = session->sessionKey;
  }
  if (is_zero(made.key))
    made.key = GUID{next_session_key_++, 0x716d, 0x4672, {0x71, 0x6d, 0x66, 0x6f, 0x72, 0x67, 0x65, 0x00}};
  for (const auto& [other, opened] : sessions_)
    if (equal(opened.key, made.key)) return code::alreadyExists;
  *handle = add(sessions_, Kind::engine, nullptr, call, [&] { return made; });
  return code::success;
}

DWORD Engine::close(const Origin& call, HANDLE session) {
  std::vector<std::unique_ptr<Subscription>> ended;  // their ends are waited for without the mutex
  const Lock lock(mutex_);
  const DWORD status = check_session(call, session);
  if (status != code::success) return status;
  const std::vector<HANDLE> subscriptions = handles_.open(Kind::subscription, session);
  const std::vector<HANDLE> enumerations = handles_.open(Kind::enumeration, session);
  ended.reserve(subscriptions.size());
  for (const HANDLE subscription : subscriptions) {
    if (!subscriptions_.at(subscription)->runs_on_this_thread()) continue;
    journal_.mistake(Misuse::endInCallback, call,
                     [] { return "a session is closed from the callback of its own subscription"; });
    return code::possibleDeadlock;
  }
  for (const HANDLE subscription : subscriptions) ended.push_back(detach(subscription, call));
  for (const HANDLE enumeration : enumerations) {
    enumerations_.erase(enumeration);
    handles_.close(enumeration, call);
  }
  sessions_.erase(session);
  handles_.close(session, call);
  mutex_.unlock();
  ended.clear();
  mutex_.lock();
  return code::success;
}

DWORD Engine::get_option(const Origin& call, HANDLE session, FWPM_ENGINE_OPTION option, FWP_VALUE0** value) {
  const Lock lock(mutex_);
  const DWORD status = check_session(call, session);
  if (status != code::success) return status;
  if (value == nullptr) return null_argument(call, "value");
  if (static_cast<UINT32>(option) >= options_.size()) return code::invalidParameter;
  auto* const made = reinterpret_cast<FWP_VALUE0*>(memory_.allocate(sizeof(FWP_VALUE0), Memory::Use::batch, call));
  *made = zeroed<FWP_VALUE0>();
  made->type = FWP_UINT32;
  made->uint32 = options_[static_cast<UINT32>(option)];
  *value = made;
  return code::success;
}

DWORD Engine::set_option(const Origin& call, HANDLE session, FWPM_ENGINE_OPTION option, const FWP_VALUE0* value) {
  const Lock lock(mutex_);
  const DWORD status = check_session(call, session);
  if (status != code::success) return status;
  if (value == nullptr) return null_argument(call, "newValue");
  const auto number = static_cast<UINT32>(option);
  if (number >= options_.size()) return code::invalidParameter;
  if (value->type != FWP_UINT32) return code::typeMismatch;
  if (number == collect_net_events && value->uint32 > 1) return code::outOfBounds;
  options_[number] = value->uint32;
  return code::success;
}

DWORD Engine::begin_transaction(const Origin& call, HANDLE session, UINT32 flags) {
  const Lock lock(mutex_);
  const DWORD status = check_session_outside_transaction(call, session);
  if (status != code::success) return status;
  if ((flags & ~known_transaction_flags) != 0) return code::invalidFlags;
  sessions_.at(session).transaction = true;
  return code::success;
}

DWORD Engine::end_transaction(const Origin& call, HANDLE session) {
  const Lock lock(mutex_);
  const DWORD status = check_session(call, session);
  if (status != code::success) return status;
  if (!sessions_.at(session).transaction) return code::noTxnInProgress;
  sessions_.at(session).transaction = false;
  return code::success;
}

void Engine::free_memory(const Origin& call, void** pointer) {
  using As = Memory::Found::As;
  if (pointer == nullptr) {
    const Lock lock(mutex_);
    (void)null_argument(call, "p");
    return;
  }
  void* const address = *pointer;
  *pointer = nullptr;
  if (address == nullptr) return;
  const Memory::Found found = memory_.free_batch(address, call);
  if (found.as == As::live && found.block.use == Memory::Use::batch) return;
  const Lock lock(mutex_);
  const auto maker = [&] { return to_string(found.madeBy) + " made"; };
  if (found.as == As::freedBefore)
    journal_.mistake(Misuse::doubleFree, call, [&] {
      return "the batch that " + maker() + " was freed by " + to_string(found.freedBy) + " before";
    });
  else if (found.as == As::unknown)
    journal_.mistake(Misuse::unknownPointer, call, [] { return "the pointer is none that a call returned"; });
  else if (found.block.use == Memory::Use::callbackEvent)
    journal_.mistake(Misuse::callbackEvent, call,
                     [&] { return "the event belongs to the callback of the subscription that " + maker(); });
  else
    journal_.mistake(Misuse::insideBatch, call, [&] {
      return "the pointer leads into the batch that " + maker() + ", which is freed as a whole";
    });
}

void Engine::set_clock(std::uint64_t file_time, std::uint64_t step) {
  const Lock lock(mutex_);
  log_.set_clock(file_time, step);
}

void Engine::set_mode(Mode mode, bool on) {
  const Lock lock(mutex_);
  if (on)
    modes_.insert(mode);
  else
    modes_.erase(mode);
}

bool Engine::is_on(Mode mode) {
  const Lock lock(mutex_);
  return is_on_locked(mode);
}

Statistics Engine::statistics() {
  const Lock lock(mutex_);
  return {log_.size(), not_collected_, delivered_, log_.bytes()};
}

Report Engine::report_locked() const {
  Report report{journal_.mistakes(), {}, {}};
  for (const Kind kind : {Kind::engine, Kind::enumeration, Kind::subscription})
    for (const HANDLE handle : handles_.open(kind)) {
      const Origin& origin = handles_[handle].madeBy;
      report.leaks.push_back({std::string(to_string(kind)), origin.call, origin.function, 0});
    }
  for (const auto& [function, count] : unfaked_) report.unfaked.push_back({std::string(function), count});
  for (const Memory::Block& block : memory_.batches())
    report.leaks.push_back({"batch", block.madeBy.call, block.madeBy.function, block.size});
  std::ranges::sort(report.leaks, {}, &Leak::madeBy);  // a call makes one thing at most
  return report;
}

Report Engine::report() {
  const Lock lock(mutex_);
  return report_locked();
}

std::optional<Report> Engine::report_at_exit() {
  if (!mutex_.try_lock()) return std::nullopt;
  Report result = report_locked();
  mutex_.unlock();
  return result;
}

void Engine::reset() {
  std::vector<std::unique_ptr<Subscription>> ended;
  {
    const Lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    for (const HANDLE subscription : handles_.open(Kind::subscription)) ended.push_back(detach(subscription, {}));
  }
  std::vector<std::unique_ptr<Feeder>> feeders;
  {
    const Lock lock(mutex_);
    feeders.swap(feeders_);
  }
  feeders.clear();
  ended.clear();
  const Lock lock(mutex_);
  memory_.clear();
  journal_ = {};
  handles_ = {};
  faults_.clear();
  unfaked_.clear();
  log_ = {};
  sessions_.clear();
  enumerations_.clear();
  options_ = {1};
  modes_.clear();
  stopping_ = false;
  not_collected_ = 0;
  delivered_ = 0;
}

}  // namespace qmforge::wfp
