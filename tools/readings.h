// Other options for an input that does not decode with the given ones: format, revision, byte order or base.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "qmforge/decode.h"

namespace qmforge::tools {

/// The most likely format and revision, with `given`'s base or one that an image's pointers suggest. Prefers a valid
/// event to an invalid one, then a canonical input, then `given`, then the order of the formats. nullopt if none
/// decodes.
[[nodiscard]] std::optional<DecodeOptions> guess(std::span<const std::byte> input, const DecodeOptions& given);

/// Suggestions for an input that does not decode with `given`, one sentence each. A suggested set of options decodes
/// the input to an event with valid enumerations.
[[nodiscard]] std::vector<std::string> hints(std::span<const std::byte> input, const DecodeOptions& given);

}  // namespace qmforge::tools
