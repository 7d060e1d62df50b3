#include "dispatcher.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace qmforge::wfp {

/// A feed that has a thread of its own: one at a pace, or one that waits for a subscription.
class Dispatcher::PacedFeed {
 public:
  PacedFeed(Dispatcher& dispatcher, RecordSource source, const FeedOptions& options)
      : dispatcher_(dispatcher),
        source_(std::move(source)),
        options_(options),
        held_back_(options.delivery == Delivery::subscribed),
        thread_([this] { run(); }) {}
  PacedFeed(const PacedFeed&) = delete;
  PacedFeed& operator=(const PacedFeed&) = delete;
  ~PacedFeed() = default;  // waits for the feed's end

  // With the engine's mutex held.
  [[nodiscard]] bool is_done() const { return done_; }
  [[nodiscard]] bool is_held_back() const { return held_back_; }

 private:
  void run();

  Dispatcher& dispatcher_;
  RecordSource source_;
  const FeedOptions options_;
  bool held_back_;
  bool done_ = false;
  Thread thread_;  // last: it runs as soon as it is made
};

void Dispatcher::PacedFeed::run() {
  using Clock = std::chrono::steady_clock;
  const auto pause = options_.per_second > 0 ? std::chrono::nanoseconds(std::llround(1e9 / options_.per_second))
                                             : std::chrono::nanoseconds(0);
  auto& [mutex, changed] = dispatcher_.lock_;
  const Lock lock(mutex);
  while (held_back_ && dispatcher_.subscriptions_.empty() && !dispatcher_.stopping_) changed.wait(mutex);
  held_back_ = false;
  Clock::time_point due = Clock::now();
  std::vector<std::byte> record;
  while (!dispatcher_.stopping_) {
    mutex.unlock();
    const bool more = source_(record);
    mutex.lock();
    if (!more) break;
    dispatcher_.emit(record, options_.delivery);
    due += pause;
    for (auto now = Clock::now(); now < due && !dispatcher_.stopping_; now = Clock::now())
      changed.wait_for(mutex, std::chrono::ceil<std::chrono::milliseconds>(due - now));
  }
  done_ = true;
  changed.notify_all();
}

void Dispatcher::feed(RecordSource source, const FeedOptions& options) {
  if (options.per_second > 0 || options.delivery == Delivery::subscribed) {
    const Lock lock(lock_.mutex);
    feeds_.push_back(std::make_shared<PacedFeed>(*this, std::move(source), options));
    return;
  }
  std::vector<std::byte> record;
  while (source(record)) {
    const Lock lock(lock_.mutex);
    emit(record, options.delivery);
  }
}

void Dispatcher::stop() {
  std::vector<std::shared_ptr<PacedFeed>> ended;
  {
    const Lock lock(lock_.mutex);
    stopping_ = true;
    lock_.changed.notify_all();
    ended.swap(feeds_);
  }
  ended.clear();
  const Lock lock(lock_.mutex);
  stopping_ = false;
}

bool Dispatcher::is_idle() const {
  return std::ranges::all_of(
      feeds_, [this](const auto& feed) { return feed->is_done() || (feed->is_held_back() && subscriptions_.empty()); });
}

bool Dispatcher::is_done() const {
  return std::ranges::all_of(feeds_, [](const auto& feed) { return feed->is_done(); });
}

void Dispatcher::emit(std::span<const std::byte> record, Delivery delivery) {
  if (!options_.collects_net_events()) {
    ++not_collected_;
    return;
  }
  const Record* const kept = log_.append(record);
  if (delivery != Delivery::logged) subscriptions_.offer(kept, silence_);
}

}  // namespace qmforge::wfp
