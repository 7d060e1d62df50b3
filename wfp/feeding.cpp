// How the engine is fed: into the log, and to the subscriptions.
#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine.h"
#include "feeder.h"
#include "subscription.h"

namespace qmforge::wfp {

Feeder::Feeder(Engine& engine, Source source, const FeedOptions& options)
    : engine_(engine),
      source_(std::move(source)),
      options_(options),
      held_back_(options.delivery == Delivery::subscribed),
      thread_([this] { run(); }) {}

void Feeder::run() {
  using Clock = std::chrono::steady_clock;
  const auto pause = options_.perSecond > 0 ? std::chrono::nanoseconds(std::llround(1e9 / options_.perSecond))
                                            : std::chrono::nanoseconds(0);
  Mutex& mutex = engine_.mutex_;
  const Lock lock(mutex);
  while (held_back_ && engine_.subscriptions_.empty() && !engine_.stopping_) engine_.changed_.wait(mutex);
  held_back_ = false;
  Clock::time_point due = Clock::now();
  std::vector<std::byte> record;
  while (!engine_.stopping_) {
    mutex.unlock();
    const bool more = source_(record);
    mutex.lock();
    if (!more) break;
    engine_.emit(record, options_.delivery);
    due += pause;
    for (auto now = Clock::now(); now < due && !engine_.stopping_; now = Clock::now())
      engine_.changed_.wait_for(mutex, std::chrono::ceil<std::chrono::milliseconds>(due - now));
  }
  done_ = true;
  engine_.changed_.notify_all();
}

void Engine::feed(Source source, const FeedOptions& options) {
  if (options.perSecond > 0 || options.delivery == Delivery::subscribed) {
    const Lock lock(mutex_);
    feeders_.push_back(std::make_unique<Feeder>(*this, std::move(source), options));
    return;
  }
  std::vector<std::byte> record;
  while (source(record)) {
    const Lock lock(mutex_);
    emit(record, options.delivery);
  }
}

void Engine::emit(std::span<const std::byte> record, Delivery delivery) {
  if (options_[FWPM_ENGINE_COLLECT_NET_EVENTS] == 0) {
    ++not_collected_;
    return;
  }
  const Record* const kept = log_.append(record);
  if (delivery == Delivery::logged) return;
  for (const auto& [handle, subscription] : subscriptions_) subscription->offer(kept);
}

bool Engine::is_idle() const {
  return std::ranges::all_of(feeders_,
                             [this](const auto& feeder) {
                               return feeder->is_done() || (feeder->is_held_back() && subscriptions_.empty());
                             }) &&
         std::ranges::all_of(subscriptions_, [](const auto& entry) { return entry.second->is_idle(); });
}

void Engine::wait_delivered() {
  const Lock lock(mutex_);
  while (!is_idle()) changed_.wait(mutex_);
}

}  // namespace qmforge::wfp
