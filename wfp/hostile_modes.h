// What the hostile modes make of an event. The second stage of every feed.
#pragma once

#include <cstdint>
#include <vector>

#include "mode_set.h"
#include "net_event.h"
#include "record.h"

namespace qmforge::wfp {

/// Appends what is to be recorded of an event, as the modes want it, and of the events that they add. `number` counts
/// the events that were fed; it chooses among what a mode can do.
void apply_modes(const NetEventBody& body, const EventHeader& header, const ModeSet& modes, std::uint32_t number,
                 std::vector<Draft>& drafts);

}  // namespace qmforge::wfp
