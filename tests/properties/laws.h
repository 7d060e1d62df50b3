// Shared by the tests of the laws: messages in any form, and properties that count their cases.
//
// A law is stated in the public header that it belongs to, as `Law NAME: …`; its test is TEST(Law, NAME).
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <cstdlib>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/testing/rapidcheck.h"

namespace qmforge::laws {

using test::Owned;

/// The number of cases of each kind.
class Distribution {
 public:
  void count(std::string kind) { ++cases_[std::move(kind)]; }

  /// Expects each of these kinds at least `least` times: a property without cases shows nothing.
  void expect(const std::vector<std::string>& kinds, std::size_t least = 1) const {
    for (const std::string& kind : kinds) {
      const auto found = cases_.find(kind);
      EXPECT_GE(found == cases_.end() ? 0 : found->second, least) << "too few cases of: " << kind;
    }
  }

 private:
  std::map<std::string, std::size_t> cases_;
};

/// Runs a property, which counts its cases; these kinds must be among them, each `least` times. 1000 cases from a fixed
/// seed, so that what fails here fails again, unless RC_PARAMS says otherwise.
template <class Property>
void check_law(const Property& property, const std::vector<std::string>& kinds, std::size_t least = 1) {
  setenv("RC_PARAMS", "max_success=1000 seed=20261122", 0);
  Distribution seen;
  const std::string law = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  ASSERT_TRUE(rc::check(law, [&] { property(seen); }));
  seen.expect(kinds, least);
}

/// An event, one of its legal encodings, and the message. The message's views are the event's.
struct Written {
  Owned<Event> event;
  sim::EncodedMessage message;

  [[nodiscard]] Format format() const { return message.options.format; }
  /// `ndr20 tunnel`.
  [[nodiscard]] std::string kind() const {
    return std::string(to_string(format())) + (message.event.has_subnets() ? " tunnel" : " transport");
  }
  [[nodiscard]] std::expected<Event, DecodeError> decode(std::span<const std::byte> bytes) const {
    return qmforge::decode(bytes, {format(), message.event.revision, message.options.image_base});
  }
};

/// The kinds of written messages that there are, in these formats.
inline std::vector<std::string> message_kinds(std::span<const Format> formats = all_formats) {
  std::vector<std::string> kinds;
  for (const Format format : formats)
    for (const char* traffic : {" tunnel", " transport"}) kinds.push_back(std::string(to_string(format)) + traffic);
  return kinds;
}

inline constexpr std::array ndr_formats = {Format::ndr20, Format::ndr20Body, Format::ndr64};

inline Written write(const Owned<Event>& event, const sim::EncodeOptions& options) {
  Written written{event, {}};
  if (!sim::encode(*event, options, written.message)) std::abort();  // the grammar was asked for what can be encoded
  return written;
}

/// Messages of any event in any form of any of these formats.
inline rc::Gen<Written> any_message(std::span<const Format> formats = all_formats) {
  return test::from_choices([formats](sim::Choices& choices) {
    const Format format = formats[static_cast<std::size_t>(choices.choose(formats.size(), sim::Question::format))];
    const auto event = Owned<Event>::from(
        [&](auto& storage) { return sim::generate(choices, sim::Profile{}.for_format(format), storage); });
    return write(event, sim::choose_encoding(choices, format));
  });
}

/// Messages as the encoder writes them by default; for NDR this is the canonical form.
inline rc::Gen<Written> plain_message(std::span<const Format> formats = all_formats) {
  return test::from_choices([formats](sim::Choices& choices) {
    sim::EncodeOptions options;
    options.format = formats[static_cast<std::size_t>(choices.choose(formats.size(), sim::Question::format))];
    return write(Owned<Event>::from([&](auto& storage) {
                   return sim::generate(choices, sim::Profile{}.for_format(options.format), storage);
                 }),
                 options);
  });
}

/// The bytes with the fault, or without it again, through the decoder.
inline std::expected<Event, DecodeError> decode(const test::FaultedMessage& message, std::span<const std::byte> bytes) {
  return qmforge::decode(bytes, message.options());
}

/// The names of all faults that messages can have.
inline std::vector<std::string> fault_names() {
  std::vector<std::string> names;
  for (const sim::FaultInfo& fault : sim::fault_catalogue())
    if (fault.fault != sim::Fault::trafficTypeOutOfRange) names.emplace_back(fault.name);
  return names;
}

}  // namespace qmforge::laws
