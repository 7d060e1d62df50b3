// qmforge's own result for one input: `decode` prints it, `check` compares it.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "qmforge/decode.h"
#include "qmforge/json.h"

namespace qmforge::tools {

/// Decodes and validates `bytes`, and asks the encoder whether they are canonical.
[[nodiscard]] Result result_of(std::string_view label, std::span<const std::byte> bytes, const DecodeOptions& options);

}  // namespace qmforge::tools
