// How a reader fails: it reports why, where and about which field, and returns false.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>

#include "attributes.h"
#include "qmforge/decode.h"

namespace qmforge::detail {

/// What decode() returns, and where it is made: readers write into the event, or put an error in its place.
using Outcome = std::expected<Event, DecodeError>;

/// Puts an error in the place of the event.
QMFORGE_INLINE void set_error(Outcome& outcome, ErrorCode code, const FieldPath& field, std::uint64_t offset) noexcept {
  std::construct_at(&outcome, std::unexpect, code, field, offset);
}

/// The same out of line, so that a reader's many failures cost its code little.
QMFORGE_COLD void record(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept;

/// Always false, so that a reader's function can `return fail(…)`.
QMFORGE_INLINE bool fail(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept {
  record(outcome, code, field, offset);
  return false;
}

}  // namespace qmforge::detail
