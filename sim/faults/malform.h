// Faults for many messages: into memory that is reused, and without a list of edits.
#pragma once

#include <cstddef>
#include <vector>

#include "qmforge/sim/faults.h"

namespace qmforge::sim {

/// sites().
void find_sites(Fault fault, const EncodedMessage& message, std::vector<Site>& found);

/// apply(), for a fault of decoding.
void malform(const FaultAt& at, const EncodedMessage& message, std::vector<std::byte>& bytes, Report& expected);

/// apply_both(); false for nullopt.
[[nodiscard]] bool malform_twice(const FaultAt& first, const FaultAt& second, const EncodedMessage& message,
                                 std::vector<std::byte>& bytes, Report& expected);

}  // namespace qmforge::sim
