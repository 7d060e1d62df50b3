// Bytes as hex digits.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace qmforge {

/// Two lower-case digits for each byte.
[[nodiscard]] std::string to_hex(std::span<const std::byte> bytes);

/// The inverse, with digits in either case; spaces may separate bytes. nullopt for any other text.
[[nodiscard]] std::optional<std::vector<std::byte>> from_hex(std::string_view text);

}  // namespace qmforge
