// Compares the library's decoder with the reference decoder.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>

#include "qmforge/decode.h"

namespace qmforge::testing {

/// Runs both decoders on one input, and the validator on both results. nullopt if all results are equal; otherwise both
/// results and the input in hex, as a message.
[[nodiscard]] std::optional<std::string> disagreement(std::span<const std::byte> input, const DecodeOptions& options);
/// The same, for a result that the library's decoder returned.
[[nodiscard]] std::optional<std::string> disagreement(std::span<const std::byte> input, const DecodeOptions& options,
                                                      const std::expected<Event, DecodeError>& library);

/// A result in words: `union-tag-mismatch at 36, localSubNet.type`, or `an event with 2 findings`.
[[nodiscard]] std::string describe(const std::expected<Event, DecodeError>& outcome);

}  // namespace qmforge::testing
