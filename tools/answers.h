// The answers of a program in the protocol of `qmforge conform` (docs/conformance.md).
#pragma once

#include <optional>
#include <string_view>

#include "json.h"

namespace qmforge::tools {

/// The answer in a line: a JSON object with label and verdict, or `LABEL VERDICT [CODE]`, which becomes such an object.
/// nullopt for any other line.
[[nodiscard]] std::optional<Json> parse_answer(std::string_view line);

}  // namespace qmforge::tools
