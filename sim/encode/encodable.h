// Whether an event has an encoding at all.
#pragma once

#include <expected>

#include "qmforge/event.h"
#include "qmforge/sim/encode.h"

namespace qmforge::sim {

/// All that can be said before writing. The writers rely on it; what depends on the final size they judge themselves.
[[nodiscard]] std::expected<void, EncodeError> check_encodable(const Event& event, const EncodeOptions& options);

}  // namespace qmforge::sim
