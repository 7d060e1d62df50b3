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

/// A report and what else the JSON form holds.
struct Result {
  std::string_view label;
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  Report report;
  std::optional<bool> canonical;  // nullopt: unknown, or not defined (memory images, malformed input)
  /// The error's "message"; empty: message(code), which needs no input. explain() makes one with values. Findings
  /// always have theirs with values. Messages are for people: do not compare them when you compare results.
  std::string_view error_message = {};
};

/// One object in one line, without the line's end.
[[nodiscard]] std::string to_json(const Result& result);
/// Appends to_json(result) to `out`. False, and `out` as it was, where that is longer than `max_size` bytes: pointers
/// that lead to the same bytes can make the JSON of a small memory image very large.
[[nodiscard]] bool append_json(std::string& out, const Result& result, std::uint64_t max_size);
/// The event alone, as the value of "event".
[[nodiscard]] std::string to_json(const Event& event);
/// A subnet alone, as the value of "localSubNet" in a tunnel; a bound of a range alone, as that of "valueLow".
[[nodiscard]] std::string to_json(const ConditionValue& subnet);
[[nodiscard]] std::string to_json(const Value& value);

/// Why a text is not an event.
struct JsonError {
  std::string field;    // the path of the member (`event.localSubNet.v4AddrMask.addr`); empty for the text as a whole
  std::string message;  // follows the path in a sentence: `must be a whole number from 0 to 255, not 300`
};

/// An event and its label.
struct LabelledEvent {
  std::string label;  // empty for an event without one
  Event event;
};

/// Reads `{"label": …, "revision": …, "event": {…}}`, or an event by itself. `revision` is the event's revision where
/// the object does not say it. What the event's views point to is allocated from `storage`.
///
/// Takes more than to_json writes: members in any order; numbers for enumerations; numbers for 64-bit members, up to
/// 2^53; failureErrorName without failureErrorCode, or the reverse. The other members of a result (verdict, findings …)
/// are ignored. A type or a traffic type that no encoding can hold is accepted: validate() reports it.
///
/// Errors: not JSON, nesting deeper than 32, a duplicate or unknown key in an event, a missing member, a value of the
/// wrong kind, an unknown name, a number out of range, a count that differs from its array's, subnets outside a tunnel,
/// a failureErrorName that is not failureErrorCode's, {"utf16"} for well-formed units.
///
/// Law JsonRoundTrips: from_json(to_json(result)) gives result's event again, and so the same bytes when it is encoded.
[[nodiscard]] std::expected<LabelledEvent, JsonError> from_json(std::string_view text, Revision revision,
                                                                std::pmr::memory_resource& storage);

}  // namespace qmforge
