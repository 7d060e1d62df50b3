// What must be said of bytes that the encoder wrote, or that a fault left.
#include "qmforge/sim/expected.h"
#include "qmforge/sim/labelled.h"

namespace qmforge::sim {
namespace {

// Findings, verdict and canonicity follow from what must be decoded.
void judge(Labelled& out) {
  if (out.expected) {
    out.findings = expected_findings(*out.expected);
    out.verdict = expected_verdict(out.findings);
    out.canonical = is_canonical(out.bytes, out.format, *out.expected);
  } else {
    out.findings = Findings();
    out.verdict = Verdict::malformed;
    out.canonical = std::nullopt;
  }
}

}  // namespace

void label_encoded(const Event& event, const EncodeOptions& options, std::span<const std::byte> bytes, Labelled& out) {
  out.format = options.format;
  out.order = options.order;
  out.revision = event.revision;
  out.fault.clear();
  out.bytes.assign(bytes.begin(), bytes.end());
  out.expected = event;
  judge(out);
}

void label_faulted(std::string_view fault, const EncodeOptions& options, Revision revision, Faulted faulted,
                   Labelled& out) {
  out.format = options.format;
  out.order = options.order;
  out.revision = revision;
  out.fault = fault;
  out.bytes = std::move(faulted.bytes);
  out.expected = std::move(faulted.expected);
  judge(out);
}

std::string label_suffix(const Labelled& labelled) {
  std::string suffix(name(labelled.format));
  if (labelled.order == std::endian::big) suffix += "-be";
  suffix += labelled.revision == Revision::r0 ? "-r0-" : "-r1-";
  if (labelled.fault.empty()) return suffix.append(name(labelled.verdict));
  for (const char c : labelled.fault) suffix += c == '+' ? '-' : c;
  return suffix;
}

}  // namespace qmforge::sim
