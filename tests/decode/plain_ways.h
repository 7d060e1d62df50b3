// The short ways through decoder and validator. No answer shows whether one was taken, only the time does; so they are
// asked themselves.
#pragma once

#include <cstddef>
#include <span>

#include "qmforge/decode.h"

namespace qmforge::testing {

/// Whether the reader of plain messages takes the input, which is an NDR stream.
bool is_read_as_plain(std::span<const std::byte> input, const DecodeOptions& options);

/// Whether the validator sees at a glance that there is nothing to find.
bool is_sound_at_a_glance(const Event& event);

}  // namespace qmforge::testing
