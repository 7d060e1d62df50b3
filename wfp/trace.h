// The trace: a line for every call that returns, in a file that a scenario names, so that the calls of a program are
// known even if it crashes. `FwpmEngineOpen0 0x00000000`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qmforge::wfp {

/// Starts writing calls to the file; returns false if it cannot be created.
[[nodiscard]] bool start_trace(const std::string& file);
void trace_call(std::string_view function, std::uint32_t result) noexcept;

}  // namespace qmforge::wfp
