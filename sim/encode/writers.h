// The two writers: an NDR stream, or a memory image. The event has passed check_encodable.
#pragma once

#include <cstddef>
#include <expected>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/sim/encode.h"

namespace qmforge::sim {

[[nodiscard]] std::expected<void, EncodeError> write_ndr(const Event& event, const EncodeOptions& options,
                                                         std::vector<std::byte>& out, FieldMap* map);
[[nodiscard]] std::expected<void, EncodeError> write_image(const Event& event, const EncodeOptions& options,
                                                           std::vector<std::byte>& out, FieldMap* map);

}  // namespace qmforge::sim
