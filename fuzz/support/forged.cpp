#include "forged.h"

#include <utility>

#include "qmforge/sim/expected.h"
#include "qmforge/sim/faults.h"

namespace qmforge::fuzz {

sim::EncodeOptions choose_form(sim::Choices& choices, Format format) {
  sim::EncodeOptions options;
  options.format = format;
  if (!choices.yes()) return options;
  if (format == Format::ndr20 && choices.yes()) options.order = std::endian::big;
  if (choices.yes()) options.referents.seed = choices.bits(16);
  if (choices.yes()) options.paddingSeed = choices.bits(16);
  if (choices.yes()) options.commonFiller = static_cast<std::uint32_t>(choices.bits(32));
  if (choices.yes()) options.objectFiller = static_cast<std::uint32_t>(choices.bits(32));
  options.stringSlack = static_cast<std::uint32_t>(choices.choose(4));
  options.trailing = static_cast<std::uint8_t>(choices.choose(8));
  if (choices.yes()) options.placement.seed = choices.bits(16);
  options.placement.share = choices.yes();
  return options;
}

bool forge(const Event& event, Format format, std::uint64_t one_in_faulty, sim::Choices& choices, Forged& out) {
  sim::Encoded encoded;
  if (!sim::encode(event, choose_form(choices, format), encoded)) return false;
  out.options = {format, event.revision, encoded.options.imageBase};
  if (choices.once_in(one_in_faulty)) {
    const auto catalogue = sim::fault_catalogue();
    const sim::FaultInfo& fault = catalogue[static_cast<std::size_t>(choices.choose(catalogue.size()))];
    const auto sites = sim::sites(fault.fault, encoded);
    if (!sites.empty()) {
      sim::Faulted faulted =
          sim::apply(fault.fault, sites[static_cast<std::size_t>(choices.choose(sites.size()))], encoded);
      out.fault = fault.name;
      out.bytes = std::move(faulted.bytes);
      out.expected = faulted.expected;
      out.findings = faulted.findings;
      return true;
    }
  }
  out.fault = {};
  out.bytes = std::move(encoded.bytes);
  out.expected = event;
  out.findings = sim::expected_findings(event);
  return true;
}

}  // namespace qmforge::fuzz
