// The report at the program's end, after a crash, and after a kill; failure injection over several runs. The programs
// are those of report_client.cpp.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
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

  /// Runs report_client.cpp's program of a name in a process of its own under a scenario; its wait status.
  int run(const std::string& scenario, const char* program) {
    std::ofstream(folder_ / "scenario") << "quiet\n" << scenario;
    const pid_t child = fork();
    if (child == 0) {
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
  std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "qmforge_report";
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
            "open: subscription of call 3 (FwpmNetEventSubscribe0)\n");
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

}  // namespace
}  // namespace qmforge::wfp
