#include "failure.h"

#include <memory>

namespace qmforge::detail {

void record(Outcome& outcome, ErrorCode code, FieldPath field, std::uint64_t offset) noexcept {
  std::construct_at(&outcome, std::unexpect, code, field, offset);
}

}  // namespace qmforge::detail
