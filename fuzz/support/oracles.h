// The oracles: what must hold for any input, whatever made it.
#pragma once

#include <cstddef>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/sim/labelled.h"

namespace qmforge::fuzz {

/// Holds one input against all that is known of inputs, and ends the program when something is wrong. Oracles:
///
///   second-decoder  both decoders say the same: event, findings, or code, offset and field
///   batch           inspect() says the same of it
///   findings        the validator finds what the simulator's own statement of the rules demands, and the same in an
///                   equal event
///   json            the event as JSON, read again, is the same event: for one input in sixteen, which its bytes choose
///   round-trip      the event, encoded and decoded again, is the same event
///   canonical       an input is canonical if and only if the encoder writes it for its event
///   error-offset    an error lies within the input, or at most 7 bytes past it where alignment moved the wire field
void check_input(std::span<const std::byte> input, const DecodeOptions& options);

/// Holds decoder and validator against a forged input's label. Oracle: label.
void check_label(const sim::LabelledInput& labelled);

/// Holds the validator against the simulator's own statement of the rules. Oracle: findings.
void check_validator(const Event& event);

/// Holds one event against itself in every encoding and byte order that can hold it. Oracle: transcode.
void check_every_encoding(const Event& event);

}  // namespace qmforge::fuzz
