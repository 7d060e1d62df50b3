// A result for people.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "qmforge/decode.h"
#include "qmforge/json.h"
#include "style.h"

namespace qmforge::tools {

/// Appends the verdict, the event's fields, and what is wrong, with a pointer to the bytes of `input` in which it is.
void print_result(std::string& out, const Result& result, std::span<const std::byte> input,
                  const DecodeOptions& options, const Style& style);

}  // namespace qmforge::tools
