// Scenarios: each command and its restrictions, and a process whose environment names a scenario.
#include <sys/mman.h>

#include <atomic>
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

TEST_F(Scenario, EveryCallSiteCanFailOnce) {
  ASSERT_EQ(error_of("fail-every-call-site 0x80320037"), "");
  std::vector<DWORD> codes;
  for (int i = 0; i < 2; ++i) {
    HANDLE session = nullptr;
    codes.push_back(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session));
  }
  EXPECT_THAT(codes, testing::ElementsAre(injected, ERROR_SUCCESS));
}

// A process reads its scenario once, before its first call, so each of these tests starts a process.
class ScenarioDeathTest : public testing::Test {
 protected:
  ScenarioDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  static std::string in_temp(const std::string& name) { return testing::TempDir() + "qmforge_" + name; }
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

TEST_F(ScenarioDeathTest, WithoutAScenarioStderrSaysSo) {
  EXPECT_EXIT(leak_under(""), ExitedWithCode(0), "^qmforge: the fake fwpuclnt has no scenario .*\n$");
  EXPECT_EXIT((set_quiet(), leak_under("")), ExitedWithCode(0), "^$");
}

TEST_F(ScenarioDeathTest, StderrNamesTheScenarioAndItsEvents) {
  const std::string file = scenario("said.scenario", "seed 1 3\nlive\nseed 2 4\n");
  EXPECT_EXIT(leak_under(file), ExitedWithCode(0), "said.scenario: 3 events logged, 4 live\n$");
  EXPECT_EXIT((set_quiet(), leak_under(file)), ExitedWithCode(0), "^$");
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

/// FwpmEngineOpen0 fails, whichever call is the first.
[[noreturn]] void call_before_opening(const std::string& file) {
  setenv(scenario_variable.data(), file.c_str(), 1);
  void* pointer = nullptr;
  FwpmFreeMemory0(&pointer);
  if (FwpmEngineClose0(nullptr) != ERROR_INVALID_HANDLE) std::exit(1);
  HANDLE handle = nullptr;
  const DWORD code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &handle);
  std::exit(code == ERROR_BAD_CONFIGURATION ? 0 : 2);
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
