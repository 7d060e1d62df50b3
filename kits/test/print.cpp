#include "qmforge/testing/print.h"

#include "qmforge/json.h"
#include "qmforge/names.h"

namespace qmforge::test {

std::string describe(const Report& expected) {
  std::string text = "expected: " + std::string(to_string(expected.verdict()));
  if (expected.event) {
    text += ", " + to_json(*expected.event);
    for (const Finding& finding : expected.findings)
      text += "\n  finding " + std::string(to_string(finding.rule)) + " of " + finding.field.to_string();
    return text;
  }
  const DecodeError& error = expected.event.error();
  return text + ", " + std::string(to_string(error.code)) + " at " + std::to_string(error.offset) + ", field '" +
         error.field.to_string() + '\'';
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

}  // namespace qmforge::test
