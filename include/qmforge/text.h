// The text forms of addresses, SIDs, GUIDs and strings, for JSON and the command line. Parsers return nullopt for any
// other text.
#pragma once

#include <array>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

#include "qmforge/event.h"
#include "qmforge/views.h"

namespace qmforge {

/// `10.0.0.0`. The address is in host order: 10.0.0.0 is 0x0a000000.
[[nodiscard]] std::string v4_text(std::uint32_t addr);
/// Parses four decimal numbers up to 255 without leading zeros.
[[nodiscard]] std::optional<std::uint32_t> v4_from_text(std::string_view text) noexcept;

/// RFC 5952: lower case, no leading zeros, the first of the longest runs of two or more zero groups as `::`; the mixed
/// notation for IPv4-mapped addresses (RFC 4291 2.5.5.2) and for no others.
[[nodiscard]] std::string v6_text(const std::array<std::uint8_t, 16>& addr);
/// Parses every form of RFC 4291 2.2, in either case, without zone and prefix length.
[[nodiscard]] std::optional<std::array<std::uint8_t, 16>> v6_from_text(std::string_view text) noexcept;

/// `S-1-5-32-544`; an identifier authority of 2^32 or more as 0x and 12 hex digits ([MS-DTYP] 2.4.2.1).
[[nodiscard]] std::string sid_text(const Sid& sid);
/// The inverse of sid_text. Accepts up to 255 sub-authorities; the SID's view points to memory from `storage`, which
/// must outlive it.
[[nodiscard]] std::optional<Sid> sid_from_text(std::string_view text, std::pmr::memory_resource& storage);

/// `{12345678-9abc-def0-0102-030405060708}`.
[[nodiscard]] std::string guid_text(const Guid& guid);
/// The inverse of guid_text, in either case.
[[nodiscard]] std::optional<Guid> guid_from_text(std::string_view text) noexcept;

/// `"10.0.0.0/8"`: a JSON string in printable ASCII. Every other unit is `\uXXXX`, also an unpaired surrogate.
[[nodiscard]] std::string string_text(const Utf16View& units);

}  // namespace qmforge
