// Applies the hostile modes to an event. The second stage of every feed.
#pragma once

#include <cstdint>
#include <vector>

#include "mode_set.h"
#include "net_event.h"
#include "record.h"

namespace qmforge::wfp {

/// Appends the drafts of an event, changed by the modes, and of the events that they add. `number` is the number of
/// events that were fed before; it selects among the variants of a mode.
void apply_modes(const NetEventBody& body, const EventHeader& header, const ModeSet& modes, std::uint32_t number,
                 std::vector<Draft>& drafts);

}  // namespace qmforge::wfp
