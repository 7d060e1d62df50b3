// What must be found in an event: section by section the rules of the contract, as predicates over the event.
//
// The simulator's own statement of the rules. It shares nothing with the validator but the event and the rules' names,
// so a label made from it does not repeat a mistake of the validator.
#pragma once

#include <cstdint>

#include "qmforge/event.h"
#include "qmforge/report.h"

namespace qmforge::sim {

/// The findings that a validator must come to, in their order.
[[nodiscard]] Findings expected_findings(const Event& event);

/// The verdict that follows from findings: `invalid` when one of them is an error.
[[nodiscard]] Verdict expected_verdict(const Findings& findings);

/// Whether a failureErrorCode is one that a warning is due for: 0, or a range marker.
[[nodiscard]] bool is_suspect_error_code(std::uint32_t code);

}  // namespace qmforge::sim
