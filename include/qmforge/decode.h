// The decoder: bytes in, an event or an error out.
//
// It checks the structure: whether the bytes hold an event (docs/format.md 3). validate.h checks the values. The
// decoder accepts any enumeration value except in saTrafficType, any non-zero referent id, any filler and any padding
// byte; it does not check UTF-16.
//
// Promises, for every input: no exception, no allocation, no read outside the input, time linear in the input's size.
#pragma once

#include <cstddef>
#include <expected>
#include <span>

#include "qmforge/decode_error.h"
#include "qmforge/decode_options.h"
#include "qmforge/enums.h"
#include "qmforge/event.h"

namespace qmforge {

namespace detail {
/// Decodes into a result that holds an event.
void decode(std::expected<Event, DecodeError>& outcome, std::span<const std::byte> input,
            const DecodeOptions& options) noexcept;
}  // namespace detail

/// Reads one event. The event's views point into `input`, which must outlive them.
///
/// ndr20 is a header and a body; the first 8 bytes are little-endian, whatever Endianness is ([MS-RPCE] 2.2.6.1):
///
///     0        1            2                     4       8                    12      16
///     | Version | Endianness | CommonHeaderLength | filler | ObjectBufferLength | filler | body ... |
///     | 01      | 10 or 00   | 08 00              |        | size of the body   |        |
///
/// ndr20Body and ndr64 are a body alone, which begins at offset 0. A memory image begins with the structure.
///
/// Law DecodingDependsOnInputOnly: the bytes around the input and its alignment do not affect the result.
/// Law ResultIsIndependentOfEncoding: one event in any format, byte order, numbering of referents, fillers, padding and
/// places in an image gives equal events, with the same verdict and findings.
/// Law ProperPrefixesAreMalformed: every proper prefix of a message that the encoder writes by default (sim/encode.h).
/// Law EightExtraBytesAreMalformed: an NDR message with eight extra bytes at its end is malformed, with trailingBytes.
/// Law ErrorOffsetMatchesErrorField: `offset` is where `field` begins, and is inside the input, except that alignment
/// may move it up to 7 bytes past the end of a bare body.
/// Law CostIsLinear: twice the input takes at most twice the instructions (`./dev bench --check` tests it).
[[nodiscard]] inline std::expected<Event, DecodeError> decode(std::span<const std::byte> input,
                                                              const DecodeOptions& options = {}) noexcept {
  std::expected<Event, DecodeError> outcome(std::in_place, detail::Uninitialized());
  detail::decode(outcome, input, options);
  return outcome;
}

}  // namespace qmforge
