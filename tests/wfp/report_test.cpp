// The report at the program's end, after a crash, and after a kill; failure injection over several runs. The programs
// are those of report_client.cpp.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support.h"

namespace qmforge::wfp {
namespace {

using testing::HasSubstr;

class ReportOfAProcess : public testing::Test {
 protected:
  ReportOfAProcess() {
    std::filesystem::create_directories(folder_);
    std::filesystem::remove(folder_ / "report.txt");
    std::filesystem::remove(folder_ / "sites.txt");
  }

  ~ReportOfAProcess() override { std::filesystem::remove_all(folder_); }

  /// Runs report_client.cpp's program of a name in a process of its own under a scenario; its wait status.
  int run(const std::string& scenario, const char* program) {
    std::ofstream(folder_ / "scenario") << "quiet\n" << scenario;
    const pid_t child = fork();
    if (child == 0) {
      if (std::freopen((folder_ / "stderr.txt").c_str(), "w", stderr) == nullptr) _exit(127);
      setenv(scenario_variable.data(), (folder_ / "scenario").c_str(), 1);
      execl(QMFORGE_REPORT_CLIENT, QMFORGE_REPORT_CLIENT, program, nullptr);
      _exit(127);
    }
    int status = -1;
    waitpid(child, &status, 0);
    return status;
  }
  std::string contents(const char* name) const {
    std::ifstream stream(folder_ / name);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  std::string report_text() const { return contents("report.txt"); }

 private:
  std::filesystem::path folder_ =
      std::filesystem::path(testing::TempDir()) / ("qmforge_report_" + std::to_string(getpid()));
};

constexpr const char* two_good_events_and_a_null_body = "report report.txt\nlive\nseed 1 2\nmode null-body\nseed 2 1\n";

TEST_F(ReportOfAProcess, ACrashNamesTheEventBeingDelivered) {
  const int status = run(two_good_events_and_a_null_body, "crash-in-callback");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGSEGV) << "the program ends as it would without the fake";
  EXPECT_THAT(report_text(), HasSubstr("crashed: SIGSEGV\ndelivering event 3, QM_FAILURE, mode null-body\n"));
  EXPECT_THAT(report_text(), HasSubstr("open: subscription of call 2 (FwpmNetEventSubscribe0)\n"));
}

TEST_F(ReportOfAProcess, ACrashInABatchNamesTheBatch) {
  const int status = run("report report.txt\nmode null-body\nseed 1 3\n", "crash-in-batch");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_THAT(report_text(), HasSubstr("last batch: call 3 (FwpmNetEventEnum1), event 1, QM_FAILURE, mode null-body to "
                                       "event 3, QM_FAILURE, mode null-body\n"));
}

TEST_F(ReportOfAProcess, AnEventThatAModeAddsNamesItsKindAndTheModes) {
  run("report report.txt\nmode null-body\nmode other-kinds\nseed 1 1\n", "crash-in-batch");
  EXPECT_THAT(report_text(), HasSubstr("last batch: call 3 (FwpmNetEventEnum1), event 1, QM_FAILURE, mode null-body "
                                       "other-kinds to event 2, MM_FAILURE, mode null-body other-kinds\n"));
}

// The first thousand changes are written at once, however quickly they follow each other.
TEST_F(ReportOfAProcess, AnEarlyReportIsThatOfTheLastCall) {
  run("report report.txt\n", "leak-early-and-kill");
  EXPECT_THAT(report_text(), HasSubstr("open: batch of call 902 (FwpmEngineGetOption0), 16 bytes\n"));
}

TEST_F(ReportOfAProcess, AnAbortIsACrash) {
  const int status = run("report report.txt\n", "abort");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGABRT);
  EXPECT_THAT(report_text(), HasSubstr("open: engine of call 1 (FwpmEngineOpen0)\ncrashed: SIGABRT\n"));
}

TEST_F(ReportOfAProcess, AKilledProcessLeavesTheLastReport) {
  const int status = run(two_good_events_and_a_null_body, "kill");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(report_text(),
            "unfinished: the program had not ended when this was written\n"
            "delivering event 3, QM_FAILURE, mode null-body\n"
            "misuse: unknown-handle: call 1 (FwpmEngineClose0): expected the handle of an engine, got NULL\n"
            "open: engine of call 2 (FwpmEngineOpen0)\n"
            "open: subscription of call 3 (FwpmNetEventSubscribe0)\n"
            "not faked: FwpmFilterDeleteById0, 1 call\n");
}

TEST_F(ReportOfAProcess, ACallThatIsNotFakedIsReportedAtOnce) {
  run("report report.txt\n", "kill-after-stub");
  EXPECT_THAT(report_text(), testing::EndsWith("not faked: FwpmFilterDeleteById0, 1 call\n"));
}

TEST_F(ReportOfAProcess, AnOrderlyEndWritesOnlyTheReport) {
  EXPECT_EQ(run("report report.txt\n", "close"), 0);
  EXPECT_EQ(report_text(), "clean\n");
}

TEST_F(ReportOfAProcess, AScenarioCanEndTheProgram) {
  const int status = run("report report.txt\nlive\nseed 1 5\nexit when delivered\n", "wait");
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(report_text(),
            "ended: everything is delivered, and the scenario ends the program then\n"
            "open: engine of call 1 (FwpmEngineOpen0)\n"
            "open: subscription of call 2 (FwpmNetEventSubscribe0)\n");
}

TEST_F(ReportOfAProcess, AnInjectedFailureIsNotTheProgramsLeak) {
  const int status =
      run("report report.txt\nfail FwpmEngineClose0 1 5\nfail FwpmNetEventDestroyEnumHandle0 1 5\n"
          "fail FwpmNetEventUnsubscribe0 1 5\n",
          "close-badly");
  EXPECT_EQ(status, 0);
  EXPECT_EQ(report_text(), "leak: engine of call 6 (FwpmEngineOpen0)\n");
}

TEST_F(ReportOfAProcess, EveryCallSiteFailsOnceOverRuns) {
  std::vector<int> statuses;
  for (int i = 0; i < 5; ++i) statuses.push_back(WEXITSTATUS(run("fail-every-call-site 5 sites.txt\n", "three-sites")));
  EXPECT_THAT(statuses, testing::ElementsAre(1, 2, 3, 0, 0));
  const std::string sites = contents("sites.txt");
  EXPECT_EQ(std::ranges::count(sites, '\n'), 3);
  EXPECT_THAT(sites, HasSubstr(" FwpmNetEventCreateEnumHandle0\n"));
}

TEST_F(ReportOfAProcess, EveryCrashIsNamedBySignal) {
  for (const auto& [signal, name] : {std::pair(SIGSEGV, "SIGSEGV"),
                                     {SIGBUS, "SIGBUS"},
                                     {SIGILL, "SIGILL"},
                                     {SIGFPE, "SIGFPE"},
                                     {SIGABRT, "SIGABRT"}}) {
    const int status = run("report report.txt\n", name);
    ASSERT_TRUE(WIFSIGNALED(status)) << name;
    EXPECT_EQ(WTERMSIG(status), signal);
    EXPECT_EQ(report_text(),
              "unfinished: the program had not ended when this was written\n"
              "open: engine of call 1 (FwpmEngineOpen0)\ncrashed: " +
                  std::string(name) + "\n");
  }
}

TEST_F(ReportOfAProcess, ACrashIsReportedOnStderrToo) {
  const int status = run("report stderr\nlive\nseed 1 2\nmode null-body\nseed 2 1\n", "crash-in-callback");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(contents("stderr.txt"),
            "unfinished: the program had not ended when this was written\n"
            "delivering event 3, QM_FAILURE, mode null-body\n"
            "open: engine of call 1 (FwpmEngineOpen0)\n"
            "open: subscription of call 2 (FwpmNetEventSubscribe0)\n"
            "crashed: SIGSEGV\n"
            "delivering event 3, QM_FAILURE, mode null-body\n");
}

TEST_F(ReportOfAProcess, EveryCallbackThatRunsIsListed) {
  // The events begin with the first subscription, so the second may miss some of them.
  const int status = run("report report.txt\nmode both-families\nlive 20\nseed 1 200\n", "crash-in-one-of-two");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_THAT(report_text(), testing::ContainsRegex("crashed: SIGABRT\n"
                                                    "delivering event 1, QM_FAILURE, mode both-families\n"
                                                    "delivering event [0-9]+, QM_FAILURE, mode both-families\n$"));
}

TEST_F(ReportOfAProcess, AReportGoesOnAfterTheThousandthChange) {
  const int status = run("report report.txt\n", "leak-late-and-kill");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_THAT(report_text(), HasSubstr("open: batch of call 2002 (FwpmEngineGetOption0), 16 bytes\n"));
}

TEST_F(ReportOfAProcess, ATraceHasEveryCallAndItsResult) {
  EXPECT_EQ(run("trace trace.txt\nfail FwpmEngineClose0 1 0x80320037\nfail FwpmNetEventDestroyEnumHandle0 1 5\n",
                "close-badly"),
            0);
  EXPECT_EQ(contents("trace.txt"),
            "FwpmEngineOpen0 0x00000000\n"
            "FwpmNetEventCreateEnumHandle0 0x00000000\n"
            "FwpmNetEventDestroyEnumHandle0 0x00000005\n"
            "FwpmNetEventCreateEnumHandle0 0x00000000\n"
            "FwpmEngineClose0 0x80320037\n"
            "FwpmEngineOpen0 0x00000000\n");
  run("trace trace.txt\nlive\nmode null-body\nseed 1 1\nfail FwpmFilterDeleteById0 1 0x12345678\n", "kill");
  EXPECT_EQ(contents("trace.txt"),
            "FwpmEngineClose0 0x00000006\n"
            "FwpmFilterDeleteById0 0x12345678\n"
            "FwpmEngineOpen0 0x00000000\n"
            "FwpmNetEventSubscribe0 0x00000000\n");
}

}  // namespace
}  // namespace qmforge::wfp
