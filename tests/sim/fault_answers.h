// Compares the expected result for a message with a fault with those of both decoders and the validator.
#pragma once

#include <gtest/gtest.h>

#include <memory_resource>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/sim/faults.h"
#include "qmforge/validate.h"
#include "reference/reference_decoder.h"
#include "sim/forms.h"
#include "sim/known_events.h"
#include "support/hex.h"

namespace qmforge::testing {

inline std::string described(const std::expected<Event, DecodeError>& result) {
  if (result) return "an event";
  std::ostringstream text;
  text << to_string(result.error().code) << " at " << result.error().offset << " in '"
       << result.error().field.to_string() << "'";
  return text.str();
}

inline std::string described(const sim::FaultAt& placed) {
  std::ostringstream text;
  text << sim::info(placed.fault).name << " {" << placed.site.field << ", " << placed.site.value << "}";
  return text.str();
}

/// Success if both decoders and the validator give the expected result.
inline ::testing::AssertionResult gives_expected(const sim::EncodedMessage& message,
                                                 const sim::FaultedMessage& faulted) {
  const DecodeOptions options = decode_options(message.options, message.event.revision);
  const auto decoded = decode(faulted.bytes, options);
  const reference::Decoded reference(faulted.bytes, options);
  const auto differs = [&](const std::expected<Event, DecodeError>& result) {
    if (result.has_value() != faulted.expected.event.has_value()) return true;
    return result ? !(*result == *faulted.expected.event) : result.error() != faulted.expected.event.error();
  };
  const auto failure = [&](std::string_view who, const std::string& actual) {
    return ::testing::AssertionFailure() << who << ": " << actual
                                         << "\n  expected: " << described(faulted.expected.event) << "\n  "
                                         << to_string(message.options.format) << " revision "
                                         << static_cast<int>(message.event.revision)
                                         << "\n  original: " << to_hex(message.bytes)
                                         << "\n  changed:  " << to_hex(faulted.bytes) << "\n";
  };
  if (differs(decoded)) return failure("the decoder", described(decoded));
  if (differs(reference.result())) return failure("the reference decoder", described(reference.result()));
  if (decoded && !(validate(*decoded) == faulted.expected.findings)) return failure("the validator", "other findings");
  return ::testing::AssertionSuccess();
}

/// Events of every shape: every subnet as localSubNet in revision 0, and as remoteSubNet in revision 1.
inline std::vector<Event> every_event(std::pmr::memory_resource& storage) {
  std::vector<Event> events = {transport_event()};
  for (const std::string_view shape : {"tunnel_v4", "tunnel_v6", "tunnel_v6_v4", "tunnel_token", "tunnel_str"})
    events.push_back(known_event(shape));
  for (const ConditionValue& subnet : every_subnet(sim::Subnet::local, storage)) {
    events.push_back(tunnel_event(subnet, test::v4(0x0a000000, 0xff000000)));
    events.push_back(tunnel_event(test::v6({0xfe, 0x80}, 64), subnet));
    events.back().revision = Revision::r1;
  }
  return events;
}

/// The canonical form in each format, and big-endian ndr20.
inline std::vector<sim::EncodeOptions> canonical_forms() {
  std::vector<sim::EncodeOptions> forms;
  for (const Format format : all_formats) forms.push_back({.format = format});
  forms.push_back({.order = std::endian::big});
  return forms;
}

}  // namespace qmforge::testing
