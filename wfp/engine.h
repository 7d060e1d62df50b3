// The fake filter engine: one a process, as Windows has one a machine. It owns the parts and the lock.
//
// One mutex guards all state. It is never held while a callback runs, nor while events are copied out: records stay
// where they are until reset().
#pragma once

#include <cstdint>
#include <optional>

#include "call_log.h"
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

  // The calls; see docs/wfp.md for what each promises.
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

  // The controls.
  void reset();
  void feed(RecordSource source, const FeedOptions& options) { dispatcher_.feed(std::move(source), options); }
  void wait_delivered();
  void set_clock(std::uint64_t file_time, std::uint64_t step);
  [[nodiscard]] Statistics statistics();
  void set_mode(Mode mode, bool on);
  [[nodiscard]] ModeSet modes();
  [[nodiscard]] Report report();
  /// The report, unless another thread holds the engine and will not let go, as one may that was ended with the
  /// process.
  [[nodiscard]] std::optional<Report> report_at_exit();

  /// Runs `use` on a part of the engine's state while nobody else does.
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

 private:
  Engine() = default;

  [[nodiscard]] Report report_locked() const;

  EngineLock lock_;
  CallLog calls_;
  MisuseReport misuses_;
  Handles handles_;
  FailureInjection failures_;
  Memory memory_;
  EngineOptions options_;
  ModeSet modes_;
  EventLog log_;
  Sessions sessions_{handles_, misuses_};
  Enumerations enumerations_{handles_, misuses_, log_};
  Subscriptions subscriptions_{handles_, misuses_, log_, lock_, memory_};
  Dispatcher dispatcher_{lock_, options_, log_, subscriptions_};
};

}  // namespace qmforge::wfp
