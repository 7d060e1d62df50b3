#include "scenario_reader.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "engine.h"
#include "event_json.h"
#include "report_writer.h"
#include "trace.h"
#include "unfaked.h"

namespace qmforge::wfp {
namespace {

constexpr std::string_view blanks = " \t\r";

/// Removes the first word from a text and returns it.
std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(blanks));
  text.remove_prefix(word.size());
  return word;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

/// A whole number, decimal or 0x and hexadecimal digits.
std::optional<std::uint64_t> number(std::string_view word) {
  const bool hex = word.starts_with("0x");
  if (hex) word.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, hex ? 16 : 10);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

std::unexpected<std::string> wrong(std::string_view what, std::string_view word) {
  return std::unexpected(std::string(what) + ": \"" + std::string(word) + "\"");
}

constexpr std::uint64_t millisecond = 10'000;  // in 100 ns
constexpr std::uint64_t second = 1000 * millisecond;

/// `now`, `now-10m`, `now+2h`: the offset to the system's time, in 100 ns (a negative offset modulo 2^64).
std::optional<std::uint64_t> offset_from_now(std::string_view word) {
  constexpr std::string_view now = "now";
  if (!word.starts_with(now)) return std::nullopt;
  word.remove_prefix(now.size());
  if (word.empty()) return 0;
  const char sign = word.front();
  if (word.size() < 3 || (sign != '-' && sign != '+')) return std::nullopt;
  static constexpr std::pair<char, std::uint64_t> units[] = {
      {'s', second}, {'m', 60 * second}, {'h', 3600 * second}, {'d', 86400 * second}};
  const auto* const unit = std::ranges::find(units, word.back(), &std::pair<char, std::uint64_t>::first);
  const auto count = number(word.substr(1, word.size() - 2));
  if (unit == std::end(units) || !count || *count > 1'000'000) return std::nullopt;
  return sign == '-' ? 0 - *count * unit->second : *count * unit->second;
}

bool is_function(std::string_view name) {
  return function_from_name(name).has_value() || std::ranges::binary_search(unfaked_functions(), name);
}

}  // namespace

ScenarioReader::Result ScenarioReader::read_line(std::string_view line) {
  std::string_view rest = trimmed(line);
  if (rest.empty() || rest.front() == '#') return {};
  const std::string_view command = take_word(rest);
  rest = trimmed(rest);
  using Read = Result (ScenarioReader::*)(std::string_view);
  static constexpr std::pair<std::string_view, Read> commands[] = {
      {"logged", &ScenarioReader::read_logged},     {"live", &ScenarioReader::read_live},
      {"header", &ScenarioReader::read_header},     {"event", &ScenarioReader::read_event},
      {"seed", &ScenarioReader::read_seed},         {"exhaustive", &ScenarioReader::read_exhaustive},
      {"labelled", &ScenarioReader::read_labelled}, {"mode", &ScenarioReader::read_mode},
      {"fail", &ScenarioReader::read_fail},         {"fail-every-call-site", &ScenarioReader::read_fail_sites},
      {"clock", &ScenarioReader::read_clock},       {"report", &ScenarioReader::read_report},
      {"exit", &ScenarioReader::read_exit},         {"quiet", &ScenarioReader::read_quiet},
      {"trace", &ScenarioReader::read_trace},
  };
  for (const auto& [known, read] : commands)
    if (known == command) return (this->*read)(rest);
  return wrong("no such command", command);
}

ScenarioReader::Result ScenarioReader::finish() {
  if (exit_when_delivered_ && live_count_ == 0)
    return std::unexpected("exit when delivered: the scenario has no live event");
  Engine& engine = Engine::instance();
  engine.space_out_log();
  for (Live& live : live_) {
    if (live.sources.empty()) continue;
    std::size_t current = 0;
    RecordSource chain = [sources = std::move(live.sources), current](std::vector<std::byte>& record) mutable {
      while (current < sources.size() && !sources[current](record)) ++current;
      return current < sources.size();
    };
    engine.feed(std::move(chain), {Delivery::subscribed, live.per_second});
  }
  if (exit_when_delivered_) {
    // It lives as long as the process.
    [[maybe_unused]] static const auto* const waiting = new Thread([] {
      Engine::instance().wait_all_delivered();
      exit_for_scenario();
    });
  }
  return {};
}

StageSettings ScenarioReader::settings() const {
  Engine& engine = Engine::instance();
  return {engine.modes(), engine.fed(), header_};
}

void ScenarioReader::start(Feed feed) {
  Engine& engine = Engine::instance();
  engine.count_fed(feed.count);
  if (is_logged_) {
    logged_count_ += feed.count;
    engine.feed(std::move(feed.source), {});
  } else {
    live_count_ += feed.count;
    live_.back().sources.push_back(std::move(feed.source));
  }
}

ScenarioReader::Result ScenarioReader::start_if(std::expected<Feed, std::string> feed) {
  if (!feed) return std::unexpected(feed.error());
  start(std::move(*feed));
  return {};
}

ScenarioReader::Result ScenarioReader::read_logged(std::string_view rest) {
  if (!rest.empty()) return wrong("unexpected", rest);
  is_logged_ = true;
  return {};
}

ScenarioReader::Result ScenarioReader::read_live(std::string_view rest) {
  Live live;
  if (!rest.empty()) {
    const auto pace = number(rest);
    if (!pace || *pace == 0) return wrong("not a number of events a second", rest);
    live.per_second = static_cast<double>(*pace);
  }
  is_logged_ = false;
  live_.push_back(std::move(live));
  return {};
}

ScenarioReader::Result ScenarioReader::read_header(std::string_view rest) {
  auto header = wfp::read_header(rest);
  if (!header) return std::unexpected(header.error());
  header_ = std::move(*header);
  return {};
}

ScenarioReader::Result ScenarioReader::read_event(std::string_view rest) {
  return start_if(feed_of_json(rest, settings()));
}

ScenarioReader::Result ScenarioReader::read_seed(std::string_view rest) {
  const std::string_view first = take_word(rest);
  const std::string_view second_word = take_word(rest);
  const auto seed = number(first);
  const auto count = number(second_word);
  if (!seed) return wrong("not a seed", first);
  if (!count) return wrong("not a number of events", second_word);
  sim::Profile profile;
  for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
    if (word == "valid")
      profile.validity = sim::Validity::valid;
    else if (word == "clean")
      profile.validity = sim::Validity::clean;
    else if (word == "transport")
      profile.traffic_type = TrafficType::transport;
    else if (word == "tunnel")
      profile.traffic_type = TrafficType::tunnel;
    else if (word == "revision0")
      profile.revision = Revision::r0;
    else if (word == "revision1")
      profile.revision = Revision::r1;
    else
      return wrong("no such restriction", word);
  }
  start(feed_of_seed(*seed, static_cast<std::size_t>(*count), profile, settings()));
  return {};
}

ScenarioReader::Result ScenarioReader::read_exhaustive(std::string_view rest) {
  if (!rest.empty()) return wrong("unexpected", rest);
  start(feed_of_everything(settings()));
  return {};
}

ScenarioReader::Result ScenarioReader::read_labelled(std::string_view rest) {
  if (rest.empty()) return std::unexpected("labelled: expected a file");
  return start_if(feed_of_file(folder_ / std::string(rest), settings()));
}

ScenarioReader::Result ScenarioReader::read_mode(std::string_view rest) {
  const std::string_view word = take_word(rest);
  const auto mode = mode_from_name(word);
  if (!mode) return wrong("no such mode", word);
  rest = trimmed(rest);
  Engine& engine = Engine::instance();
  if (*mode == Mode::silent && !rest.empty() && rest != "off") {
    const auto events = number(rest);
    if (!events) return wrong("expected a number of events, nothing or off", rest);
    engine.set_silent_after(*events);
    return {};
  }
  if (!rest.empty() && rest != "off") return wrong("expected nothing or off", rest);
  engine.set_mode(*mode, rest.empty());
  return {};
}

ScenarioReader::Result ScenarioReader::read_fail(std::string_view rest) {
  const std::string_view function_word = take_word(rest);
  const std::string_view nth_word = take_word(rest);
  const std::string_view code_word = take_word(rest);
  const auto nth = number(nth_word);
  const auto code = number(code_word);
  if (!nth || *nth == 0 || *nth > UINT32_MAX) return wrong("not a number of calls", nth_word);
  if (!code || *code > UINT32_MAX) return wrong("not an error code", code_word);
  if (!is_function(function_word)) return wrong("no such function", function_word);
  if (rest = trimmed(rest); !rest.empty()) return wrong("unexpected", rest);
  Engine::instance().with_failures([&](FailureInjection& failures) {
    failures.fail(function_word, static_cast<std::uint32_t>(*nth), static_cast<std::uint32_t>(*code));
  });
  return {};
}

ScenarioReader::Result ScenarioReader::read_fail_sites(std::string_view rest) {
  const std::string_view code_word = take_word(rest);
  const std::string_view file = trimmed(rest);
  const auto code = number(code_word);
  if (!code || *code > UINT32_MAX) return wrong("not an error code", code_word);
  return Engine::instance().with_failures([&](FailureInjection& failures) -> Result {
    const auto as_code = static_cast<std::uint32_t>(*code);
    if (!file.empty()) return failures.fail_every_call_site_once(as_code, folder_ / std::string(file));
    failures.fail_every_call_site_once(as_code);
    return {};
  });
}

ScenarioReader::Result ScenarioReader::read_clock(std::string_view rest) {
  const std::string_view time_word = take_word(rest);
  const std::string_view step_word = take_word(rest);
  const auto step = step_word.empty() ? std::optional<std::uint64_t>(millisecond) : number(step_word);
  const auto time = number(time_word);
  const auto offset = offset_from_now(time_word);
  if (!time && !offset) return wrong("expected a time in 100 ns since 1601, now, or now-10m", time_word);
  if (!step) return wrong("not a number of 100 ns", step_word);
  if (rest = trimmed(rest); !rest.empty()) return wrong("unexpected", rest);
  if (time)
    Engine::instance().set_clock(*time, *step);
  else
    Engine::instance().follow_system_clock(*offset, *step);
  return {};
}

ScenarioReader::Result ScenarioReader::read_report(std::string_view rest) {
  if (rest.empty()) return std::unexpected("report: expected stderr or a file");
  write_report_to(rest == "stderr" ? std::string(rest) : (folder_ / std::string(rest)).string());
  return {};
}

ScenarioReader::Result ScenarioReader::read_trace(std::string_view rest) {
  if (rest.empty() || !start_trace((folder_ / std::string(rest)).string()))
    return wrong("trace: expected a file that can be written", rest);
  return {};
}

ScenarioReader::Result ScenarioReader::read_exit(std::string_view rest) {
  if (rest != "when delivered") return wrong("exit: expected when delivered", rest);
  exit_when_delivered_ = true;
  return {};
}

ScenarioReader::Result ScenarioReader::read_quiet(std::string_view rest) {
  if (!rest.empty()) return wrong("unexpected", rest);
  quiet_ = true;
  return {};
}

}  // namespace qmforge::wfp
