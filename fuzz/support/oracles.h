// The oracles: properties that hold for every input.
#pragma once

#include <cstddef>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/sim/labelled.h"

namespace qmforge::fuzz {

/// Checks one input, and ends the program if a check fails. Oracles:
///
///   second-decoder  both decoders give the same event and findings, or the same code, offset and field
///   batch           inspect() gives the same report
///   findings        the validator's findings are those of the simulator's rules, also for an equal event
///   json            the event as JSON reads as an equal event (for one input in sixteen, which its bytes select)
///   round-trip      the event, encoded and decoded, is equal
///   canonical       an input is canonical if and only if the encoder writes it for its event
///   error-offset    an error's offset is inside the input, or at most 7 bytes past its end because of alignment
void check_input(std::span<const std::byte> input, const DecodeOptions& options);

/// Checks decoder and validator with the label of a generated input. Oracle: label.
void check_label(const sim::LabelledInput& labelled);

/// Compares the validator's findings with those of the simulator's rules. Oracle: findings.
void check_validator(const Event& event);

/// Compares an event with itself in every encoding and byte order that it has. Oracle: transcode.
void check_every_encoding(const Event& event);

}  // namespace qmforge::fuzz
