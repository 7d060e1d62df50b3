// Encodes events that the simulator generated, which must have an encoding.
#pragma once

#include <stdexcept>

#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"

namespace qmforge::sim {

/// encode() into bytes, or into a message with its field map. It fails only if the grammar is wrong.
template <class Out>
void encode_or_throw(const Event& event, const EncodeOptions& options, Out& out) {
  // uncovered: needs a grammar that generates what the encoder rejects; tests/sim walks all shapes without finding one
  if (!encode(event, options, out)) throw std::logic_error("the simulator generated an event that has no encoding");
}

}  // namespace qmforge::sim
