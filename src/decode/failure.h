// How a reader reports an error: it sets code, offset and field, and returns false.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>

#include "attributes.h"
#include "qmforge/decode.h"

namespace qmforge::detail {

/// The result of decode(). Readers write into its event, or replace the event by an error.
using Outcome = std::expected<Event, DecodeError>;

/// Replaces the event by an error.
QMFORGE_INLINE void set_error(Outcome& outcome, ErrorCode code, const FieldPath& field, std::uint64_t offset) noexcept {
  std::construct_at(&outcome, std::unexpect, code, field, offset);
}

/// The same, not inlined: keeps the readers' code small.
QMFORGE_COLD void record(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept;

/// Always false, so that a reader's function can `return fail(…)`.
QMFORGE_INLINE bool fail(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept {
  record(outcome, code, field, offset);
  return false;
}

}  // namespace qmforge::detail
