// The fake filter engine: one a process, as Windows has one a machine. The calls (api.cpp) and the controls
// (control.cpp) are thin; what they do is here.
//
// One mutex guards all state. It is never held while a callback runs, nor while events are copied out: records stay
// where they are until reset().
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <vector>

#include "event_log.h"
#include "faults.h"
#include "filter.h"
#include "handles.h"
#include "journal.h"
#include "memory.h"
#include "threads.h"

namespace qmforge::wfp {

class Subscription;
class Feeder;

/// Gives one record after the other, as make_record makes them; false when there are no more.
using Source = std::function<bool(std::vector<std::byte>&)>;

class Engine {
 public:
  static Engine& instance();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() = delete;  // it lives as long as the process

  // Around every call.
  /// Gives a call its number; before the first one, runs the scenario that the environment names.
  [[nodiscard]] Origin begin(Function function);
  [[nodiscard]] std::optional<std::uint32_t> fault(Function function, const void* caller);
  void end(const Origin& call, DWORD result, bool injected);
  /// All that a call of a function does that is not faked; see unfaked.h.
  [[nodiscard]] DWORD unfaked_call(const char* function, DWORD answer, const void* caller) noexcept;

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
  /// A callback, whatever its version.
  using AnyCallback = void (*)();
  DWORD subscribe(const Origin& call, unsigned version, HANDLE session,
                  const FWPM_NET_EVENT_SUBSCRIPTION0* subscription, AnyCallback callback, void* context,
                  HANDLE* handle);
  DWORD unsubscribe(const Origin& call, HANDLE session, HANDLE subscription);
  DWORD get_subscriptions(const Origin& call, HANDLE session, FWPM_NET_EVENT_SUBSCRIPTION0*** entries, UINT32* count);
  void free_memory(const Origin& call, void** pointer);

  // The controls.
  void reset();
  void feed(Source source, const FeedOptions& options);
  void wait_delivered();
  void set_clock(std::uint64_t file_time, std::uint64_t step);
  [[nodiscard]] Statistics statistics();
  void set_mode(Mode mode, bool on);
  [[nodiscard]] bool is_on(Mode mode);
  [[nodiscard]] Report report();
  /// The report, unless another thread holds the engine and will not let go, as one may that was ended with the
  /// process.
  [[nodiscard]] std::optional<Report> report_at_exit();

  /// Runs `use` on a part of the engine's state while nobody else does.
  template <class Use>
  auto with_faults(Use use) {
    const Lock lock(mutex_);
    return use(faults_);
  }
  template <class Use>
  auto with_journal(Use use) {
    const Lock lock(mutex_);
    return use(std::as_const(journal_));
  }
  [[nodiscard]] Memory& memory() { return memory_; }

 private:
  friend class Subscription;
  friend class Feeder;

  struct Session {
    GUID key{};
    bool transaction = false;
  };
  struct Enumeration {
    Filter filter;
    std::size_t next = 0;         // in the log
    std::size_t end = 0;          // the log's size when the handle was made
    std::size_t left = SIZE_MAX;  // entries that may still be returned
    bool again = false;           // Mode::largestBatch: begin anew at the log's end
  };

  Engine() = default;

  /// Before the first call of all: runs the scenario that the environment names.
  void run_scenario_once();

  // All of these with the mutex held.
  [[nodiscard]] DWORD null_argument(const Origin& call, const char* what);
  [[nodiscard]] DWORD check_session(const Origin& call, HANDLE session) {
    return handles_.check(session, Kind::engine, nullptr, call, journal_);
  }
  /// Also refuses when the session is in a transaction.
  [[nodiscard]] DWORD check_session_outside_transaction(const Origin& call, HANDLE session);
  /// Adds what `make` makes to a map, under a new handle. All that can fail comes first: both are made, or nothing is.
  template <class Map, class Make>
  [[nodiscard]] HANDLE add(Map& map, Kind kind, HANDLE session, const Origin& call, Make make) {
    Map one;
    one.try_emplace(nullptr);
    auto node = one.extract(one.begin());
    handles_.make_room();
    node.mapped() = make();
    node.key() = handles_.add(kind, session, call);
    return map.insert(std::move(node)).position->first;
  }
  [[nodiscard]] bool is_on_locked(Mode mode) const { return modes_.contains(mode); }
  void emit(std::span<const std::byte> record, Delivery delivery);
  [[nodiscard]] bool is_idle() const;
  [[nodiscard]] Report report_locked() const;
  /// Takes a subscription out of the engine and tells it to end; its destructor waits for its callback.
  [[nodiscard]] std::unique_ptr<Subscription> detach(HANDLE subscription, const Origin& by);

  Mutex mutex_;
  Condition changed_;  // a callback returned, a feed ended, a subscription was made, the engine is being reset
  Journal journal_;
  Handles handles_;
  Faults faults_;
  std::map<std::string_view, std::uint64_t> unfaked_;  // calls by function
  Memory memory_;
  EventLog log_;
  std::map<HANDLE, Session> sessions_;
  std::map<HANDLE, Enumeration> enumerations_;
  std::map<HANDLE, std::unique_ptr<Subscription>> subscriptions_;
  std::vector<std::unique_ptr<Feeder>> feeders_;
  std::array<UINT32, 6> options_ = {1};  // by FWPM_ENGINE_OPTION, as many as Windows 8 has: events are collected
  std::set<Mode> modes_;
  bool stopping_ = false;  // feeds end
  std::uint64_t not_collected_ = 0;
  std::uint64_t delivered_ = 0;
  std::uint32_t next_session_key_ = 1;

  Mutex scenario_mutex_;
  std::atomic<bool> scenario_done_ = false;
  bool scenario_failed_ = false;
};

}  // namespace qmforge::wfp
