// How a fuzz target reports a finding.
#pragma once

#include <string>
#include <string_view>

namespace qmforge::fuzz {

/// Prints which oracle found what, and aborts: an engine takes that for a crash. It is a library member of its own, so
/// a program that defines this function itself, say to throw in a test, replaces it.
[[noreturn]] void wrong_answer(std::string_view oracle, const std::string& what);

}  // namespace qmforge::fuzz
