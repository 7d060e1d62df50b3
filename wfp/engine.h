// The fake filter engine: one in each process, as Windows has one in each machine. It owns the parts and the lock.
//
// One mutex guards all state. No thread holds it while a callback runs, nor while events are copied out: records do not
// move until reset().
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "call_log.h"
#include "change_hook.h"
#include "deliveries.h"
#include "dispatcher.h"
#include "engine_lock.h"
#include "engine_options.h"
#include "enumerations.h"
#include "event_log.h"
#include "failure_injection.h"
#include "handles.h"
#include "memory.h"
#include "misuse_report.h"
#include "mode_set.h"
#include "qmforge/wfp/statistics.h"
#include "sessions.h"
#include "subscriptions.h"

namespace qmforge::wfp {

class Engine {
 public:
  static Engine& instance();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() = delete;  // it lives as long as the process

  // Around every call.
  [[nodiscard]] Origin begin(Function function);
  [[nodiscard]] std::optional<std::uint32_t> failure(std::string_view function, const void* caller);
  void end(const Origin& call, DWORD result, bool injected);
  /// Calls the hook of on_change().
  void changed();

  // The calls; docs/wfp.md specifies each.
  DWORD open(const Origin& call, bool local, UINT32 authn_service, const FWPM_SESSION0* session, HANDLE* handle);
  DWORD close(const Origin& call, HANDLE session);
  DWORD get_option(const Origin& call, HANDLE session, FWPM_ENGINE_OPTION option, FWP_VALUE0** value);
  DWORD set_option(const Origin& call, HANDLE session, FWPM_ENGINE_OPTION option, const FWP_VALUE0* value);
  DWORD begin_transaction(const Origin& call, HANDLE session, UINT32 flags);
  DWORD end_transaction(const Origin& call, HANDLE session);
  DWORD create_enumeration(const Origin& call, HANDLE session, const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template,
                           HANDLE* handle);
  DWORD enumerate(const Origin& call, unsigned version, HANDLE session, HANDLE enumeration, UINT32 requested,
                  void** entries, UINT32* returned);
  DWORD destroy_enumeration(const Origin& call, HANDLE session, HANDLE enumeration);
  DWORD subscribe(const Origin& call, HANDLE session, const FWPM_NET_EVENT_SUBSCRIPTION0* subscription,
                  const Subscription::Consumer& consumer, HANDLE* handle);
  DWORD unsubscribe(const Origin& call, HANDLE session, HANDLE subscription);
  DWORD get_subscriptions(const Origin& call, HANDLE session, FWPM_NET_EVENT_SUBSCRIPTION0*** entries, UINT32* count);
  void free_memory(const Origin& call, void** pointer);
  void count_unfaked(std::string_view function);
  /// A failure was injected into the call that was to close a handle.
  void excuse(HANDLE handle);
  DWORD get_app_id(const Origin& call, const WCHAR* file_name, FWP_BYTE_BLOB** app_id);
  /// The addresses for pointers to the parts of a security descriptor; NULL for a part that the caller does not
  /// request.
  struct SecurityInfo {
    PSID* owner;
    PSID* group;
    PACL* dacl;
    PACL* sacl;
    PSECURITY_DESCRIPTOR* descriptor;
  };
  DWORD get_security(const Origin& call, HANDLE session, UINT32 wanted, const SecurityInfo& info);
  DWORD set_security(const Origin& call, HANDLE session);

  // The controls.
  void reset();
  void feed(RecordSource source, const FeedOptions& options) { dispatcher_.feed(std::move(source), options); }
  void count_fed(std::size_t events) { fed_ += static_cast<std::uint32_t>(events); }
  [[nodiscard]] std::uint32_t fed() const { return fed_; }
  void wait_delivered();
  /// Also waits for feeds that wait for a subscription.
  void wait_all_delivered();
  void set_clock(std::uint64_t file_time, std::uint64_t step);
  void follow_system_clock(std::uint64_t offset, std::uint64_t step);
  void space_out_log();
  [[nodiscard]] Statistics statistics();
  void set_mode(Mode mode, bool on);
  /// Mode::silent.
  void set_silent_after(std::uint64_t events);
  [[nodiscard]] ModeSet modes();
  [[nodiscard]] Report report();
  /// The report; nothing if another thread holds the mutex, for example one that was ended with the process.
  [[nodiscard]] std::optional<Report> report_at_exit();

  /// Runs `use` on a part of the engine's state, with the mutex held.
  template <class Use>
  auto with_failures(Use use) {
    const Lock lock(lock_.mutex);
    return use(failures_);
  }
  template <class Use>
  auto with_calls(Use use) {
    const Lock lock(lock_.mutex);
    return use(std::as_const(calls_));
  }
  [[nodiscard]] const Memory& memory() const { return memory_; }
  [[nodiscard]] const Deliveries& deliveries() const { return deliveries_; }
  /// `hook` is called without the lock after every call, and before and after every callback.
  void on_change(void (*hook)()) { hook_.set(hook); }

  /// Whether a test or a scenario has used a control.
  [[nodiscard]] bool is_controlled() const { return controlled_; }
  void set_controlled() { controlled_ = true; }

 private:
  Engine() = default;

  [[nodiscard]] Silence silence() const;

  [[nodiscard]] Report report_locked() const;

  EngineLock lock_;
  CallLog calls_;
  MisuseReport misuses_;
  Handles handles_;
  FailureInjection failures_;
  Memory memory_;
  EngineOptions options_;
  ModeSet modes_;
  std::uint64_t silent_after_ = 1;  // events
  Deliveries deliveries_;
  ChangeHook hook_;
  EventLog log_;
  Sessions sessions_{handles_, misuses_};
  Enumerations enumerations_{handles_, misuses_, log_};
  Subscriptions subscriptions_{handles_, misuses_, log_, sessions_, lock_, memory_, deliveries_, hook_};
  Dispatcher dispatcher_{lock_, options_, log_, subscriptions_};
  std::atomic<std::uint32_t> fed_ = 0;
  std::atomic<bool> controlled_ = false;
};

}  // namespace qmforge::wfp
