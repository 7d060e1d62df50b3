// Why an input is malformed, where, and which field.
#pragma once

#include <cstdint>
#include <string_view>

#include "qmforge/field_path.h"

namespace qmforge {

/// Why an input is malformed. The comment is the rule that was broken.
enum class ErrorCode : std::uint8_t {
  truncated,         // every datum lies inside the input, or inside ObjectBufferLength; so does what a count announces
  trailingBytes,     // at most 7 bytes of padding follow the object; nothing follows ObjectBufferLength
  headerVersion,     // the Version byte is 1 ([MS-RPCE] 2.2.6.1)
  headerEndianness,  // the Endianness byte is 0x10 (little) or 0x00 (big) ([MS-RPCE] 2.2.6.1)
  headerLength,      // CommonHeaderLength is 8 ([MS-RPCE] 2.2.6.1)
  objectLength,      // ObjectBufferLength is a multiple of 8 and no longer than what follows ([MS-RPCE] 2.2.6.2)
  unionTagMismatch,  // a union's repeated discriminant equals its switch field (C706 14.3.8)
  unionTagUnknown,   // a discriminant selects an arm: these unions have no default (C706 14.3.8)
  arrayCountMismatch,  // a conformant array's max_count equals its size_is field (C706 14.3.3)
  stringOffset,        // a string's offset is 0 (C706 14.3.4)
  stringLength,        // a string's actual_count is at most its max_count (C706 14.3.4)
  stringUnterminated,  // a string ends in a NUL (C706 14.3.4)
  badAddress,          // a pointer in a memory image leads to bytes inside the image
};

/// The name by which the contract, the JSON form and the command line know a code: `union-tag-mismatch`.
[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;
/// The broken rule as a sentence.
[[nodiscard]] std::string_view message(ErrorCode code) noexcept;

/// A malformed input. Reading goes in wire order and ends at the first datum that is wrong. A datum is one integer, one
/// array of bytes of fixed size, one GUID, one pointer, or the elements of a conformant array taken together.
struct DecodeError {
  ErrorCode code;
  FieldPath field;  // the field that the datum belongs to; empty for the object as a whole
  /// Bytes from the start of the input, header included, to where the datum that is wrong begins (or would begin, for
  /// one that alignment moves past the end). In a memory image: the type field or the pointer that is wrong.
  std::uint64_t offset;

  friend bool operator==(const DecodeError&, const DecodeError&) = default;
};

}  // namespace qmforge
