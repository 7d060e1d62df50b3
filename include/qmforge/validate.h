// The validator: does a decoded event make sense?
#pragma once

#include "qmforge/event.h"
#include "qmforge/findings.h"

namespace qmforge {

/// Judges an event. No allocation.
///
/// Law ValidationDependsOnEventOnly: equal events have the same findings, whatever stands in members that the
/// event does not have (revision 1's in revision 0, subnets outside a tunnel).
/// Law FindingIffItsConditionHolds: the condition beside its Rule.
/// Law FixingAFindingRemovesOnlyThatFinding: mending the field that a finding names, and nothing else.
[[nodiscard]] Findings validate(const Event& event) noexcept;

}  // namespace qmforge
