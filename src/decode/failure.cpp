#include "failure.h"

namespace qmforge::detail {

void record(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept {
  set_error(outcome, code, field, offset);
}

}  // namespace qmforge::detail
