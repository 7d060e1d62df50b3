// The result for one input: an event and what is wrong with it, or why there is none.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "qmforge/decode_error.h"
#include "qmforge/event.h"
#include "qmforge/findings.h"

namespace qmforge {

/// A report in one word.
enum class Verdict : std::uint8_t {
  valid,      // no rule of severity error is broken; warnings may remain
  invalid,    // it decodes, and breaks a rule of severity error
  malformed,  // it does not decode
};

[[nodiscard]] std::string_view to_string(Verdict verdict) noexcept;

/// What decoding and validating one input gives, or what it must give. `inspect` (inspect.h) makes one from bytes.
struct Report {
  std::expected<Event, DecodeError> event;
  Findings findings;  // of the event; empty where there is none

  [[nodiscard]] Verdict verdict() const noexcept {
    if (!event) return Verdict::malformed;
    return findings.has_error() ? Verdict::invalid : Verdict::valid;
  }
};

/// The first respect in which two reports differ: `verdict`, `error.code`, `error.offset`, `error.field`, `event` or
/// `findings`, which are compared as sets of rule and field. Empty when they agree.
[[nodiscard]] std::string_view first_difference(const Report& expected, const Report& actual) noexcept;

}  // namespace qmforge
