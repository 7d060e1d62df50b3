// The laws that the public headers state, as properties over everything that the simulator can make.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <memory_resource>
#include <string>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/expected.h"
#include "qmforge/sim/faults.h"
#include "qmforge/testing/rapidcheck.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

using testing::from_choices;
using testing::LabelledInput;
using testing::Owned;

/// An event and one legal way to write it, with what came of it.
struct Written {
  Owned<Event> event;
  sim::Encoded message;
};

/// Written messages of any format, any form.
rc::Gen<Written> any_message() {
  return from_choices([](sim::Choices& choices) {
    const Format format = choices.one_of(all_formats, sim::Point::format);
    auto event = Owned<Event>::from(
        [&](auto& storage) { return sim::generate(choices, sim::Profile{}.for_format(format), storage); });
    sim::Encoded message;
    if (!sim::encode(*event, sim::choose_encoding(choices, format), message)) std::abort();
    return Written{event, std::move(message)};
  });
}

std::expected<Event, DecodeError> decode_again(const sim::Encoded& message, std::span<const std::byte> bytes) {
  return decode(bytes, {message.options.format, message.event.revision, message.options.imageBase});
}
bool is_image(Format format) { return format == Format::native64 || format == Format::native32; }

/// What kind of message it is, for the distribution that RapidCheck prints.
std::string kind(const sim::Encoded& message) {
  return std::string(name(message.options.format)) + (message.event.has_subnets() ? " tunnel" : " transport");
}

RC_GTEST_PROP(Law, DecodeInvertsEncode, ()) {
  const Written written = *any_message();
  RC_TAG(kind(written.message));
  const auto decoded = decode_again(written.message, written.message.bytes);
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(*decoded == *written.event);
}

RC_GTEST_PROP(Law, CanonicalInputsEncodeToThemselves, (const Owned<Event>& event)) {
  for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64}) {
    sim::EncodeOptions options;
    options.format = format;
    std::vector<std::byte> bytes;
    RC_ASSERT(sim::encode(event, options, bytes).has_value());
    const auto decoded = decode(bytes, {format, event->revision});
    RC_ASSERT(decoded.has_value());
    RC_ASSERT(sim::is_canonical(bytes, format, *decoded) == true);
  }
}

RC_GTEST_PROP(Law, VerdictAndFindingsDoNotDependOnTheEncoding, ()) {
  const Written written = *any_message();
  const auto decoded = decode_again(written.message, written.message.bytes);
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(validate(*decoded) == validate(*written.event));
}

RC_GTEST_PROP(Law, EveryProperPrefixOfACanonicalMessageIsMalformed, (const Owned<Event>& event)) {
  for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64}) {
    sim::EncodeOptions options;
    options.format = format;
    std::vector<std::byte> bytes;
    RC_ASSERT(sim::encode(event, options, bytes).has_value());
    for (std::size_t size = 0; size < bytes.size(); ++size)
      RC_ASSERT(!decode(std::span<const std::byte>(bytes).first(size), {format, event->revision}).has_value());
  }
}

RC_GTEST_PROP(Law, EightBytesMoreAreMalformed, ()) {
  const Written written = *any_message();
  RC_PRE(!is_image(written.message.options.format));
  std::vector<std::byte> bytes = written.message.bytes;
  bytes.resize(bytes.size() + 8);
  const auto decoded = decode_again(written.message, bytes);
  RC_ASSERT(!decoded.has_value());
  RC_ASSERT(decoded.error().code == ErrorCode::trailingBytes);
}

RC_GTEST_PROP(Law, ValidationIsAFunctionOfTheEventAlone, ()) {
  const auto event = *testing::any_event({.unencodable = true});
  const Event copy = *event;
  RC_ASSERT(validate(copy) == validate(*event));
}

RC_GTEST_PROP(Law, EachFindingAppearsWhenAndOnlyWhenItsConditionHolds, ()) {
  const auto event = *testing::any_event({.unencodable = true});
  const Findings findings = validate(*event);
  RC_TAG(findings.empty() ? std::string("clean") : std::string(name(findings.begin()->rule)));
  RC_ASSERT(findings == sim::expected_findings(*event));
}

/// Mends what a finding names, and nothing else.
void mend(Event& event, const Finding& finding) {
  ConditionValue& subnet = finding.field.step(0) == Step::localSubNet ? event.localSubNet : event.remoteSubNet;
  switch (finding.rule) {
    case Rule::failurePointRange: event.failurePoint = FailurePoint::me; break;
    case Rule::keyingModuleRange: event.keyingModuleType = KeyModuleType::ike; break;
    case Rule::qmStateRange: event.qmState = QmSaState::none; break;
    case Rule::saRoleRange: event.saRole = SaRole::initiator; break;
    case Rule::trafficTypeRange: event.saTrafficType = TrafficType::transport; break;
    case Rule::subnetType:
    case Rule::subnetNull:
    case Rule::subnetFamilyMismatch: {
      // A sound mask of the other subnet's family, where that has one.
      const ConditionValue& other = &subnet == &event.localSubNet ? event.remoteSubNet : event.localSubNet;
      subnet = ConditionValue(other.type == DataType::v6AddrMask ? DataType::v6AddrMask : DataType::v4AddrMask);
      if (subnet.type == DataType::v6AddrMask) {
        subnet.v6AddrMask = {};
      } else {
        subnet.v4AddrMask = {};
      }
      break;
    }
    case Rule::v4MaskContiguous: subnet.v4AddrMask.mask = 0xffffffff; break;
    case Rule::v6PrefixLength: subnet.v6AddrMask.prefixLength = 128; break;
    case Rule::subnetHostBits:
      if (subnet.type == DataType::v4AddrMask) {
        subnet.v4AddrMask.addr &= subnet.v4AddrMask.mask;
      } else {
        subnet.v6AddrMask.addr = {};
      }
      break;
    case Rule::errorCodeSuccess:
    case Rule::errorCodeMarker: event.failureErrorCode = 13801; break;
  }
}

RC_GTEST_PROP(Law, MendingWhatAFindingNamesRemovesItAndAddsNoError, ()) {
  const auto event = *testing::any_event({.unencodable = true});
  const Findings before = validate(*event);
  for (const Finding& finding : before) {
    Event mended = *event;
    mend(mended, finding);
    const Findings after = validate(mended);
    RC_ASSERT(std::ranges::find(after, finding) == after.end());
    for (const Finding& left : after)
      RC_ASSERT(severity(left.rule) == Severity::warning || std::ranges::find(before, left) != before.end());
  }
}

RC_GTEST_PROP(Law, JsonRoundTrips, ()) {
  const auto event = *testing::any_event({.unencodable = true});
  const Result result{"label", Format::ndr20, event->revision, *event, validate(*event), std::nullopt};
  std::pmr::monotonic_buffer_resource storage;
  const auto again = from_json(to_json(result), Revision::r0, storage);
  if (!again) RC_FAIL(again.error().field + ": " + again.error().message);
  RC_ASSERT(again->label == "label");
  RC_ASSERT(again->event == *event);
}

RC_GTEST_PROP(Law, TheLabelIsWhatDecoderAndValidatorSay, (const LabelledInput& input)) {
  RC_TAG(std::string(input->fault.empty() ? "whole" : input->fault));
  const auto decoded = decode(input->bytes, {input->format, input->revision, sim::set_image_base});
  RC_ASSERT(decoded.has_value() == input->expected.has_value());
  if (decoded) {
    RC_ASSERT(*decoded == *input->expected);
    RC_ASSERT(validate(*decoded) == input->findings);
  } else {
    RC_ASSERT(decoded.error() == input->expected.error());
  }
}

/// A message, a fault, and one of its sites.
RC_GTEST_PROP(Law, WhatAFaultAddsItsRemovalTakesAway, ()) {
  const Written written = *any_message();
  const auto catalogue = sim::fault_catalogue();
  const auto& entry = catalogue[*rc::gen::inRange<std::size_t>(0, catalogue.size())];
  const auto sites = sim::sites(entry.fault, written.message);
  RC_PRE(!sites.empty());
  RC_TAG(std::string(entry.name));
  const auto faulted = sim::apply(entry.fault, sites[*rc::gen::inRange<std::size_t>(0, sites.size())], written.message);
  RC_ASSERT(sim::revert(faulted) == written.message.bytes);
  const auto decoded = decode_again(written.message, faulted.bytes);
  RC_ASSERT(decoded.has_value() == faulted.expected.has_value());
  if (!decoded) RC_ASSERT(decoded.error() == faulted.expected.error());
}

RC_GTEST_PROP(Law, AnErrorLiesInTheInputAtTheDatumThatItsFieldNames, ()) {
  const Written written = *any_message();
  const auto catalogue = sim::fault_catalogue();
  const auto& entry = catalogue[*rc::gen::inRange<std::size_t>(0, catalogue.size())];
  const auto sites = sim::sites(entry.fault, written.message);
  RC_PRE(!sites.empty());
  const auto faulted = sim::apply(entry.fault, sites[*rc::gen::inRange<std::size_t>(0, sites.size())], written.message);
  const auto decoded = decode_again(written.message, faulted.bytes);
  RC_PRE(!decoded.has_value());
  // Alignment moves a datum that is missing by up to 7 bytes past a bare body's end.
  RC_ASSERT(decoded.error().offset < faulted.bytes.size() + sizeof(std::uint64_t));
  // Faults of alignment move what follows, even where padding makes up for the length. A pointee that is missing is
  // what the message never had.
  const bool same_places =
      entry.faultClass != sim::FaultClass::alignment && entry.fault != sim::Fault::pointeeMissing &&
      std::ranges::all_of(faulted.edits,
                          [](const sim::Edit& edit) { return edit.removed.size() == edit.inserted.size(); });
  if (same_places && !decoded.error().field.to_string().empty()) {
    // The map of the message that was whole still says what stands where.
    const auto& data = written.message.map.data;
    const bool named = std::ranges::any_of(data, [&](const sim::Datum& datum) {
      return datum.offset == decoded.error().offset && datum.field == decoded.error().field;
    });
    if (!named)
      RC_FAIL(std::string(entry.name) + ": " + decoded.error().field.to_string() + " at " +
              std::to_string(decoded.error().offset) + " of " + kind(written.message));
  }
}

RC_GTEST_PROP(Law, NamesAreInvertible, ()) {
  const auto type = *rc::gen::elementOf(std::vector<DataType>(all_data_types.begin(), all_data_types.end()));
  RC_ASSERT(from_c_name<DataType>(c_name(type)) == type);
  const auto format = *rc::gen::elementOf(std::vector<Format>(all_formats.begin(), all_formats.end()));
  RC_ASSERT(format_from_name(name(format)) == format);
}

}  // namespace
}  // namespace qmforge
