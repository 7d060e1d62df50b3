// The library's decoder held against the reference decoder.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>

#include "qmforge/decode.h"

namespace qmforge::testing {

/// Runs both decoders on one input, and the validator on what each of them returned. Nothing where all is the same;
/// otherwise both outcomes and the input in hex, for a person to read.
[[nodiscard]] std::optional<std::string> disagreement(std::span<const std::byte> input, const DecodeOptions& options);
/// The same, with what the library's decoder returned.
[[nodiscard]] std::optional<std::string> disagreement(std::span<const std::byte> input, const DecodeOptions& options,
                                                      const std::expected<Event, DecodeError>& library);

/// An outcome in words: `union-tag-mismatch at 36, localSubNet.type`, or `an event with 2 findings`.
[[nodiscard]] std::string describe(const std::expected<Event, DecodeError>& outcome);

}  // namespace qmforge::testing
