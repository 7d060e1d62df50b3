// A line for every call that returns, in a file that a scenario names: what a program called is known even when it
// crashes. `FwpmEngineOpen0 0x00000000`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qmforge::wfp {

/// From now on calls are written to the file; false when it cannot be made.
[[nodiscard]] bool start_trace(const std::string& file);
void trace_call(std::string_view function, std::uint32_t result) noexcept;

}  // namespace qmforge::wfp
