// Errors and findings as sentences with values: what was expected, and what was found.
//
// The decoder and the validator return small values; these functions read the values out of the input or the event
// afterwards. They use no decoder: what they say of an error is what the bytes at its offset say.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "qmforge/decode_error.h"
#include "qmforge/decode_options.h"
#include "qmforge/event.h"
#include "qmforge/findings.h"

namespace qmforge {

/// `ObjectBufferLength is 80, but 44 bytes follow the header`. `error` is what decoding `input` with `options` gave;
/// for any other error (an offset that is not in the input) the sentence is message(error.code).
[[nodiscard]] std::string explain(const DecodeError& error, std::span<const std::byte> input,
                                  const DecodeOptions& options);

/// `10.0.0.1 has bits set outside the mask 255.0.0.0; the network is 10.0.0.0/8`. `finding` is one that validating
/// `event` gave; for any other the sentence is message(finding.rule).
[[nodiscard]] std::string explain(const Finding& finding, const Event& event);

}  // namespace qmforge
