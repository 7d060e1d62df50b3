// The controls: feeding, failure injection, reports.
#include "qmforge/wfp/control.h"

#include <algorithm>

#include "engine.h"
#include "feeds.h"
#include "unfaked.h"

namespace qmforge::wfp {
namespace {

/// The engine, for a control.
Engine& controlled() {
  Engine& engine = Engine::instance();
  engine.set_controlled();
  return engine;
}

/// The settings of the next feed.
StageSettings settings() { return {controlled().modes(), controlled().fed(), {}}; }

std::size_t start(Feed feed, const FeedOptions& options) {
  controlled().count_fed(feed.count);
  controlled().feed(std::move(feed.source), options);
  return feed.count;
}

std::expected<std::size_t, std::string> start(std::expected<Feed, std::string> feed, const FeedOptions& options) {
  if (!feed) return std::unexpected(feed.error());
  return start(std::move(*feed), options);
}

}  // namespace

void reset() { controlled().reset(); }

std::size_t feed(const Event& event, const EventHeader& header, const FeedOptions& options) {
  return start(feed_of(event, header, settings()), options);
}

std::size_t feed(const Event& event, const FeedOptions& options) { return feed(std::span(&event, 1), options); }

std::size_t feed(std::span<const Event> events, const FeedOptions& options) {
  return start(feed_of(events, settings()), options);
}

std::size_t feed_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile, const FeedOptions& options) {
  return start(feed_of_seed(seed, count, profile, settings()), options);
}

std::size_t feed_exhaustive(const FeedOptions& options) { return start(feed_of_everything(settings()), options); }

std::expected<std::size_t, std::string> feed_labelled(const std::filesystem::path& file, const FeedOptions& options) {
  return start(feed_of_file(file, settings()), options);
}

std::expected<std::size_t, std::string> feed_json(std::string_view text, const FeedOptions& options) {
  return start(feed_of_json(text, settings()), options);
}

void wait_delivered() { controlled().wait_delivered(); }

void set_clock(std::uint64_t file_time, std::uint64_t step) { controlled().set_clock(file_time, step); }

Statistics statistics() { return controlled().statistics(); }

void set_mode(Mode mode, bool on) { controlled().set_mode(mode, on); }

void set_silent_after(std::uint64_t events) { controlled().set_silent_after(events); }

bool is_on(Mode mode) { return controlled().modes().contains(mode); }

void fail(Function function, std::uint32_t nth, std::uint32_t code) {
  controlled().with_failures([&](FailureInjection& failures) { failures.fail(to_string(function), nth, code); });
}

bool fail(std::string_view function, std::uint32_t nth, std::uint32_t code) {
  if (!function_from_name(function) && !std::ranges::binary_search(unfaked_functions(), function)) return false;
  controlled().with_failures([&](FailureInjection& failures) { failures.fail(function, nth, code); });
  return true;
}

void fail_every_call_site_once(std::uint32_t code) {
  controlled().with_failures([&](FailureInjection& failures) { failures.fail_every_call_site_once(code); });
}

std::expected<void, std::string> fail_every_call_site_once(std::uint32_t code, const std::filesystem::path& sites) {
  return controlled().with_failures(
      [&](FailureInjection& failures) { return failures.fail_every_call_site_once(code, sites); });
}

void clear_failures() {
  controlled().with_failures([](FailureInjection& failures) { failures.clear(); });
}

std::size_t failed_call_sites() {
  return controlled().with_failures([](FailureInjection& failures) { return failures.failed_call_sites(); });
}

std::vector<Call> calls() {
  return controlled().with_calls([](const CallLog& log) { return log.calls(); });
}

std::uint64_t call_count(Function function) {
  return controlled().with_calls([&](const CallLog& log) { return log.count(function); });
}

Report report() { return controlled().report(); }

std::span<const std::byte> memory_from(const void* address) { return controlled().memory().from(address); }

}  // namespace qmforge::wfp
