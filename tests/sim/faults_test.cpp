// The catalogue of faults against both decoders and the validator: what it says is due is what they say.
#include "qmforge/sim/faults.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>

#include "qmforge/sim/expected.h"
#include "reference/reference_decoder.h"
#include "sim/forms.h"
#include "sim/known_events.h"
#include "support/hex.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

std::string said(const std::expected<Event, DecodeError>& result) {
  if (result) return "an event";
  std::ostringstream text;
  text << name(result.error().code) << " at " << result.error().offset << " in '" << result.error().field.to_string()
       << "'";
  return text.str();
}

std::string described(Fault fault, const Site& site, const Encoded& message, const Faulted& faulted) {
  std::ostringstream text;
  text << info(fault).name << " " << site.datum << " " << site.value << " in " << qmforge::name(message.options.format)
       << " revision " << static_cast<int>(message.event.revision) << "\n  was " << to_hex(message.bytes) << "\n  is  "
       << to_hex(faulted.bytes) << "\n  due: " << said(faulted.expected);
  return text.str();
}

/// What both decoders and the validator say of `faulted` is what is due.
::testing::AssertionResult answered(const Encoded& message, const Faulted& faulted) {
  const DecodeOptions options = decode_options(message.options, message.event.revision);
  const auto decoded = decode(faulted.bytes, options);
  const reference::Decoded reference(faulted.bytes, options);
  if (decoded.has_value() != faulted.expected.has_value() || (!decoded && decoded.error() != faulted.expected.error()))
    return ::testing::AssertionFailure() << "the decoder says " << said(decoded);
  if (reference.result().has_value() != faulted.expected.has_value() ||
      (!reference.result() && reference.result().error() != faulted.expected.error()))
    return ::testing::AssertionFailure() << "the reference decoder says " << said(reference.result());
  if (!decoded) return ::testing::AssertionSuccess();
  if (!(*decoded == *faulted.expected)) return ::testing::AssertionFailure() << "the decoder reads another event";
  if (!(*reference.result() == *faulted.expected))
    return ::testing::AssertionFailure() << "the reference decoder reads another event";
  if (!(validate(*decoded) == faulted.findings))
    return ::testing::AssertionFailure() << "the validator finds otherwise";
  return ::testing::AssertionSuccess();
}

/// Messages of every shape, on the local side in revision 0 and on the remote side in revision 1. What is long is left
/// out where the same shape is there short.
template <class Look>
void for_each_message(std::span<const EncodeOptions> forms, Look&& look) {
  constexpr std::size_t longest = 400;
  std::pmr::monotonic_buffer_resource storage;
  std::vector<Event> events = {transport_event()};
  for (const std::string_view shape : {"tunnel_v4", "tunnel_v6", "tunnel_v6_v4", "tunnel_token", "tunnel_str"})
    events.push_back(known_event(shape));
  for (const ConditionValue& subnet : every_subnet(Side::local, storage)) {
    events.push_back(tunnel_event(subnet, v4_subnet(0x0a000000, 0xff000000)));
    events.push_back(tunnel_event(v6_subnet({0xfe, 0x80}, 64), subnet));
    events.back().revision = Revision::r1;
  }
  Encoded message;
  for (const Event& event : events) {
    for (const EncodeOptions& form : forms) {
      ASSERT_TRUE(encode(event, form, message));
      if (message.bytes.size() <= longest) look(message);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

std::vector<EncodeOptions> canonical_forms() {
  std::vector<EncodeOptions> forms = {{.order = std::endian::big}};
  for (const Format format : all_formats) forms.push_back({.format = format});
  return forms;
}

TEST(Faults, AreWhatBothDecodersAndTheValidatorSay) {
  std::map<Fault, std::uint64_t> applied;
  for_each_message(canonical_forms(), [&](const Encoded& message) {
    for (const FaultInfo& entry : fault_catalogue()) {
      for (const Site& site : sites(entry.fault, message)) {
        const Faulted faulted = apply(entry.fault, site, message);
        ++applied[entry.fault];
        ASSERT_TRUE(answered(message, faulted)) << described(entry.fault, site, message, faulted);
        ASSERT_NE(faulted.bytes, message.bytes) << described(entry.fault, site, message, faulted);
        ASSERT_EQ(revert(faulted), message.bytes) << described(entry.fault, site, message, faulted);
      }
    }
  });
  std::uint64_t sum = 0;
  for (const FaultInfo& entry : fault_catalogue()) {
    std::printf("%10llu  %s\n", static_cast<unsigned long long>(applied[entry.fault]), std::string(entry.name).c_str());
    sum += applied[entry.fault];
  }
  std::printf("%10llu  in all\n", static_cast<unsigned long long>(sum));
}

}  // namespace
}  // namespace qmforge::sim
