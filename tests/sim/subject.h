// What is held against labels: our decoder and validator, or a decoder with a mistake in it.
#pragma once

#include <functional>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/tally.h"
#include "qmforge/validate.h"

namespace qmforge::sim {

using Subject = std::function<Answer(std::span<const std::byte> input, const DecodeOptions& options)>;

inline Answer ours(std::span<const std::byte> input, const DecodeOptions& options) {
  Answer answer{decode(input, options), {}, {}};
  if (answer.decoded) {
    answer.findings = validate(*answer.decoded);
    answer.canonical = is_canonical(input, options.format, *answer.decoded);
  }
  return answer;
}

inline std::string_view difference(const Labelled& labelled, const Subject& subject) {
  return first_difference(
      labelled,
      subject(labelled.bytes, {.format = labelled.format, .revision = labelled.revision, .imageBase = set_image_base}));
}

}  // namespace qmforge::sim
