// inspect(): one loop decodes and validates messages with a common layout; calls decode() and validate() for all
// others.
#include "qmforge/inspect.h"

#include <algorithm>
#include <memory>
#include <new>

#include "common_layouts.h"
#include "qmforge/validate.h"
#include "quick_check.h"
#include "transfer_syntax.h"

namespace qmforge {

namespace {

using detail::Outcome;
using Input = std::span<const std::byte>;

/// Validates an event whose types are those of a common layout.
template <DataType local, DataType remote>
QMFORGE_INLINE void validate_common(const Event& event, Findings& out) noexcept {
  bool no_findings = false;  // a tunnel between two families has one
  if constexpr (local == remote) no_findings = detail::has_no_findings<local>(event);
  if (no_findings) [[likely]]
    std::construct_at(&out);
  else
    ::new (&out) Findings(validate(event));
}

/// For formats whose messages decode() reads.
struct NoCommonReader {
  template <class Then>
  static bool read(Event& /*out*/, Input /*input*/, const Then& /*then*/) noexcept {
    return false;
  }
};

/// `Reader` is a CommonReader. Events are constructed in place, because copying one takes as long as reading one.
template <class Reader>
QMFORGE_INLINE void inspect_each(std::span<const Input> inputs, const DecodeOptions& options, Report* report) noexcept {
  for (const Input input : inputs) {
    Outcome& outcome = report->event;
    std::construct_at(&outcome, std::in_place, detail::Uninitialized());
    const auto then = [report]<DataType local, DataType remote>() {
      validate_common<local, remote>(*report->event, report->findings);
    };
    if (!Reader::read(*outcome, input, then)) [[unlikely]] {
      detail::decode(outcome, input, options);
      if (outcome)
        ::new (&report->findings) Findings(validate(*outcome));
      else
        std::construct_at(&report->findings);
    }
    ++report;
  }
}

}  // namespace

Report inspect(std::span<const std::byte> input, const DecodeOptions& options) noexcept {
  Report report{.event = decode(input, options), .findings = {}};
  if (report.event) report.findings = validate(*report.event);
  return report;
}

std::size_t inspect(std::span<const Input> inputs, const DecodeOptions& options, std::span<Report> reports) noexcept {
  using Little = detail::Ndr20<std::endian::little>;
  using detail::CommonReader;
  using detail::Framing;
  inputs = inputs.first(std::min(inputs.size(), reports.size()));
  if (options.format != Format::ndr20)
    inspect_each<NoCommonReader>(inputs, options, reports.data());
  else if (options.revision == Revision::r0)
    inspect_each<CommonReader<Little, Framing::header, Revision::r0>>(inputs, options, reports.data());
  else
    inspect_each<CommonReader<Little, Framing::header, Revision::r1>>(inputs, options, reports.data());
  return inputs.size();
}

}  // namespace qmforge
