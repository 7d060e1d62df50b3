// What a test prints: inputs in words, and values by `<<`, which GoogleTest, doctest, Catch2 and RapidCheck use when a
// check fails.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "qmforge/enums.h"
#include "qmforge/event.h"
#include "qmforge/names.h"
#include "qmforge/report.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/testing/hex_rows.h"

namespace qmforge {

/// The C name of an enumeration's value, or its number: `IKEEXT_QM_SA_STATE_FINAL`, `9`.
template <class Enum>
  requires(member_count<Enum> != 0 || std::is_same_v<Enum, DataType>)
std::ostream& operator<<(std::ostream& out, Enum value) {
  const std::string_view name = c_name(value);
  return name.empty() ? out << static_cast<std::uint32_t>(value) : out << name;
}
std::ostream& operator<<(std::ostream& out, Format format);           // `ndr20-body`
std::ostream& operator<<(std::ostream& out, Revision revision);       // `revision 1`
std::ostream& operator<<(std::ostream& out, ErrorCode code);          // `union-tag-mismatch`
std::ostream& operator<<(std::ostream& out, Rule rule);               // `subnet-null`
std::ostream& operator<<(std::ostream& out, const V4AddrMask& mask);  // `10.0.0.0/255.0.0.0`
std::ostream& operator<<(std::ostream& out, const V6AddrMask& mask);  // `fe80::/10`
std::ostream& operator<<(std::ostream& out, const Guid& guid);
std::ostream& operator<<(std::ostream& out, const ConditionValue& value);  // as JSON
std::ostream& operator<<(std::ostream& out, const Value& value);           // as JSON
std::ostream& operator<<(std::ostream& out, const Event& event);           // as JSON
/// `union-tag-mismatch at 40, field 'localSubNet'`.
std::ostream& operator<<(std::ostream& out, const DecodeError& error);
/// `subnet-null of localSubNet.v4AddrMask`.
std::ostream& operator<<(std::ostream& out, const Finding& finding);

namespace sim {
std::ostream& operator<<(std::ostream& out, Fault fault);  // `inner-tag-differs`
}  // namespace sim

namespace test {

/// `expected: malformed, union-tag-mismatch at 36, field 'localSubNet.type'`, or `expected: valid, {the event}`.
[[nodiscard]] std::string describe(const Report& expected);

/// The input's label, format, revision, fault, expected report and bytes, with a mark at the error.
[[nodiscard]] std::string describe(const sim::LabelledInput& input);

/// The same for bytes without a label.
[[nodiscard]] std::string describe(std::span<const std::byte> bytes, const Report& expected);

}  // namespace test
}  // namespace qmforge
