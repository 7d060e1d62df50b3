// Hex dumps that point at bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "style.h"

namespace qmforge::tools {

/// Some bytes of an input: from `begin` up to but not `end`. They may lie behind the input's end: bytes that are
/// missing.
struct ByteRange {
  std::uint64_t begin;
  std::uint64_t end;
};

/// The rows that hold the marked bytes, and one before and behind them, in this form:
///
///     0020  00 01 00 00 00 01 00 00  00 00 02 00 07 00 00 00  |................|
///                                                ^^ ^^ ^^ ^^
///
/// Missing bytes are shown as `--`. Of a long stretch of marked rows only the first few are shown.
[[nodiscard]] std::string dump(std::span<const std::byte> input, ByteRange marked, const Style& style);

}  // namespace qmforge::tools
