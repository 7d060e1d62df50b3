// Encoding what the simulator itself made, which has an encoding.
#pragma once

#include <stdexcept>

#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"

namespace qmforge::sim {

/// encode() of bytes, or of a message with its map. Where it fails, the grammar is wrong.
template <class Out>
void encode_own(const Event& event, const EncodeOptions& options, Out& out) {
  // uncovered: takes a grammar that makes what the encoder refuses; tests/sim walks all shapes and finds none
  if (!encode(event, options, out)) throw std::logic_error("the simulator made an event that has no encoding");
}

}  // namespace qmforge::sim
