// The members of a malformed input that precede the error.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/event.h"

namespace qmforge::tools {

struct PartialEvent {
  Event event;
  std::vector<Step> members;  // the members of the event that were read, in the order of the bytes
  /// Whether the subnet's value was read; otherwise only its type is known.
  bool has_local_value = false;
  bool has_remote_value = false;
};

/// The members of the event whose bytes precede the error: numbers, subnet types, inline values and address masks, but
/// not other values behind pointers.
[[nodiscard]] PartialEvent read_before(const DecodeError& error, std::span<const std::byte> input,
                                       const DecodeOptions& options);

}  // namespace qmforge::tools
