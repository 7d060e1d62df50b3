// Many inputs in one call: decode and validate, for who has a buffer, a file or a capture full of events.
//
// What a call costs, and the choice of the format, is paid once instead of twice for each event: that saves up to four
// tenths of the time (bench/README.md has the figures).
#pragma once

#include <cstddef>
#include <expected>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/validate.h"

namespace qmforge {

/// What is said of one input.
struct Judged {
  std::expected<Event, DecodeError> decoded;
  Findings findings;  // of the event; empty where there is none
};

/// Decodes every input by the same options, and validates the events: `results[i]` is what decode() and validate() say
/// of `inputs[i]`, whatever it held before. What the events' views point to is the inputs.
///
/// Returns how many inputs were judged, from the first: all of them, or as many as there are results for.
///
/// No allocation. Results are best reused: some tens of them stay in the first-level cache.
///
/// Law ABatchIsItsInputsOneByOne: for every input, of any format, between any others.
std::size_t decode_and_validate(std::span<const std::span<const std::byte>> inputs, const DecodeOptions& options,
                                std::span<Judged> results) noexcept;

}  // namespace qmforge
