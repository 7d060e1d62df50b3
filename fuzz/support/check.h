// How a target says that an answer is wrong.
#pragma once

#include <string>
#include <string_view>

namespace qmforge::fuzz {

/// Says which oracle spoke and what it was held against. In a target that is the end of the program, which is how a
/// fuzzing engine learns of a finding (wrong_answer.cpp); in a test it is an exception (findings_test.cpp).
[[noreturn]] void wrong_answer(std::string_view oracle, const std::string& what);

}  // namespace qmforge::fuzz
