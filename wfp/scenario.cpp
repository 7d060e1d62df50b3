#include "scenario.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine.h"
#include "feeds.h"
#include "qmforge/wfp/control.h"

namespace qmforge::wfp {
namespace {

using Result = std::expected<void, std::string>;

std::string& report_file() {
  static auto* const file = new std::string;  // read while the process ends
  return *file;
}

void write_report() {
  const std::optional<Report> report = Engine::instance().report_at_exit();
  const std::string text = report ? to_string(*report) : "no report: a call was under way when the process ended\n";
  std::FILE* const file = report_file() == "stderr" ? stderr : std::fopen(report_file().c_str(), "wb");
  if (file == nullptr) return;
  std::fwrite(text.data(), 1, text.size(), file);
  if (file == stderr)
    std::fflush(file);
  else
    std::fclose(file);
}

constexpr std::string_view blanks = " \t\r";

/// Cuts the first word off a text.
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

/// Feeds that come one after the other as soon as there is a subscription.
struct Live {
  double per_second = 0;
  std::vector<RecordSource> sources;
};

class Reader {
 public:
  explicit Reader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result read_line(std::string_view line) {
    std::string_view rest = trimmed(line);
    if (rest.empty() || rest.front() == '#') return {};
    const std::string_view command = take_word(rest);
    rest = trimmed(rest);
    using Read = Result (Reader::*)(std::string_view);
    static constexpr std::pair<std::string_view, Read> commands[] = {
        {"logged", &Reader::read_logged},
        {"live", &Reader::read_live},
        {"event", &Reader::read_event},
        {"seed", &Reader::read_seed},
        {"exhaustive", &Reader::read_exhaustive},
        {"labelled", &Reader::read_labelled},
        {"mode", &Reader::read_mode},
        {"fail", &Reader::read_fail},
        {"fail-every-call-site", &Reader::read_fail_sites},
        {"clock", &Reader::read_clock},
        {"report", &Reader::read_report},
    };
    for (const auto& [known, read] : commands)
      if (known == command) return (this->*read)(rest);
    return wrong("no such command", command);
  }

  /// Starts what waits for a subscription.
  void finish() {
    for (Live& live : live_) {
      if (live.sources.empty()) continue;
      std::size_t current = 0;
      RecordSource chain = [sources = std::move(live.sources), current](std::vector<std::byte>& record) mutable {
        while (current < sources.size() && !sources[current](record)) ++current;
        return current < sources.size();
      };
      Engine::instance().feed(std::move(chain), {Delivery::subscribed, live.per_second});
    }
  }

 private:
  [[nodiscard]] static ModeSet modes() { return Engine::instance().modes(); }
  void start(Feed feed) {
    if (logged_)
      Engine::instance().feed(std::move(feed.source), {});
    else
      live_.back().sources.push_back(std::move(feed.source));
  }
  Result start_if(std::expected<Feed, std::string> feed) {
    if (!feed) return std::unexpected(feed.error());
    start(std::move(*feed));
    return {};
  }

  Result read_logged(std::string_view) {
    logged_ = true;
    return {};
  }
  Result read_live(std::string_view rest) {
    Live live;
    if (!rest.empty()) {
      const auto pace = number(rest);
      if (!pace || *pace == 0) return wrong("not a number of events a second", rest);
      live.per_second = static_cast<double>(*pace);
    }
    logged_ = false;
    live_.push_back(std::move(live));
    return {};
  }
  Result read_event(std::string_view rest) { return start_if(feed_of_json(rest, modes())); }
  Result read_seed(std::string_view rest) {
    const std::string_view first = take_word(rest);
    const std::string_view second = take_word(rest);
    const auto seed = number(first);
    const auto count = number(second);
    if (!seed) return wrong("not a seed", first);
    if (!count) return wrong("not a number of events", second);
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
    start(feed_of_seed(*seed, static_cast<std::size_t>(*count), profile, modes()));
    return {};
  }
  Result read_exhaustive(std::string_view) {
    start(feed_of_everything(modes()));
    return {};
  }
  Result read_labelled(std::string_view rest) { return start_if(feed_of_file(folder_ / std::string(rest), modes())); }
  Result read_mode(std::string_view rest) {
    const std::string_view word = take_word(rest);
    const auto mode = mode_from_name(word);
    if (!mode) return wrong("no such mode", word);
    rest = trimmed(rest);
    if (!rest.empty() && rest != "off") return wrong("neither nothing nor off", rest);
    set_mode(*mode, rest.empty());
    return {};
  }
  Result read_fail(std::string_view rest) {
    const std::string_view function_word = take_word(rest);
    const std::string_view nth_word = take_word(rest);
    const std::string_view code_word = take_word(rest);
    const auto nth = number(nth_word);
    const auto code = number(code_word);
    if (!nth || *nth == 0 || *nth > UINT32_MAX) return wrong("not a number of calls", nth_word);
    if (!code || *code > UINT32_MAX) return wrong("not an error code", code_word);
    if (!fail(function_word, static_cast<std::uint32_t>(*nth), static_cast<std::uint32_t>(*code)))
      return wrong("no such function", function_word);
    return {};
  }
  Result read_fail_sites(std::string_view rest) {
    const auto code = number(rest);
    if (!code || *code > UINT32_MAX) return wrong("not an error code", rest);
    fail_every_call_site_once(static_cast<std::uint32_t>(*code));
    return {};
  }
  Result read_clock(std::string_view rest) {
    const std::string_view time_word = take_word(rest);
    const std::string_view step_word = take_word(rest);
    constexpr std::uint64_t epoch_1970 = 116444736000000000;  // as a FILETIME
    std::optional<std::uint64_t> time = number(time_word);
    if (time_word == "now") {
      using Ticks = std::chrono::duration<std::uint64_t, std::ratio<1, 10'000'000>>;
      time =
          epoch_1970 + std::chrono::duration_cast<Ticks>(std::chrono::system_clock::now().time_since_epoch()).count();
    }
    const auto step = step_word.empty() ? std::optional<std::uint64_t>(10000) : number(step_word);
    if (!time) return wrong("not a time in 100 ns since 1601", time_word);
    if (!step) return wrong("not a number of 100 ns", step_word);
    set_clock(*time, *step);
    return {};
  }
  Result read_report(std::string_view rest) {
    if (rest.empty()) return wrong("neither stderr nor a file", rest);
    const bool first = report_file().empty();
    report_file() = rest == "stderr" ? std::string(rest) : (folder_ / std::string(rest)).string();
    if (first) std::atexit(write_report);
    return {};
  }

  std::filesystem::path folder_;
  bool logged_ = true;
  std::vector<Live> live_;
};

Result run(std::string_view text, const std::filesystem::path& folder) {
  Reader reader(folder);
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (const Result result = reader.read_line(line); !result)
      return std::unexpected("line " + std::to_string(line_number) + ": " + result.error());
  }
  reader.finish();
  return {};
}

}  // namespace

std::expected<void, std::string> run_scenario(std::string_view text) { return run(text, {}); }

namespace {

bool run_scenario_of_environment() {
  const char* const path = std::getenv(scenario_variable.data());  // of a literal: it ends with NUL
  if (path == nullptr || *path == '\0') return true;
  try {
    std::ifstream stream(path, std::ios::binary);
    Result result = std::unexpected("it cannot be read");
    if (stream) {
      const std::string text{std::istreambuf_iterator<char>(stream), {}};
      result = run(text, std::filesystem::path(path).parent_path());
    }
    if (!result) std::fprintf(stderr, "qmforge: scenario %s: %s\n", path, result.error().c_str());
    return result.has_value();
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "qmforge: scenario %s: out of memory\n", path);
    return false;
  }
}

}  // namespace

bool run_scenario_once() {
  static const bool succeeded = run_scenario_of_environment();
  return succeeded;
}

}  // namespace qmforge::wfp
