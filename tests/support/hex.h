// Bytes from hex in a test's source.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "qmforge/hex.h"

namespace qmforge::testing {

using qmforge::to_hex;

/// The bytes; throws if the text is not hex.
inline std::vector<std::byte> from_hex(std::string_view text) {
  auto bytes = qmforge::from_hex(text);
  if (!bytes) throw std::invalid_argument("not hex: " + std::string(text));
  return *std::move(bytes);
}

}  // namespace qmforge::testing
