// What of a malformed input comes before the error.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/event.h"

namespace qmforge::tools {

struct PartialEvent {
  Event event;
  std::vector<Step> members;  // those of the event that were read, in the order of the bytes
  /// Whether the value of localSubNet, of remoteSubNet was read as well; where it was not, only its type is known.
  bool has_local_value = false;
  bool has_remote_value = false;
};

/// The members of the event whose bytes lie before the error: the numbers, the subnets' types, inline values, and
/// address masks. Other values behind pointers are left out.
[[nodiscard]] PartialEvent read_before(const DecodeError& error, std::span<const std::byte> input,
                                       const DecodeOptions& options);

}  // namespace qmforge::tools
