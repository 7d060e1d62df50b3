// Hex dumps that point at bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "style.h"

namespace qmforge::tools {

/// Bytes of an input, from `begin` up to but not including `end`. Bytes past the input's end are missing bytes.
struct ByteRange {
  std::uint64_t begin;
  std::uint64_t end;
};

/// The rows with the marked bytes, and the row before and after them, in this form:
///
///     0020  00 01 00 00 00 01 00 00  00 00 02 00 07 00 00 00  |................|
///                                                ^^ ^^ ^^ ^^
///
/// Missing bytes are shown as `--`. Of a long stretch of marked rows only the first few are shown.
[[nodiscard]] std::string dump(std::span<const std::byte> input, ByteRange marked, const Style& style);

}  // namespace qmforge::tools
