// The last stages of every feed: adds records to the log and delivers them to the subscriptions, at once, at a pace, or
// when the program subscribes.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine_lock.h"
#include "engine_options.h"
#include "event_log.h"
#include "qmforge/wfp/feed_options.h"
#include "subscriptions.h"

namespace qmforge::wfp {

/// Returns one record after the other, as make_record makes them; false after the last.
using RecordSource = std::function<bool(std::vector<std::byte>&)>;

class Dispatcher {
 public:
  Dispatcher(EngineLock& lock, const EngineOptions& options, EventLog& log, Subscriptions& subscriptions)
      : lock_(lock), options_(options), log_(log), subscriptions_(subscriptions) {}
  Dispatcher(const Dispatcher&) = delete;
  Dispatcher& operator=(const Dispatcher&) = delete;

  // Without the engine's mutex:
  void feed(RecordSource source, const FeedOptions& options);
  /// Ends every feed, and waits until all have ended.
  void stop();

  // With the mutex:
  /// Whether no feed runs, except those that wait for a subscription.
  [[nodiscard]] bool is_idle() const;
  /// The same, and no feed waits.
  [[nodiscard]] bool is_done() const;
  void set_silence(const Silence& silence) { silence_ = silence; }
  [[nodiscard]] const Silence& silence() const { return silence_; }
  [[nodiscard]] std::uint64_t not_collected() const { return not_collected_; }
  void clear() {
    not_collected_ = 0;
    silence_ = {};
  }

 private:
  class PacedFeed;

  void emit(std::span<const std::byte> record, Delivery delivery);

  EngineLock& lock_;
  const EngineOptions& options_;
  EventLog& log_;
  Subscriptions& subscriptions_;
  std::vector<std::shared_ptr<PacedFeed>> feeds_;
  bool stopping_ = false;
  std::uint64_t not_collected_ = 0;
  Silence silence_;
};

}  // namespace qmforge::wfp
