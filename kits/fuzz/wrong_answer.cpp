// In a target, wrong_answer() prints and aborts.
#include "qmforge/fuzz/wrong_answer.h"

#include <cstdlib>
#include <iostream>

namespace qmforge::fuzz {

void wrong_answer(std::string_view oracle, const std::string& what) {
  std::cerr << "WRONG ANSWER by oracle " << oracle << '\n' << what << '\n' << std::flush;
  std::abort();
}

}  // namespace qmforge::fuzz
