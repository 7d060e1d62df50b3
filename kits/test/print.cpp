#include "qmforge/testing/print.h"

#include <sstream>

#include "qmforge/json.h"
#include "qmforge/text.h"

namespace qmforge {

std::ostream& operator<<(std::ostream& out, Format format) { return out << to_string(format); }
std::ostream& operator<<(std::ostream& out, Revision revision) {
  return out << "revision " << static_cast<unsigned>(revision);
}
std::ostream& operator<<(std::ostream& out, ErrorCode code) { return out << to_string(code); }
std::ostream& operator<<(std::ostream& out, Rule rule) { return out << to_string(rule); }
std::ostream& operator<<(std::ostream& out, const V4AddrMask& mask) {
  return out << v4_text(mask.addr) << '/' << v4_text(mask.mask);
}
std::ostream& operator<<(std::ostream& out, const V6AddrMask& mask) {
  return out << v6_text(mask.addr) << '/' << static_cast<unsigned>(mask.prefixLength);
}
std::ostream& operator<<(std::ostream& out, const Guid& guid) { return out << guid_text(guid); }
std::ostream& operator<<(std::ostream& out, const ConditionValue& value) { return out << to_json(value); }
std::ostream& operator<<(std::ostream& out, const Value& value) { return out << to_json(value); }
std::ostream& operator<<(std::ostream& out, const Event& event) { return out << to_json(event); }
std::ostream& operator<<(std::ostream& out, const DecodeError& error) {
  return out << error.code << " at " << error.offset << ", field '" << error.field.to_string() << '\'';
}
std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << finding.rule << " of " << finding.field.to_string();
}

namespace sim {
std::ostream& operator<<(std::ostream& out, Fault fault) { return out << info(fault).name; }
}  // namespace sim

namespace test {

std::string describe(const Report& expected) {
  std::ostringstream text;
  text << "expected: " << to_string(expected.verdict()) << ", ";
  if (!expected.event) {
    text << expected.event.error();
    return text.str();
  }
  text << *expected.event;
  for (const Finding& finding : expected.findings) text << "\n  finding " << finding;
  return text.str();
}

std::string describe(std::span<const std::byte> bytes, const Report& expected) {
  const std::size_t mark = expected.event ? SIZE_MAX : static_cast<std::size_t>(expected.event.error().offset);
  return describe(expected) + hex_rows(bytes, mark <= bytes.size() ? mark : SIZE_MAX);
}

std::string describe(const sim::LabelledInput& input) {
  std::string text =
      std::string(to_string(input.format)) + " revision " + std::to_string(static_cast<unsigned>(input.revision));
  if (input.order == std::endian::big) text += ", big-endian";
  if (!input.label.empty()) text = input.label + ": " + text;
  if (!input.fault.empty()) text += ", fault " + input.fault;
  return text + '\n' + describe(input.bytes, input.expected);
}

}  // namespace test
}  // namespace qmforge
