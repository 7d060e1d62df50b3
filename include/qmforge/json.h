// The JSON form of a result, and of an event: what `qmforge decode --json` prints and `qmforge encode` reads.
//
// 64-bit integers are decimal strings, bytes lower-case hex, enumerations the C names of their defined members or
// numbers.
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

/// A report and what belongs to it in the JSON form.
struct Result {
  std::string_view label;
  Format format = Format::ndr20;
  Revision revision = Revision::r0;
  Report report;
  std::optional<bool> canonical;  // nullopt: unknown, or not defined (memory images, malformed input)
};

/// One object in one line, without the line's end.
[[nodiscard]] std::string to_json(const Result& result);
/// The event alone, as the value of "event".
[[nodiscard]] std::string to_json(const Event& event);
/// A subnet alone, as the value of "localSubNet" in a tunnel; a bound of a range alone, as that of "valueLow".
[[nodiscard]] std::string to_json(const ConditionValue& subnet);
[[nodiscard]] std::string to_json(const Value& value);

/// What is wrong with a text that should be an event.
struct JsonError {
  std::string field;    // the path of the member (`event.localSubNet.v4AddrMask.addr`); empty for the text as a whole
  std::string message;  // what is to be said of it: `must be a whole number from 0 to 255, not 300`
};

/// An event and the label that it goes by.
struct LabelledEvent {
  std::string label;
  Event event;
};

/// Reads `{"label": …, "revision": …, "event": {…}}`. `revision` says what to expect where the object does not say it
/// itself. What the event's views point to is allocated from `storage`.
///
/// Law JsonRoundTrips: from_json(to_json(result)) gives result's event again, and so the same bytes when it is encoded.
///
/// Errors: no JSON, nesting of more than 32, a key twice in an object, members that are missing or of another kind,
/// unknown names, numbers out of range, a count that is not its array's, subnets outside a tunnel, a failureErrorName
/// that is not failureErrorCode's. The event and everything in it have no members but their own; other members of a
/// result (verdict, findings …) are passed over. A type or a traffic type that no encoding can hold is no error here:
/// such an event can be judged (validate.h).
[[nodiscard]] std::expected<LabelledEvent, JsonError> from_json(std::string_view text, Revision revision,
                                                                std::pmr::memory_resource& storage);

}  // namespace qmforge
