// Forged inputs: an event, a legal way to write it and maybe a fault, all out of choices; and what must be said of it.
#pragma once

#include <cstddef>
#include <expected>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/encode.h"
#include "qmforge/validate.h"

namespace qmforge::fuzz {

/// A legal way to write an event in a format. The first answer to each question is the canonical one. Images are at the
/// address that decode() assumes.
[[nodiscard]] sim::EncodeOptions choose_form(sim::Choices& choices, Format format);

/// Bytes, and the label that the simulator gives them without asking a decoder.
struct Forged {
  DecodeOptions options;
  std::vector<std::byte> bytes;
  std::string_view fault;  // empty for none
  std::expected<Event, DecodeError> expected;
  Findings findings;
};

/// Writes `event` in some legal form, with a fault in it once in `one_in_faulty` times where it has a site. False when
/// the format cannot hold the event. The views of what is expected point to what the event's views point to.
[[nodiscard]] bool forge(const Event& event, Format format, std::uint64_t one_in_faulty, sim::Choices& choices,
                         Forged& out);

}  // namespace qmforge::fuzz
