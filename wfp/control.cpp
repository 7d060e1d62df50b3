// The controls: feeding, faults, reports.
#include "qmforge/wfp/control.h"

#include <algorithm>

#include "engine.h"
#include "sources.h"
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
  return start(feed_of(event, header), options);
}

std::size_t feed(const Event& event, const FeedOptions& options) { return feed(event, header_for(event), options); }

std::size_t feed(std::span<const Event> events, const FeedOptions& options) { return start(feed_of(events), options); }

std::size_t feed_seed(std::uint64_t seed, std::size_t count, const sim::Profile& profile, const FeedOptions& options) {
  return start(feed_of_seed(seed, count, profile), options);
}

std::size_t feed_exhaustive(const FeedOptions& options) { return start(feed_of_everything(), options); }

std::expected<std::size_t, std::string> feed_labelled(const std::filesystem::path& file, const FeedOptions& options) {
  auto feed = feed_of_file(file);
  if (!feed) return std::unexpected(feed.error());
  return start(std::move(*feed), options);
}

void wait_delivered() { Engine::instance().wait_delivered(); }

void set_clock(std::uint64_t file_time, std::uint64_t step) { Engine::instance().set_clock(file_time, step); }

Statistics statistics() { return Engine::instance().statistics(); }

void set_mode(Mode mode, bool on) { Engine::instance().set_mode(mode, on); }

bool is_on(Mode mode) { return Engine::instance().is_on(mode); }

void fail(Function function, std::uint32_t nth, std::uint32_t code) {
  Engine::instance().with_faults([&](Faults& faults) { faults.fail(to_string(function), nth, code); });
}

bool fail(std::string_view function, std::uint32_t nth, std::uint32_t code) {
  if (!function_from_name(function) && !std::ranges::binary_search(unfaked_functions(), function)) return false;
  Engine::instance().with_faults([&](Faults& faults) { faults.fail(function, nth, code); });
  return true;
}

void fail_every_call_site_once(std::uint32_t code) {
  Engine::instance().with_faults([&](Faults& faults) { faults.fail_every_call_site_once(code); });
}

void clear_faults() {
  Engine::instance().with_faults([](Faults& faults) { faults.clear(); });
}

std::size_t failed_call_sites() {
  return Engine::instance().with_faults([](Faults& faults) { return faults.failed_call_sites(); });
}

std::vector<Call> calls() {
  return Engine::instance().with_journal([](const Journal& journal) { return journal.calls(); });
}

std::uint64_t call_count(Function function) {
  return Engine::instance().with_journal([&](const Journal& journal) { return journal.count(function); });
}

Report report() { return Engine::instance().report(); }

std::string to_string(const Report& report) {
  std::string text;
  for (const Mistake& mistake : report.mistakes)
    text += "mistake: " + std::string(to_string(mistake.misuse)) + ": call " + std::to_string(mistake.call) + " (" +
            std::string(to_string(mistake.function)) + "): " + mistake.text + "\n";
  for (const Leak& leak : report.leaks) {
    text += "leak: " + leak.what + " of call " + std::to_string(leak.madeBy) + " (" +
            std::string(to_string(leak.function)) + ")";
    if (leak.bytes != 0) text += ", " + std::to_string(leak.bytes) + " bytes";
    text += "\n";
  }
  if (text.empty()) text = "clean\n";
  for (const UnfakedCalls& unfaked : report.unfaked)
    text += "not faked: " + unfaked.function + ", " + std::to_string(unfaked.count) +
            (unfaked.count == 1 ? " call\n" : " calls\n");
  return text;
}

std::span<const std::byte> memory_from(const void* address) { return Engine::instance().memory().from(address); }

}  // namespace qmforge::wfp
