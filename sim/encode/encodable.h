// Whether an event has an encoding.
#pragma once

#include <expected>

#include "qmforge/event.h"
#include "qmforge/sim/encode.h"

namespace qmforge::sim {

/// Checks what can be checked before writing. The writers rely on it; they check what depends on the final size.
[[nodiscard]] std::expected<void, EncodeError> check_encodable(const Event& event, const EncodeOptions& options);

}  // namespace qmforge::sim
