// From events to records: the header that goes with an event, and what hostile modes make of it.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/wfp/control.h"

namespace qmforge::wfp {

using RecordBytes = std::vector<std::byte>;

/// Appends the record of an event, as the modes want it, and those of the events that they add. `number` counts the
/// events that were fed; it chooses among what a mode can do.
void stage(const Event& event, const EventHeader& header, const std::set<Mode>& modes, std::uint32_t number,
           std::vector<RecordBytes>& records);

/// Gives one event after the other to `use`; false when there are no more.
using EventSource = std::function<bool(const std::function<void(const Event&)>& use)>;

}  // namespace qmforge::wfp
