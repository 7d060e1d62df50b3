// Other ways to read an input that does not decode as it was asked to: another format, revision, byte order or base.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "qmforge/decode.h"

namespace qmforge::tools {

/// The most likely of all formats and revisions, with `given`'s base or the one that an image's pointers suggest: one
/// that gives a valid event before an invalid one, one that is canonical before others, `given` before others, then in
/// the order of the formats. nullopt where none decodes.
[[nodiscard]] std::optional<DecodeOptions> guess(std::span<const std::byte> input, const DecodeOptions& given);

/// What the user may have meant, one sentence each, for an input that does not decode with `given`. Only readings whose
/// enumerations are valid are suggested.
[[nodiscard]] std::vector<std::string> hints(std::span<const std::byte> input, const DecodeOptions& given);

}  // namespace qmforge::tools
