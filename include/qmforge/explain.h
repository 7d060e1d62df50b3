// Errors and findings as sentences with the expected and the actual value.
//
// The decoder and the validator return only codes and fields. These functions read the values from the input or the
// event afterwards. They do not decode: they read the bytes at the error's offset.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "qmforge/decode_error.h"
#include "qmforge/decode_options.h"
#include "qmforge/event.h"
#include "qmforge/findings.h"

namespace qmforge {

/// `ObjectBufferLength is 80, but 44 bytes follow the header`. `error` must be the result of decoding `input` with
/// `options`; for another error, such as one whose offset is outside the input, returns message(error.code).
[[nodiscard]] std::string explain(const DecodeError& error, std::span<const std::byte> input,
                                  const DecodeOptions& options);

/// `10.0.0.1 has bits set outside the mask 255.0.0.0; the network is 10.0.0.0/8`. `finding` must be a result of
/// validating `event`; for another finding, returns message(finding.rule).
[[nodiscard]] std::string explain(const Finding& finding, const Event& event);

}  // namespace qmforge
