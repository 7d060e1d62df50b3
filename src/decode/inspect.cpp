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

/// `read_common` reads an input with a common layout, and returns false for any other. Events are constructed in place,
/// because copying an event takes as long as reading one.
template <class ReadCommon>
QMFORGE_INLINE void inspect_each(std::span<const Input> inputs, const DecodeOptions& options, Report* report,
                                 const ReadCommon& read_common) noexcept {
  for (const Input input : inputs) {
    Outcome& outcome = report->event;
    std::construct_at(&outcome, std::in_place, detail::Uninitialized());
    if (!read_common(*outcome, input)) [[unlikely]]
      ::new (&outcome) Outcome(decode(input, options));
    if (!outcome || detail::passes_quick_check(*outcome)) [[likely]]
      std::construct_at(&report->findings);
    else
      ::new (&report->findings) Findings(validate(*outcome));
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
    inspect_each(inputs, options, reports.data(), [](Event&, Input) { return false; });
  else if (options.revision == Revision::r0)
    inspect_each(inputs, options, reports.data(), CommonReader<Little, Framing::header, Revision::r0>::read);
  else
    inspect_each(inputs, options, reports.data(), CommonReader<Little, Framing::header, Revision::r1>::read);
  return inputs.size();
}

}  // namespace qmforge
