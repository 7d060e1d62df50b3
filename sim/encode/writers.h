// The two ways of writing an event that has passed check_encodable: as an NDR stream, or as a memory image.
#pragma once

#include <cstddef>
#include <expected>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/sim/encode.h"

namespace qmforge::sim {

[[nodiscard]] std::expected<void, EncodeError> write_ndr(const Event& event, const EncodeOptions& options,
                                                         std::vector<std::byte>& out, DatumMap* map);
[[nodiscard]] std::expected<void, EncodeError> write_image(const Event& event, const EncodeOptions& options,
                                                           std::vector<std::byte>& out, DatumMap* map);

}  // namespace qmforge::sim
