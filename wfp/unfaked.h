// Functions of fwpuclnt that the fake exports but does not fake. Their stubs only call unfaked_call().
// fwpmu.h is not included: the stubs' declarations are not its own.
#pragma once

#include <span>
#include <string_view>

#ifdef _WIN32
// clang-format off
#include <winsock2.h>
#include <windows.h>
// clang-format on
#else
#include "qmforge/wfp/windows/base_types.h"
#endif

namespace qmforge::wfp {

/// The result of a stub: `answer`, or a failure that is injected into `function`. Counts the call for the report ("not
/// faked: FwpmFilterAdd0, 3 calls"). `function` must have static storage.
[[nodiscard]] DWORD unfaked_call(const char* function, DWORD answer) noexcept;

/// The names of all stubs, sorted. `fail` of a scenario accepts these and the faked functions.
[[nodiscard]] std::span<const std::string_view> unfaked_functions() noexcept;

}  // namespace qmforge::wfp
