// The findings that validation of an event must give: the rules of docs/format.md 4 as predicates over the event.
//
// This is the simulator's own implementation of the rules. It shares only the event and the names of the rules with the
// validator, so a label does not repeat an error of the validator.
#pragma once

#include <cstdint>

#include "qmforge/event.h"
#include "qmforge/report.h"

namespace qmforge::sim {

/// The findings that a validator must report, in this order.
[[nodiscard]] Findings expected_findings(const Event& event);

/// The verdict for these findings: `invalid` if one of them is an error.
[[nodiscard]] Verdict expected_verdict(const Findings& findings);

/// Whether a failureErrorCode causes a warning: 0, or a range marker.
[[nodiscard]] bool is_suspect_error_code(std::uint32_t code);

}  // namespace qmforge::sim
