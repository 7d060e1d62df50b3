// The expected result for bytes that the encoder wrote, or for a message with a fault.
#include "qmforge/sim/expected.h"
#include "qmforge/sim/labelled.h"

namespace qmforge::sim {
namespace {

std::optional<bool> expected_canonical(const LabelledInput& input) {
  const auto& event = input.expected.event;
  return event ? is_canonical(input.bytes, input.format, *event) : std::nullopt;
}

}  // namespace

void label_encoded(const Event& event, const EncodeOptions& options, std::span<const std::byte> bytes,
                   LabelledInput& out) {
  out.format = options.format;
  out.order = options.order;
  out.revision = event.revision;
  out.fault.clear();
  out.bytes = std::vector(bytes.begin(), bytes.end());
  out.expected = {.event = event, .findings = expected_findings(event)};
  out.canonical = expected_canonical(out);
}

void label_faulted(std::string_view fault, const EncodeOptions& options, Revision revision, FaultedMessage faulted,
                   LabelledInput& out) {
  out.format = options.format;
  out.order = options.order;
  out.revision = revision;
  out.fault = fault;
  out.bytes = std::vector(faulted.bytes.begin(), faulted.bytes.end());
  out.expected = std::move(faulted.expected);
  out.canonical = expected_canonical(out);
}

std::string label_suffix(const LabelledInput& labelled) {
  std::string suffix(to_string(labelled.format));
  if (labelled.order == std::endian::big) suffix += "-be";
  suffix += labelled.revision == Revision::r0 ? "-r0-" : "-r1-";
  if (labelled.fault.empty()) return suffix.append(to_string(labelled.expected.verdict()));
  for (const char c : labelled.fault) suffix += c == '+' ? '-' : c;
  return suffix;
}

}  // namespace qmforge::sim
