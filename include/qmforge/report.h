// The result for one input: an event and its findings, or a decoding error.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "qmforge/decode_error.h"
#include "qmforge/event.h"
#include "qmforge/findings.h"

namespace qmforge {

/// The summary of a report.
enum class Verdict : std::uint8_t {
  valid,      // no rule of severity error is broken; warnings may remain
  invalid,    // it decodes, and breaks a rule of severity error
  malformed,  // it does not decode
};

[[nodiscard]] std::string_view to_string(Verdict verdict) noexcept;

/// The actual or the expected result of decoding and validating one input. `inspect` (inspect.h) makes one from bytes.
struct Report {
  std::expected<Event, DecodeError> event;
  Findings findings;  // of the event; empty if the input is malformed

  [[nodiscard]] Verdict verdict() const noexcept {
    if (!event) return Verdict::malformed;
    return findings.has_error() ? Verdict::invalid : Verdict::valid;
  }
};

/// The first difference between two reports: `verdict`, `error.code`, `error.offset`, `error.field`, `event` or
/// `findings`, which are compared as sets of rule and field. Empty if they agree.
[[nodiscard]] std::string_view first_difference(const Report& expected, const Report& actual) noexcept;

}  // namespace qmforge
