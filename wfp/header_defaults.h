// The header of an event that is fed without one. The first stage of every feed.
#pragma once

#include "qmforge/event.h"
#include "qmforge/wfp/event_header.h"

namespace qmforge::wfp {

/// In a family; `header_for` of control.h chooses the family.
[[nodiscard]] EventHeader header_in(const Event& event, IpVersion version);
[[nodiscard]] EventHeader header_for(const Event& event);

}  // namespace qmforge::wfp
