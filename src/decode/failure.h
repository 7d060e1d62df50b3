// How a reader fails: it says why, where and about which field, and returns false.
#pragma once

#include <cstdint>

#include "qmforge/decode.h"

namespace qmforge::detail {

/// Out of line and cold: what it is given is computed on the failing path alone.
[[gnu::cold, gnu::noinline]] inline void record(DecodeError& error, ErrorCode code, FieldPath field,
                                                std::uint64_t offset) noexcept {
  error = {code, field, offset};
}

/// Always false, so that a reader's function can `return fail(…)`.
inline bool fail(DecodeError& error, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept {
  record(error, code, field, offset);
  return false;
}

}  // namespace qmforge::detail
