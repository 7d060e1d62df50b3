// The expected result for bytes that the encoder wrote, or for a message with a fault.
#include <algorithm>

#include "qmforge/sim/expected.h"
#include "set_label.h"

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
  out.fault = fault;
  out.bytes = std::vector(faulted.bytes.begin(), faulted.bytes.end());
  out.expected = std::move(faulted.expected);
  label_malformed(options, revision, out);
}

void label_malformed(const EncodeOptions& options, Revision revision, LabelledInput& out) {
  out.format = options.format;
  out.order = options.order;
  out.revision = revision;
  out.canonical = expected_canonical(out);
}

void append_label_suffix(std::string& label, const LabelledInput& labelled) {
  label.append(to_string(labelled.format));
  if (labelled.order == std::endian::big) label.append("-be");
  label.append(labelled.revision == Revision::r0 ? "-r0-" : "-r1-");
  if (labelled.fault.empty()) {
    label.append(to_string(labelled.expected.verdict()));
  } else {
    const std::size_t begin = label.size();
    label.append(labelled.fault);
    std::replace(label.begin() + static_cast<std::ptrdiff_t>(begin), label.end(), '+', '-');
  }
}

std::string label_suffix(const LabelledInput& labelled) {
  std::string suffix;
  append_label_suffix(suffix, labelled);
  return suffix;
}

}  // namespace qmforge::sim
