// Chooses the mutant that QMFORGE_MUTANT names, before anything else runs. QMFORGE_MUTANT_SECONDS bounds the time that
// the program may compute. With QMFORGE_MUTANTS_TRACE=FILE it chooses none and writes, for each test, its time and the
// mutants that it came by:
//
//     test <TAB> its source <TAB> microseconds <TAB> mutants, with spaces between them
//
// What a suite came by outside its tests stands in a line for `Suite.*`, and what came before all suites in one for
// `*`.
#include "mutants/chosen.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

namespace qmforge_mutants {
namespace {

constinit int chosen = -1;
constinit bool traced = false;
// Not an object with a constructor: code that is mutated may run before it.
constinit bool reached[1 << 16] = {};

[[gnu::constructor(101)]] void choose() {
  if (const char* number = std::getenv("QMFORGE_MUTANT")) chosen = std::atoi(number);
  if (const char* seconds = std::getenv("QMFORGE_MUTANT_SECONDS")) {
    const double limit = std::atof(seconds);
    const auto whole = static_cast<time_t>(limit);
    const itimerval timer{{}, {whole, static_cast<suseconds_t>((limit - static_cast<double>(whole)) * 1e6)}};
    setitimer(ITIMER_PROF, &timer, nullptr);  // its signal ends the program
    const rlimit memory{rlim_t{2} << 30, rlim_t{2} << 30};
    setrlimit(RLIMIT_AS, &memory);
    const rlimit core{0, 0};
    setrlimit(RLIMIT_CORE, &core);
  }
  traced = std::getenv("QMFORGE_MUTANTS_TRACE") != nullptr;
}

class Trace : public testing::EmptyTestEventListener {
  using Clock = std::chrono::steady_clock;

  void OnTestProgramStart(const testing::UnitTest&) override { write("*", "", 0); }
  void OnTestStart(const testing::TestInfo& test) override {
    write(std::string(test.test_suite_name()) + ".*", "", 0);
    start_ = Clock::now();
  }
  void OnTestEnd(const testing::TestInfo& test) override {
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start_).count();
    write(std::string(test.test_suite_name()) + '.' + test.name(), test.file(), time);
  }
  void OnTestSuiteEnd(const testing::TestSuite& suite) override { write(std::string(suite.name()) + ".*", "", 0); }

  void write(const std::string& name, const char* source, long long time) {
    out_ << name << '\t' << source << '\t' << time << '\t';
    for (int mutant = 0; bool& flag : reached) {
      if (flag) out_ << mutant << ' ';
      flag = false;
      ++mutant;
    }
    out_ << '\n' << std::flush;
  }

  std::ofstream out_{std::getenv("QMFORGE_MUTANTS_TRACE")};
  Clock::time_point start_;
};

const bool listening = [] {
  if (traced) testing::UnitTest::GetInstance()->listeners().Append(new Trace);
  return true;
}();

}  // namespace

bool on(int mutant) noexcept {
  if (traced) [[unlikely]]
    reached[mutant] = true;
  return mutant == chosen;
}

}  // namespace qmforge_mutants
