// In a target, wrong_answer() prints and aborts.
#include "qmforge/fuzz/wrong_answer.h"

#include <cstdio>
#include <cstdlib>

namespace qmforge::fuzz {

void wrong_answer(std::string_view oracle, const std::string& what) {
  std::fprintf(stderr, "WRONG ANSWER by oracle %.*s\n%s\n", static_cast<int>(oracle.size()), oracle.data(),
               what.c_str());
  std::fflush(stderr);
  std::abort();
}

}  // namespace qmforge::fuzz
