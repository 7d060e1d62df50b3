// Generates labelled inputs from choices.
#include <algorithm>
#include <array>

#include "../faults/malform.h"
#include "encode_or_throw.h"
#include "set_label.h"

namespace qmforge::sim {
namespace {

bool is_ndr(Format format) { return format != Format::native64 && format != Format::native32; }

// The faults that cause a decoding error in the format.
std::vector<Fault> malforming_faults(Format format) {
  std::vector<Fault> faults;
  for (const FaultInfo& info : fault_catalogue())
    if (!info.codes.empty() && std::ranges::find(info.formats, format) != info.formats.end())
      faults.push_back(info.fault);
  return faults;
}

// The lists never change, so they are built once.
const std::vector<Fault>& malforming(Format format) {
  static const std::array lists = {malforming_faults(Format::ndr20), malforming_faults(Format::ndr20Body),
                                   malforming_faults(Format::ndr64), malforming_faults(Format::native64),
                                   malforming_faults(Format::native32)};
  return lists[static_cast<std::size_t>(format)];
}

}  // namespace

Profile profile_for(Fault fault, Choices& choices) {
  constexpr std::array counted = {DataType::byteBlob, DataType::sid, DataType::tokenInformation,
                                  DataType::securityDescriptor, DataType::tokenAccessInformation};
  const auto with_subnet = [&](DataType type) {
    Profile profile;
    profile.traffic_type = TrafficType::tunnel;
    (choices.coin() ? profile.remote_type : profile.local_type) = type;
    return profile;
  };
  switch (info(fault).fault_class) {
    case FaultClass::string: return with_subnet(DataType::unicodeString);
    case FaultClass::count: return with_subnet(choices.one_of(counted));
    case FaultClass::rule:
      if (fault == Fault::v6PrefixTooLong) return with_subnet(DataType::v6AddrMask);
      if (fault == Fault::v4MaskWithHoles) return with_subnet(DataType::v4AddrMask);
      return {};
    default: return {};
  }
}

EncodeOptions choose_encoding(Choices& choices, Format format) {
  EncodeOptions options;
  options.format = format;
  options.image_base = set_image_base;
  if (format == Format::ndr20 && choices.choose(4) == 3) options.order = std::endian::big;
  if (!choices.coin()) return options;

  if (choices.coin()) options.padding_seed = 1 + choices.bits(16);
  if (!is_ndr(format)) {
    if (choices.coin()) options.placement.seed = 1 + choices.bits(16);
    options.placement.share = choices.coin();
    return options;
  }
  switch (choices.choose(5)) {
    case 0: break;
    case 1: options.referents.step = 0; break;
    case 2: options.referents = {.first = 1, .step = 1}; break;
    case 3: options.referents = {.first = 0x100000000, .step = 0x100000000}; break;
    default: options.referents.seed = 1 + choices.bits(16);
  }
  if (choices.coin()) options.string_slack = static_cast<std::uint32_t>(1 + choices.choose(3));
  if (format == Format::ndr20) {
    if (choices.coin()) options.common_filler = static_cast<std::uint32_t>(choices.integer(32));
    if (choices.coin()) options.object_filler = static_cast<std::uint32_t>(choices.integer(32));
  } else {
    options.trailing = static_cast<std::uint8_t>(choices.choose(8));
  }
  return options;
}

Event Forge::generate_event(Choices& choices, const EncodeOptions& options, Profile profile) {
  profile.validity = profile_.validity;
  profile.revision = profile_.revision;
  return generate(choices, profile.for_format(options.format), storage_);
}

// One of the fault's sites in the message; nullptr if it has none.
const Site* Forge::choose_site(Choices& choices, Fault fault) {
  find_sites(fault, encoded_, sites_);
  return sites_.empty() ? nullptr : &sites_[static_cast<std::size_t>(choices.choose(sites_.size()))];
}

// Chooses a fault and generates an event that it applies to. A fault of a string or a count needs an event that has
// one: few have one by chance. If the event has no site for the fault, the next fault is tried; the loop ends because
// every message can be truncated.
FaultAt Forge::choose_fault(Choices& choices, const EncodeOptions& options) {
  const std::vector<Fault>& faults = malforming(options.format);
  auto index = static_cast<std::size_t>(choices.choose(faults.size()));
  Profile profile;
  if (profile_.validity == Validity::any) profile = profile_for(faults[index], choices);
  encode_or_throw(generate_event(choices, options, profile), options, encoded_);
  for (;; index = (index + 1) % faults.size())
    if (const Site* const site = choose_site(choices, faults[index])) return {faults[index], *site};
}

void Forge::forge_malformed(Choices& choices, const EncodeOptions& options) {
  const FaultAt first = choose_fault(choices, options);
  labelled_.fault = info(first.fault).name;
  labelled_.bytes = std::vector<std::byte>();  // without memory, so that the next bytes have no spare capacity
  bool is_forged = false;
  if (choices.one_in(8)) {
    // The second fault must have a site in this message.
    const std::vector<Fault>& faults = malforming(options.format);
    const Fault second = faults[static_cast<std::size_t>(choices.choose(faults.size()))];
    if (const Site* const site = choose_site(choices, second))
      is_forged = malform_twice(first, {second, *site}, encoded_, labelled_.bytes, labelled_.expected);
    if (is_forged) labelled_.fault.append("+").append(info(second).name);
  }
  if (!is_forged) malform(first, encoded_, labelled_.bytes, labelled_.expected);
  label_malformed(options, encoded_.event.revision, labelled_);
}

LabelledInput& Forge::forge(Choices& choices) {
  storage_.release();
  labelled_.label.clear();
  const Format format = profile_.format                      ? *profile_.format
                        : profile_.order == std::endian::big ? Format::ndr20
                                                             : choices.one_of(all_formats, Question::format);
  const bool malformed = choices.choose(100) >= 100 - profile_.malformed_percent;
  EncodeOptions options = choose_encoding(choices, format);
  if (profile_.order && format == Format::ndr20) options.order = *profile_.order;
  if (malformed) {
    options.placement.share = false;  // a shared pointee cannot be broken for one of its pointers only
    forge_malformed(choices, options);
  } else {
    const Event event = generate_event(choices, options, {});
    encode_or_throw(event, options, encoded_.bytes);
    label_encoded(event, options, encoded_.bytes, labelled_);
  }
  return labelled_;
}

}  // namespace qmforge::sim
