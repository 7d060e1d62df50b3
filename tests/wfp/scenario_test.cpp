// Scenarios: each command and its restrictions, and a process whose environment names a scenario.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

#include "qmforge/json.h"
#include "qmforge/validate.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::ExitedWithCode;
using testing::HasSubstr;

class Scenario : public WfpTest {};

TEST_F(Scenario, SeedEventsMatchTheRestrictions) {
  ASSERT_EQ(error_of("seed 1 50 clean transport revision0\nseed 2 50 valid tunnel revision1"), "");
  const Everything<5> everything;
  ASSERT_EQ(everything.page.size(), 100u);
  for (std::size_t i = 0; i < 100; ++i) {
    const Event event = decoded(everything.page[i].ikeQmFailure, Revision::r1);
    const Findings findings = validate(event);
    EXPECT_EQ(event.has_subnets(), i >= 50);
    if (i < 50) {
      EXPECT_TRUE(findings.empty());
      EXPECT_EQ(event.mmSaLuid, 0u) << "a revision 0 has none";
    } else {
      EXPECT_FALSE(findings.has_error());
    }
  }
}

TEST_F(Scenario, LiveFeedsRunOneAfterTheOther) {
  ASSERT_EQ(error_of("live\n"
                     "live\n"
                     "event {\"label\": \"\", \"revision\": 0, \"event\": " +
                     to_json(v4_tunnel(1)) +
                     "}\n"
                     "event {\"label\": \"\", \"revision\": 0, \"event\": " +
                     to_json(v4_tunnel(2)) + "}\n"),
            "");
  wait_delivered();
  EXPECT_EQ(statistics().logged, 0u) << "there is no subscription yet";
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  std::vector<std::uint64_t> seen;
  const auto callback = [](void* context, const FWPM_NET_EVENT1* event) {
    static_cast<std::vector<std::uint64_t>*>(context)->push_back(event->ikeQmFailure->qmFilterId);
  };
  ASSERT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, &seen, &events), ERROR_SUCCESS);
  wait_delivered();
  EXPECT_THAT(seen, testing::ElementsAre(1, 2));
}

TEST_F(Scenario, NumbersAreWholeAndFit) {
  EXPECT_EQ(error_of("seed 12x 1"), "line 1: not a seed: \"12x\"");
  EXPECT_EQ(error_of("live soon"), "line 1: not a number of events a second: \"soon\"");
  EXPECT_EQ(error_of("fail FwpmNetEventEnum0 first 1"), "line 1: not a number of calls: \"first\"");
  EXPECT_EQ(error_of("fail FwpmNetEventEnum0 0x100000000 1"), "line 1: not a number of calls: \"0x100000000\"");
  EXPECT_EQ(error_of("fail FwpmNetEventEnum0 1 denied"), "line 1: not an error code: \"denied\"");
  EXPECT_EQ(error_of("fail-every-call-site 0x100000000"), "line 1: not an error code: \"0x100000000\"");
}

TEST_F(Scenario, NumbersAreNotZeroWhereTheyCount) {
  EXPECT_EQ(error_of("live 0"), "line 1: not a number of events a second: \"0\"");
  EXPECT_EQ(error_of("fail FwpmNetEventEnum0 0 5"), "line 1: not a number of calls: \"0\"");
  EXPECT_EQ(error_of("seed 1 1\nexit when delivered"), "exit when delivered: the scenario has no live event");
}

// Lines may end as on Windows; a line of blanks, or one whose first word begins with #, has no command.
TEST_F(Scenario, LinesMayBeIndentedEmptyAndEndWithCarriageReturns) {
  EXPECT_EQ(error_of("\t seed 1 2 \r\n\r\n  \n  # seed 1 9\n#seed 1 9\r\nmode silent\r\nquiet\r"), "");
  EXPECT_EQ(statistics().logged, 2u);
  EXPECT_EQ(error_of("\n\n# one\n\nseed\n"), "line 5: not a seed: \"\"");
  EXPECT_EQ(error_of("quiet # please"), "line 1: unexpected: \"# please\"");
}

TEST_F(Scenario, ALabelledSetNeedsAFile) {
  EXPECT_EQ(error_of("labelled"), "line 1: labelled: expected a file");
  EXPECT_EQ(error_of("labelled " + testing::TempDir()), "line 1: cannot read " + testing::TempDir());
}

TEST_F(Scenario, EveryCallSiteCanFailOnce) {
  ASSERT_EQ(error_of("fail-every-call-site 0x80320037"), "");
  std::vector<DWORD> codes;
  for (int i = 0; i < 2; ++i) {
    HANDLE session = nullptr;
    codes.push_back(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session));
  }
  EXPECT_THAT(codes, testing::ElementsAre(injected, ERROR_SUCCESS));
}

/// The line of a Quick Mode failure with a filter id.
std::string line_of(std::uint64_t id) {
  return R"(event {"label": "", "revision": 0, "event": )" + to_json(v4_tunnel(id)) + "}\n";
}

/// The filter ids that a subscription hears until everything is delivered.
std::vector<std::uint64_t> heard() {
  const Session session;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  std::vector<std::uint64_t> ids;
  const auto callback = [](void* context, const FWPM_NET_EVENT1* event) {
    static_cast<std::vector<std::uint64_t>*>(context)->push_back(event->ikeQmFailure->qmFilterId);
  };
  EXPECT_EQ(FwpmNetEventSubscribe0(session, &subscription, callback, &ids, &events), ERROR_SUCCESS);
  wait_delivered();
  return ids;
}

TEST_F(Scenario, FeedsAfterOneLiveComeInTheirOrder) {
  ASSERT_EQ(error_of("live\n" + line_of(1) + line_of(2) + "seed 1 0\n" + line_of(3) + line_of(4) + line_of(5)), "");
  EXPECT_THAT(heard(), testing::ElementsAre(1, 2, 3, 4, 5));
}

TEST_F(Scenario, ALiveFeedHasItsPace) {
  ASSERT_EQ(error_of("live 40\n" + line_of(1) + line_of(2) + line_of(3) + line_of(4) + line_of(5)), "");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(heard().size(), 5u);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(100));
}

TEST_F(Scenario, TwoLiveAreTwoFeedsAtTheSameTime) {
  ASSERT_EQ(error_of("live 5\n" + line_of(1) + line_of(2) + line_of(3) + "live\n" + line_of(11) + line_of(12) +
                     "logged\n" + line_of(99)),
            "");
  EXPECT_EQ(statistics().logged, 1u) << "what follows logged is";
  const std::vector<std::uint64_t> ids = heard();
  ASSERT_EQ(ids.size(), 5u);
  EXPECT_EQ(ids.back(), 3u);
  EXPECT_LT(std::ranges::find(ids, 11u), std::ranges::find(ids, 12u));
  EXPECT_LT(std::ranges::find(ids, 12u), std::ranges::find(ids, 3u));
}

TEST_F(Scenario, AClockAddsAMillisecondByDefault) {
  ASSERT_EQ(error_of("clock 1000\nseed 1 2\nclock 0xffffffff 0\nseed 1 2\n"), "");
  EXPECT_THAT(logged_times(), testing::ElementsAre(1000, 11000, 0xffffffff, 0xffffffff));
}

// The unit is part of the word: seconds, minutes, hours or days, before or after now.
TEST_F(Scenario, AClockCanBeOffTheSystemsByAnyUnit) {
  const auto now = [] {
    return 116444736000000000 +
           std::chrono::duration_cast<std::chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>>(
               std::chrono::system_clock::now().time_since_epoch())
               .count();
  };
  for (const auto& [word, seconds] : {std::pair<std::string, std::int64_t>("now-90s", -90),
                                      {"now+7s", 7},
                                      {"now-10m", -600},
                                      {"now+10m", 600},
                                      {"now-3h", -3 * 3600},
                                      {"now+1h", 3600},
                                      {"now-2d", -2 * 86400},
                                      {"now+1000000d", 86'400'000'000}}) {
    reset();
    const std::int64_t before = now();
    ASSERT_EQ(error_of("clock " + word + "\nseed 1 1\n"), "") << word;
    const auto time = static_cast<std::int64_t>(logged_times()[0]) - seconds * 10'000'000;
    EXPECT_GE(time, before) << word;
    EXPECT_LE(time, now()) << word;
  }
  EXPECT_NE(error_of("clock now-1000001d"), "");
}

TEST_F(Scenario, TheNthCallOfAFunctionFails) {
  ASSERT_EQ(error_of("fail FwpmEngineOpen0 2 0x80320037\nfail FwpmEngineOpen0 4 7\n"), "");
  std::vector<DWORD> codes;
  for (int i = 0; i < 5; ++i) {
    HANDLE session = nullptr;
    codes.push_back(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session));
  }
  EXPECT_THAT(codes, testing::ElementsAre(0, injected, 0, 7, 0));
}

TEST_F(Scenario, EveryModeCanBeSwitchedOnAndOff) {
  for (const Mode mode : all_modes) {
    const std::string line = "mode " + std::string(to_string(mode));
    ASSERT_EQ(error_of(line), "");
    for (const Mode other : all_modes) EXPECT_EQ(is_on(other), other == mode) << to_string(other);
    ASSERT_EQ(error_of(line + " off\n"), "");
    EXPECT_FALSE(is_on(mode)) << to_string(mode);
  }
}

TEST_F(Scenario, SilenceBeginsAfterItsNumberOfEvents) {
  ASSERT_EQ(error_of("mode silent 3\nlive\n" + line_of(1) + line_of(2) + line_of(3) + line_of(4)), "");
  EXPECT_THAT(heard(), testing::ElementsAre(1, 2, 3));
}

// A mode acts on what follows its line, until its off.
TEST_F(Scenario, AModeHoldsForWhatFollows) {
  ASSERT_EQ(error_of(line_of(1) + "mode null-body\n" + line_of(2) + "mode null-body off\n" + line_of(3)), "");
  const Everything<2> everything;
  std::vector<bool> bodies;
  for (const auto* event : everything.page.entries()) bodies.push_back(event->ikeQmFailure != nullptr);
  EXPECT_THAT(bodies, testing::ElementsAre(true, false, true));
}

// Whatever feeds: one event, a seed, every combination, a labelled set.
TEST_F(Scenario, AHeaderHoldsForEveryFeed) {
  const std::string file = testing::TempDir() + "qmforge_header.jsonl";
  std::ofstream(file) << R"({"label": "one", "revision": 0, "event": )" << to_json(v6_tunnel(5)) << "}\n";
  ASSERT_EQ(error_of(R"(header {"ipVersion": "FWP_IP_VERSION_V6", "scopeId": 77})"
                     "\n" +
                     line_of(1) + "seed 1 3\nexhaustive\nlabelled " + file + "\n" +
                     R"(event {"type": "LPM_PACKET_ARRIVAL", "event": {}})"),
            "");
  const Everything<2> everything;
  EXPECT_GT(everything.page.size(), 100u);
  for (const auto* event : everything.page.entries()) {
    ASSERT_EQ(event->header.scopeId, 77u);
    ASSERT_EQ(event->header.ipVersion, FWP_IP_VERSION_V6);
    ASSERT_EQ(event->header.flags, 0x186u);
    ASSERT_EQ(event->header.localAddrV6.byteArray16[0], 0x20) << "the gateways are of that family";
    ASSERT_NE(std::memcmp(&event->header.localAddrV6, &event->header.remoteAddrV6, 16), 0);
  }
}

// A process reads its scenario once, before its first call, so each of these tests starts a process.
class ScenarioDeathTest : public testing::Test {
 protected:
  ScenarioDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  /// The folder of the process that runs the tests, also in those that it starts.
  static std::string in_temp(const std::string& name) {
    static const std::string folder = [] {
      constexpr const char* variable = "QMFORGE_TEST_FOLDER";
      if (std::getenv(variable) == nullptr) setenv(variable, std::to_string(getpid()).c_str(), 1);
      const std::string path = testing::TempDir() + "qmforge_scenarios_" + std::getenv(variable) + "/";
      std::filesystem::create_directories(path);
      return path;
    }();
    return folder + "qmforge_" + name;
  }
  static std::string scenario(const std::string& name, std::string_view text) {
    const std::string file = in_temp(name);
    std::ofstream(file) << text;
    return file;
  }
  static std::string contents(const std::string& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

  static void set_quiet() { setenv(quiet_variable.data(), "1", 1); }
  static DWORD open_engine() {
    HANDLE handle = nullptr;
    return FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle);
  }
  /// Opens the engine, leaves it open and ends the process.
  [[noreturn]] static void leak_under(const std::string& file) {
    setenv(scenario_variable.data(), file.c_str(), 1);
    std::exit(open_engine() == ERROR_SUCCESS ? 0 : 1);
  }
};

constexpr const char* leaked = "leak: engine of call 1 (FwpmEngineOpen0)\n";

TEST_F(ScenarioDeathTest, AReportIsWrittenWhenTheProcessEnds) {
  const std::string to_stderr = scenario("stderr.scenario", "report stderr\n");
  EXPECT_EXIT(leak_under(to_stderr), ExitedWithCode(0), "leak: engine of call 1");

  const std::string report = in_temp("report.txt");
  std::filesystem::remove(report);
  const std::string to_file = scenario("file.scenario", "quiet\nreport stderr\nreport qmforge_report.txt\n");
  EXPECT_EXIT(leak_under(to_file), ExitedWithCode(0), "^$") << "the last one counts";
  EXPECT_EQ(contents(report), leaked);

  const std::string nowhere = scenario("nowhere.scenario", "quiet\nreport no/such/folder/report.txt\n");
  EXPECT_EXIT(leak_under(nowhere), ExitedWithCode(0), "^$");
}

/// Whatever is called first, it is the engine that cannot be opened.
[[noreturn]] void call_before_opening(const std::string& file) {
  setenv(scenario_variable.data(), file.c_str(), 1);
  void* pointer = nullptr;
  FwpmFreeMemory0(&pointer);
  if (FwpmEngineClose0(nullptr) != ERROR_INVALID_HANDLE) std::exit(1);
  HANDLE handle = nullptr;
  const DWORD code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle);
  std::exit(code == ERROR_BAD_CONFIGURATION ? 0 : 2);
}

TEST_F(ScenarioDeathTest, ALabelledSetLiesBesideTheScenario) {
  std::ofstream(in_temp("beside.jsonl")) << R"({"label": "one", "revision": 0, "event": )" << to_json(v6_tunnel(5))
                                         << "}\n";
  const std::string file = scenario("labelled.scenario", "labelled qmforge_beside.jsonl\nlabelled no.jsonl\n");
  EXPECT_EXIT(call_before_opening(file), ExitedWithCode(0), "line 2: cannot read .*no.jsonl");
  const std::string right = scenario("labelled.scenario", "labelled qmforge_beside.jsonl\nlive\nseed 1 2\n");
  EXPECT_EXIT(leak_under(right), ExitedWithCode(0), "labelled.scenario: 1 events logged, 2 live\n$");
}

TEST_F(ScenarioDeathTest, WithoutAScenarioThatIsSaid) {
  EXPECT_EXIT(leak_under(""), ExitedWithCode(0), "^qmforge: the fake fwpuclnt has no scenario .*\n$");
  EXPECT_EXIT((set_quiet(), leak_under("")), ExitedWithCode(0), "^$");
}

TEST_F(ScenarioDeathTest, StderrNamesTheScenarioAndItsEvents) {
  const std::string file = scenario("said.scenario", "seed 1 3\nlive\nseed 2 4\n");
  EXPECT_EXIT(leak_under(file), ExitedWithCode(0), "said.scenario: 3 events logged, 4 live\n$");
  EXPECT_EXIT((set_quiet(), leak_under(file)), ExitedWithCode(0), "^$");
  EXPECT_EXIT((setenv(quiet_variable.data(), "", 1), leak_under(file)), ExitedWithCode(0), "4 live\n$");
  const std::string quiet = scenario("quiet.scenario", "seed 1 3\nquiet\n");
  EXPECT_EXIT(leak_under(quiet), ExitedWithCode(0), "^$");
}

/// Ends the process while a call reads its template: the memory faults.
[[noreturn]] void exit_in_a_call(const std::string& file) {
  setenv(scenario_variable.data(), file.c_str(), 1);
  HANDLE session = nullptr;
  FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session);
  std::signal(SIGSEGV, [](int) { std::exit(0); });
  const auto* const unreadable = static_cast<const FWPM_NET_EVENT_ENUM_TEMPLATE0*>(
      mmap(nullptr, sizeof(FWPM_NET_EVENT_ENUM_TEMPLATE0), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  HANDLE handle = nullptr;
  FwpmNetEventCreateEnumHandle0(session, unreadable, &handle);
  std::exit(1);
}

#if defined(__has_feature)
constexpr bool threads_are_watched = __has_feature(thread_sanitizer);
#else
constexpr bool threads_are_watched = false;
#endif

TEST_F(ScenarioDeathTest, AReportDuringACallHasTheStateBefore) {
  if (threads_are_watched) GTEST_SKIP() << "ThreadSanitizer ends a process that exits from a signal's handler";
  const std::string file = scenario("middle.scenario", "report stderr\n");
  EXPECT_EXIT(exit_in_a_call(file), ExitedWithCode(0), "ended: a call was under way.*\n(.*\n)*open: engine of call 1");
}

TEST_F(ScenarioDeathTest, AWrongScenarioKeepsTheEngineClosed) {
  EXPECT_EXIT(call_before_opening("no/such/file"), ExitedWithCode(0), "scenario no/such/file: cannot be read");
  const std::string file = scenario("wrong.scenario", "nonsense\n");
  EXPECT_EXIT(call_before_opening(file), ExitedWithCode(0), "line 1: no such command: \"nonsense\"");
}

/// The first calls of several threads at once: one runs the scenario, and the others wait for it.
[[noreturn]] void open_from_four_threads(const std::string& file) {
  setenv(scenario_variable.data(), file.c_str(), 1);
  std::atomic<int> started = 0;
  std::atomic<int> as_should_be = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        ++started;
        while (started < 4) std::this_thread::yield();
        HANDLE handle = nullptr;
        if (FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle) == ERROR_SUCCESS &&
            statistics().logged == 2000)
          ++as_should_be;
      });
  }
  std::exit(as_should_be == 4 ? 0 : 1);
}

TEST_F(ScenarioDeathTest, AScenarioIsRunOnceBeforeAnyCallReturns) {
  const std::string file = scenario("once.scenario", "quiet\nseed 1 2000\n");
  EXPECT_EXIT(open_from_four_threads(file), ExitedWithCode(0), "^$");
}

}  // namespace
}  // namespace qmforge::wfp
