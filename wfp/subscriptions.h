// The subscriptions of all sessions.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "event_log.h"
#include "handles.h"
#include "misuse_report.h"
#include "mode_set.h"
#include "sessions.h"
#include "subscription.h"

namespace qmforge::wfp {

/// Which subscriptions deliver no more events.
struct Silence {
  std::optional<std::uint64_t> after;  // Mode::silent: this many events
  bool dynamic_sessions = false;       // Mode::dynamicSilent
};

class Subscriptions {
 public:
  Subscriptions(Handles& handles, MisuseReport& misuses, const EventLog& log, const Sessions& sessions,
                EngineLock& lock, Memory& memory, Deliveries& deliveries, const ChangeHook& hook)
      : handles_(handles),
        misuses_(misuses),
        log_(log),
        sessions_(sessions),
        surroundings_{lock, memory, delivered_, deliveries, hook} {}
  Subscriptions(const Subscriptions&) = delete;
  Subscriptions& operator=(const Subscriptions&) = delete;

  DWORD add(const Origin& call, HANDLE session, const Subscription::Consumer& consumer,
            const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template, HANDLE& handle);

  /// A subscription that has ended, except for a callback that may run. Its destructor waits for the callback; do not
  /// hold the lock.
  using Ended = std::unique_ptr<Subscription>;
  DWORD end(const Origin& call, HANDLE session, HANDLE handle, const ModeSet& modes, Ended& ended);
  /// Those of a session, or of every session for NULL.
  DWORD end_all_of(const Origin& call, HANDLE session, const ModeSet& modes, std::vector<Ended>& ended);

  void offer(const Record* record, const Silence& silence);
  [[nodiscard]] bool empty() const { return subscriptions_.empty(); }
  [[nodiscard]] std::size_t size() const { return subscriptions_.size(); }
  [[nodiscard]] bool are_idle() const;
  /// An array of pointers, and each subscription and its template.
  [[nodiscard]] Image list() const;

  [[nodiscard]] std::uint64_t delivered() const { return delivered_; }
  /// With no subscription left.
  void clear() { delivered_ = 0; }

 private:
  [[nodiscard]] Ended take(const Origin& call, HANDLE handle, const ModeSet& modes);

  Handles& handles_;
  MisuseReport& misuses_;
  const EventLog& log_;
  const Sessions& sessions_;
  std::uint64_t delivered_ = 0;
  const Surroundings surroundings_;
  std::map<HANDLE, std::unique_ptr<Subscription>> subscriptions_;
};

}  // namespace qmforge::wfp
