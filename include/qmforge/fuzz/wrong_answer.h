// How a fuzz target reports a finding.
#pragma once

#include <string>
#include <string_view>

namespace qmforge::fuzz {

/// Prints the oracle and the difference, and aborts, which an engine reports as a crash. The function is alone in its
/// object file, so a program can define its own version, for example one that throws in a test.
[[noreturn]] void wrong_answer(std::string_view oracle, const std::string& what);

}  // namespace qmforge::fuzz
