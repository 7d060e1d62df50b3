// The controls: feeding, failure injection, reports.
#include "qmforge/wfp/control.h"

#include <algorithm>

#include "engine.h"
#include "feeds.h"
#include "header_defaults.h"
#include "unfaked.h"

namespace qmforge::wfp {
namespace {

std::size_t start(Feed feed, const FeedOptions& options) {
  Engine::instance().feed(std::move(feed.source), options);
  return feed.count;
}

}  // namespace

void reset() { Engine::instance().reset(); }

std::size_t feed(const Event& event, const EventHeader& header, const FeedOptions& options) {
  return start(feed_of(event, header, Engine::instance().modes()), options);
}

std::size_t feed(const Event& event, const FeedOptions& options) { return feed(event, header_for(event), options); }

std::size_t feed(std::span<const Event> events, const FeedOptions& options) {
  return start(feed_of(events, Engine::instance().modes()), options);
}

std::size_t feed_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile, const FeedOptions& options) {
  return start(feed_of_seed(seed, count, profile, Engine::instance().modes()), options);
}

std::size_t feed_exhaustive(const FeedOptions& options) {
  return start(feed_of_everything(Engine::instance().modes()), options);
}

std::expected<std::size_t, std::string> feed_labelled(const std::filesystem::path& file, const FeedOptions& options) {
  auto feed = feed_of_file(file, Engine::instance().modes());
  if (!feed) return std::unexpected(feed.error());
  return start(std::move(*feed), options);
}

void wait_delivered() { Engine::instance().wait_delivered(); }

void set_clock(std::uint64_t file_time, std::uint64_t step) { Engine::instance().set_clock(file_time, step); }

Statistics statistics() { return Engine::instance().statistics(); }

void set_mode(Mode mode, bool on) { Engine::instance().set_mode(mode, on); }

bool is_on(Mode mode) { return Engine::instance().modes().contains(mode); }

void fail(Function function, std::uint32_t nth, std::uint32_t code) {
  Engine::instance().with_failures([&](FailureInjection& failures) { failures.fail(to_string(function), nth, code); });
}

bool fail(std::string_view function, std::uint32_t nth, std::uint32_t code) {
  if (!function_from_name(function) && !std::ranges::binary_search(unfaked_functions(), function)) return false;
  Engine::instance().with_failures([&](FailureInjection& failures) { failures.fail(function, nth, code); });
  return true;
}

void fail_every_call_site_once(std::uint32_t code) {
  Engine::instance().with_failures([&](FailureInjection& failures) { failures.fail_every_call_site_once(code); });
}

void clear_faults() {
  Engine::instance().with_failures([](FailureInjection& failures) { failures.clear(); });
}

std::size_t failed_call_sites() {
  return Engine::instance().with_failures([](FailureInjection& failures) { return failures.failed_call_sites(); });
}

std::vector<Call> calls() {
  return Engine::instance().with_calls([](const CallLog& log) { return log.calls(); });
}

std::uint64_t call_count(Function function) {
  return Engine::instance().with_calls([&](const CallLog& log) { return log.count(function); });
}

Report report() { return Engine::instance().report(); }

std::span<const std::byte> memory_from(const void* address) { return Engine::instance().memory().from(address); }

}  // namespace qmforge::wfp
