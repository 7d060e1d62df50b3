// How a target says that an answer is wrong: which oracle spoke, what it was held against, and then the end.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace qmforge::fuzz {

/// Prints `oracle: what` and ends the program, which is how a fuzzing engine learns of a finding.
[[noreturn]] inline void wrong_answer(std::string_view oracle, const std::string& what) {
  std::fprintf(stderr, "WRONG ANSWER by oracle %.*s\n%s\n", static_cast<int>(oracle.size()), oracle.data(),
               what.c_str());
  std::fflush(stderr);
  std::abort();
}

}  // namespace qmforge::fuzz
