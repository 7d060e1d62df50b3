// How a reader fails: it says why, where and about which field, and returns false.
#pragma once

#include <cstdint>
#include <expected>

#include "hot.h"
#include "qmforge/decode.h"

namespace qmforge::detail {

/// What decode() returns, and where it is made: readers write into the event, or put an error in its place.
using Outcome = std::expected<Event, DecodeError>;

/// Defined elsewhere, so that its parameters are passed as they are: a failure takes no longer than it must.
[[gnu::cold]] void record(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept;

/// Always false, so that a reader's function can `return fail(…)`. The event is gone then.
QMFORGE_HOT bool fail(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept {
  record(outcome, code, field, offset);
  return false;
}

}  // namespace qmforge::detail
