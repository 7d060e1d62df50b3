// A result as text.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "qmforge/decode.h"
#include "qmforge/json.h"
#include "style.h"

namespace qmforge::tools {

/// Appends the verdict, the event's fields (for a malformed input, those before the error), and each error or finding
/// with its bytes in `input` marked; for a malformed input, also suggests options with which it decodes.
void print_result(std::string& out, const Result& result, std::span<const std::byte> input,
                  const DecodeOptions& options, const Style& style);

}  // namespace qmforge::tools
