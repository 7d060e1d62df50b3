// The validator: checks the values of an event.
#pragma once

#include "qmforge/event.h"
#include "qmforge/findings.h"

namespace qmforge {

/// Checks an event against the rules of docs/format.md 4. Does not allocate.
///
/// Law ValidationDependsOnEventOnly: equal events have the same findings. Members that the event lacks (those of
/// revision 1 in revision 0, subnets of a transport event) have no effect.
/// Law FindingIffItsConditionHolds: the condition beside its Rule.
/// Law FixingAFindingRemovesOnlyThatFinding: changing only the field that a finding names to a valid value.
[[nodiscard]] Findings validate(const Event& event) noexcept;

}  // namespace qmforge
