#include "support/agreement.h"

#include "qmforge/names.h"
#include "qmforge/validate.h"
#include "reference/reference_decoder.h"
#include "support/hex.h"

namespace qmforge::testing {
namespace {

/// The subnets of a transport event must be FWP_EMPTY; equality of events ignores them.
bool has_stale_subnets(const Event& event) {
  const auto is_empty = [](const ConditionValue& subnet) { return subnet.type == DataType::empty && !subnet.is_null; };
  return !event.has_subnets() && !(is_empty(event.localSubNet) && is_empty(event.remoteSubNet));
}

bool same(const std::expected<Event, DecodeError>& a, const std::expected<Event, DecodeError>& b) {
  if (a.has_value() != b.has_value()) return false;
  if (!a.has_value()) return a.error() == b.error();
  return *a == *b && validate(*a) == validate(*b) && has_stale_subnets(*a) == has_stale_subnets(*b);
}

}  // namespace

std::string describe(const std::expected<Event, DecodeError>& outcome) {
  if (!outcome.has_value()) {
    const DecodeError& error = outcome.error();
    return std::string(to_string(error.code)) + " at " + std::to_string(error.offset) + ", '" +
           error.field.to_string() + "'";
  }
  std::string words = "an event";
  if (has_stale_subnets(*outcome)) words += ", with something left in its subnets";
  for (const Finding& finding : validate(*outcome))
    words += ", " + std::string(to_string(finding.rule)) + " of " + finding.field.to_string();
  return words;
}

std::optional<std::string> disagreement(std::span<const std::byte> input, const DecodeOptions& options) {
  return disagreement(input, options, decode(input, options));
}

std::optional<std::string> disagreement(std::span<const std::byte> input, const DecodeOptions& options,
                                        const std::expected<Event, DecodeError>& library) {
  const reference::Decoded reference(input, options);
  if (same(library, reference.result())) return std::nullopt;
  return std::string(to_string(options.format)) + " revision " +
         std::to_string(static_cast<unsigned>(options.revision)) + "\n  library:   " + describe(library) +
         "\n  reference: " + describe(reference.result()) + "\n  input:     " + to_hex(input);
}

}  // namespace qmforge::testing
