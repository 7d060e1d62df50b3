// The decoder: bytes in, an event or the reason why not.
//
// It checks structure only: what the bytes must be for there to be an event at all. Whether the event makes sense is
// validate.h's question. Any enumeration value passes but saTrafficType's, any non-zero referent id, any filler, any
// padding byte; UTF-16 is not judged.
//
// Promises, for every input: no exception, no allocation, no read outside the input, time linear in the input's size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "qmforge/enums.h"
#include "qmforge/event.h"
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
[[nodiscard]] std::string_view name(ErrorCode code) noexcept;
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

struct DecodeOptions {
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  /// native64 and native32: the address of the input's first byte, to which the image's pointers are relative.
  std::uint64_t imageBase = 0x10000;
};

/// Reads one event. What the event's views point to is `input` itself.
///
/// ndr20 is a header and a body; the first 8 bytes are little-endian whatever Endianness says ([MS-RPCE] 2.2.6.1):
///
///     0        1            2                     4       8                    12      16
///     | Version | Endianness | CommonHeaderLength | filler | ObjectBufferLength | filler | body ... |
///     | 01      | 10 or 00   | 08 00              |        | size of the body   |        |
///
/// ndr20Body and ndr64 are a body alone, which begins at offset 0. A memory image holds the structure at its start.
///
/// Law DecodingIsAFunctionOfTheInputAlone: what stands before and behind the input, and its alignment, do not matter.
/// Law TheFormOfAnEventDoesNotMatter: one event in any format, byte order, numbering of referents, fillers, padding and
/// places in an image gives equal events, with the same verdict and findings.
/// Law EveryProperPrefixIsMalformed: of what the encoder writes by default (sim/encode.h).
/// Law EightBytesMoreAreMalformed: at the end of an NDR message, as trailingBytes.
/// Law AnErrorLiesAtTheDatumThatItsFieldNames: there, and in the input, but for up to 7 bytes where alignment moves the
/// first datum behind a bare body.
/// Law CostIsLinear: twice the input takes at most twice the instructions (held by `./dev bench --check`).
[[nodiscard]] std::expected<Event, DecodeError> decode(std::span<const std::byte> input,
                                                       const DecodeOptions& options = {}) noexcept;

}  // namespace qmforge
