// inspect(): the common events' way through decoder and validator in one loop; for all others the two are called.
#include "qmforge/inspect.h"

#include <algorithm>
#include <memory>
#include <new>

#include "frame.h"
#include "ndr_plain.h"
#include "qmforge/validate.h"
#include "sound.h"

namespace qmforge {

namespace {

using detail::Outcome;
using Input = std::span<const std::byte>;

/// `read_plain` reads into an outcome what it can, and says whether it could.
template <class ReadPlain>
QMFORGE_HOT void inspect_each(std::span<const Input> inputs, const DecodeOptions& options, Report* report,
                              const ReadPlain& read_plain) noexcept {
  for (const Input input : inputs) {
    Outcome& outcome = report->event;
    std::construct_at(&outcome, std::in_place, detail::Uninitialized());
    // Constructed in its place: an event is too large to be copied there.
    if (!read_plain(outcome, input)) [[unlikely]]
      ::new (&outcome) Outcome(decode(input, options));
    if (!outcome || detail::looks_sound(*outcome)) [[likely]]
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
  using Frame = detail::Serialized<std::endian::little>;
  inputs = inputs.first(std::min(inputs.size(), reports.size()));
  if (options.format != Format::ndr20)
    inspect_each(inputs, options, reports.data(), [](Outcome&, Input) { return false; });
  else if (options.revision == Revision::r0)
    inspect_each(inputs, options, reports.data(), detail::PlainReader<Frame, Revision::r0>::read);
  else
    inspect_each(inputs, options, reports.data(), detail::PlainReader<Frame, Revision::r1>::read);
  return inputs.size();
}

}  // namespace qmforge
