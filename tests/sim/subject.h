// The decoder and validator that are checked against labels: qmforge's, or ones with a defect.
#pragma once

#include <functional>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/sim/labelled.h"
#include "result.h"
#include "tally.h"

namespace qmforge::sim {

using Subject = std::function<Result(std::span<const std::byte> input, const DecodeOptions& options)>;

inline Result ours(std::span<const std::byte> input, const DecodeOptions& options) {
  return tools::result_of("", input, options);
}

inline std::string_view difference(const LabelledInput& labelled, const Subject& subject) {
  return tools::first_difference(labelled.result(), subject(labelled.bytes, {.format = labelled.format,
                                                                             .revision = labelled.revision,
                                                                             .image_base = set_image_base}));
}

}  // namespace qmforge::sim
