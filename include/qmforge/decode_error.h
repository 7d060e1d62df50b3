// Why an input is malformed, where, and which field.
#pragma once

#include <cstdint>
#include <string_view>

#include "qmforge/field_path.h"

namespace qmforge {

/// Why an input is malformed. The comment is the rule that the input breaks.
enum class ErrorCode : std::uint8_t {
  truncated,      // each wire field, and all elements that a count gives, lie inside the input and ObjectBufferLength
  trailingBytes,  // at most 7 bytes of padding follow the object; nothing follows ObjectBufferLength
  headerVersion,  // the Version byte is 1 ([MS-RPCE] 2.2.6.1)
  headerEndianness,    // the Endianness byte is 0x10 (little) or 0x00 (big) ([MS-RPCE] 2.2.6.1)
  headerLength,        // CommonHeaderLength is 8 ([MS-RPCE] 2.2.6.1)
  objectLength,        // ObjectBufferLength is a multiple of 8 and at most the rest of the input ([MS-RPCE] 2.2.6.2)
  unionTagMismatch,    // a union's repeated discriminant equals its switch field (C706 14.3.8)
  unionTagUnknown,     // a discriminant selects an arm: these unions have no default (C706 14.3.8)
  arrayCountMismatch,  // a conformant array's max_count equals its size_is field (C706 14.3.3)
  stringOffset,        // a string's offset is 0 (C706 14.3.4)
  stringLength,        // a string's actual_count is at most its max_count (C706 14.3.4)
  stringUnterminated,  // a string ends in a NUL (C706 14.3.4)
  badAddress,          // a pointer in a memory image points to bytes inside the image
};

/// The name of a code in docs/format.md, in JSON and on the command line: `union-tag-mismatch`.
[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;
/// The broken rule as a sentence.
[[nodiscard]] std::string_view message(ErrorCode code) noexcept;

/// The error in a malformed input. Reading goes in wire order and ends at the first wrong wire field: an integer, a
/// byte array of fixed size, a GUID, a pointer, or all elements of a conformant array together.
struct DecodeError {
  ErrorCode code;
  FieldPath field;  // the wire field; empty for the object as a whole
  /// Where the wrong field begins, in bytes from the start of the input with its header. Alignment may move it past the
  /// end. In a memory image: where the wrong type or pointer begins.
  std::uint64_t offset;

  friend bool operator==(const DecodeError&, const DecodeError&) = default;
};

}  // namespace qmforge
