// The JSON form of a result, and of an event: what `qmforge decode --json` prints and `qmforge encode` reads.
//
// 64-bit integers are decimal strings, bytes lower-case hex, enumerations the C names of their defined members or
// numbers. Strings are JSON strings in printable ASCII; one that is not well-formed UTF-16 is {"utf16": "0041dc00"},
// four hex digits a unit, so that every JSON parser takes every line. docs/format.md, "JSON form", has the whole form.
#pragma once

#include <cstdint>
#include <expected>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

#include "qmforge/enums.h"
#include "qmforge/event.h"
#include "qmforge/report.h"

namespace qmforge {

/// A report and the other members of the JSON form.
struct Result {
  std::string_view label;
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  Report report;
  std::optional<bool> canonical;  // nullopt: unknown, or not defined (memory images, malformed input)
  /// The error's "message", for example explain(error, …), which has values; empty: message(code). Findings always have
  /// messages with values. Messages are for people: ignore them when you compare results.
  std::string_view error_message = {};
};

/// One object in one line, without the line's end.
[[nodiscard]] std::string to_json(const Result& result);
/// Appends to_json(result) to `out`. If it is longer than `max_size` bytes, returns false and leaves `out` unchanged:
/// pointers to the same bytes can make the JSON of a small memory image very large.
[[nodiscard]] bool append_json(std::string& out, const Result& result, std::uint64_t max_size);
/// The event alone, as the value of "event".
[[nodiscard]] std::string to_json(const Event& event);
/// One subnet of a tunnel, as the value of "localSubNet"; one bound of a range, as the value of "valueLow".
[[nodiscard]] std::string to_json(const ConditionValue& subnet);
[[nodiscard]] std::string to_json(const Value& value);

/// The reason why a text is not an event.
struct JsonError {
  std::string field;    // the path of the member (`event.localSubNet.v4AddrMask.addr`); empty for the whole text
  std::string message;  // a sentence whose subject is the field: `must be a whole number from 0 to 255, not 300`
};

/// An event and its label.
struct LabelledEvent {
  std::string label;  // empty for an event without one
  Event event;
};

/// Reads `{"label": …, "revision": …, "event": {…}}`, or an event by itself. `revision` is the default for an object
/// without "revision". The event's views point to memory from `storage`, which must outlive them.
///
/// Accepts more forms than to_json writes: members in any order; numbers for enumerations; numbers up to 2^53 for
/// 64-bit members; only one of failureErrorCode and failureErrorName. Ignores the other members of a result (verdict,
/// findings …). Accepts a type or a traffic type that has no encoding; validate() reports it.
///
/// Errors: not JSON, nesting deeper than 32, a duplicate or unknown key in an event, a missing member, a value of the
/// wrong type, an unknown name, a number out of range, a count that is not the size of its array, subnets of a
/// transport event, a failureErrorName that is not the name of failureErrorCode, {"utf16"} for well-formed units.
///
/// Law JsonRoundTrips: from_json(to_json(result)) equals the result's event, and encodes to the same bytes.
[[nodiscard]] std::expected<LabelledEvent, JsonError> from_json(std::string_view text, Revision revision,
                                                                std::pmr::memory_resource& storage);

}  // namespace qmforge
