// A dump of the bytes of an input that a difference is about.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "qmforge/decode.h"

namespace qmforge::tools {

/// A dump of the bytes that hold `field` (`event.localSubNet.v4AddrMask.mask`), or of those that are wrong in a
/// malformed input. Empty if the field has no bytes.
[[nodiscard]] std::string dump_field(std::string_view field, std::span<const std::byte> input,
                                     const DecodeOptions& options);

}  // namespace qmforge::tools
