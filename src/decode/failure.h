// How a reader fails: it says why, where and about which field, and returns false.
#pragma once

#include <cstdint>
#include <expected>

#include "qmforge/decode.h"

/// For what is read for almost every message.
#define QMFORGE_HOT [[gnu::always_inline]] inline

namespace qmforge::detail {

/// What decode() returns, and where it is made: readers write into the event, or put an error in its place.
using Outcome = std::expected<Event, DecodeError>;

/// Out of line and cold: what it is given is computed on the failing path alone.
[[gnu::cold, gnu::noinline]] inline void record(Outcome& outcome, ErrorCode code, FieldPath field,
                                                std::uint64_t offset) noexcept {
  outcome = std::unexpected(DecodeError{code, field, offset});
}

/// Always false, so that a reader's function can `return fail(…)`. The event is gone then.
QMFORGE_HOT bool fail(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept {
  record(outcome, code, field, offset);
  return false;
}

}  // namespace qmforge::detail
