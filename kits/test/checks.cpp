#include "qmforge/testing/checks.h"

#include <sstream>

#include "qmforge/decode.h"
#include "qmforge/validate.h"

namespace qmforge::test {
namespace {

CheckResult found_event(const Event& event, std::span<const std::byte> bytes) {
  std::ostringstream text;
  text << "decodes to " << event << hex_rows(bytes);
  return CheckResult(text.str());
}

CheckResult found_error(const DecodeError& error, std::span<const std::byte> bytes) {
  std::ostringstream text;
  text << "malformed: " << error << hex_rows(bytes, static_cast<std::size_t>(error.offset));
  return CheckResult(text.str());
}

}  // namespace

CheckResult bytes_decode_to(std::span<const std::byte> bytes, const Event& expected, const DecodeOptions& options) {
  const auto decoded = decode(bytes, options);
  if (!decoded) return found_error(decoded.error(), bytes);
  return *decoded == expected ? CheckResult() : found_event(*decoded, bytes);
}

CheckResult bytes_are_malformed(std::span<const std::byte> bytes, ErrorCode code, std::uint64_t offset,
                                const DecodeOptions& options) {
  const auto decoded = decode(bytes, options);
  if (decoded) return found_event(*decoded, bytes);
  const DecodeError& error = decoded.error();
  return error.code == code && error.offset == offset ? CheckResult() : found_error(error, bytes);
}

CheckResult has_finding(const Event& event, Rule rule, std::string_view field) {
  std::ostringstream others;
  for (const Finding& finding : validate(event)) {
    if (finding.rule == rule && finding.field.to_string() == field) return {};
    others << finding << "; ";
  }
  return CheckResult(others.view().empty() ? "no findings" : others.str());
}

}  // namespace qmforge::test
