// Functions of fwpuclnt that the fake exports and does not fake. Their stubs do nothing but call unfaked_call().
#pragma once

#include <span>
#include <string_view>

#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

/// What a stub returns. Counts the call for the report ("not faked: FwpmFilterAdd0, 3 calls"); a failure that is
/// injected into `function` takes the place of `answer`. `function` must have static storage.
[[nodiscard]] DWORD unfaked_call(const char* function, DWORD answer) noexcept;

/// The names of all stubs, sorted. `fail` of a scenario accepts these and the faked functions.
[[nodiscard]] std::span<const std::string_view> unfaked_functions() noexcept;

}  // namespace qmforge::wfp
