// Generators for property tests with RapidCheck: the simulator's grammar, driven by RapidCheck. CMake target
// qmforge::rapidcheck.
//
//     #include <qmforge/testing/rapidcheck.h>
//
//     TEST(MyHandler, TakesAnyEvent) {
//       EXPECT_TRUE(rc::check([](const qmforge::test::Owned<qmforge::Event>& event) { RC_ASSERT(handle(*event)); }));
//     }
//     TEST(MyDecoder, Conforms) { EXPECT_TRUE(qmforge::test::check_conforms<Mine>()); }
//
// rc::check alone does not fail a GoogleTest test: pass its result to EXPECT_TRUE, or use RC_GTEST_PROP. In a property:
//
//     const auto tunnel = *qmforge::test::valid_event({.traffic_type = qmforge::TrafficType::tunnel});
//     const auto broken = *qmforge::test::faulted_message(qmforge::sim::Fault::innerTagDiffers);
//
// rc::Arbitrary is defined for Owned<Event>, Owned<ConditionValue>, Owned<Value>, LabelledInput, FaultedMessage, for
// each enumeration, V4AddrMask, V6AddrMask and Guid. Events are printed as JSON, messages with their fault, expected
// report and bytes.
//
// A failing case is shrunk to the simplest event that still fails: shrinking makes the answers to the grammar's
// questions fewer and smaller, and 0 is always the simplest answer. Edge cases (0, 1, all ones, sign bits, MAX members,
// /0, /32, /129) are equally frequent at every size, so RapidCheck's size has no effect. Use RC_ASSERT in properties: a
// GoogleTest EXPECT does not falsify a property.
#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/testing/decoder.h"
#include "qmforge/testing/owned.h"
#include "qmforge/testing/print.h"

namespace qmforge::test {

/// A generator of the values that `make(Choices&)` returns. It shrinks the answers that `make` receives.
template <class Make>
[[nodiscard]] auto from_choices(Make make) {
  using T = decltype(make(std::declval<sim::Choices&>()));
  using Answers = std::vector<std::uint64_t>;
  return rc::Gen<T>([make](const rc::Random& random, int) {
    sim::RandomChoices source(rc::Random(random).next());
    sim::RecordedChoices recorded(source);
    (void)make(recorded);
    const auto simpler = [](const Answers& answers) {
      return rc::seq::concat(rc::shrink::removeChunks(answers),
                             rc::shrink::eachElement(answers, [](std::uint64_t answer) {
                               return rc::shrink::towards<std::uint64_t>(answer, 0);
                             }));
    };
    return rc::shrinkable::map(rc::shrinkable::shrinkRecur(recorded.answers(), simpler),
                               [make](const Answers& answers) {
                                 sim::ReplayedChoices replayed(answers);
                                 return make(replayed);
                               });
  });
}

/// Any event that the profile allows; by default, any event that has an encoding.
[[nodiscard]] inline rc::Gen<Owned<Event>> any_event(const sim::Profile& profile = {}) {
  return from_choices([profile](sim::Choices& choices) {
    return Owned<Event>::from([&](auto& storage) { return sim::generate(choices, profile, storage); });
  });
}

/// An event that breaks no rule of severity error; warnings may remain.
[[nodiscard]] inline rc::Gen<Owned<Event>> valid_event(sim::Profile profile = {}) {
  profile.validity = sim::Validity::valid;
  return any_event(profile);
}

/// An event without findings.
[[nodiscard]] inline rc::Gen<Owned<Event>> clean_event(sim::Profile profile = {}) {
  profile.validity = sim::Validity::clean;
  return any_event(profile);
}

/// One subnet of a tunnel, of any type.
[[nodiscard]] inline rc::Gen<Owned<ConditionValue>> any_subnet(const sim::Profile& profile = {}) {
  return from_choices([profile](sim::Choices& choices) {
    return Owned<ConditionValue>::from(
        [&](auto& storage) { return sim::generate_subnet(choices, profile, sim::Subnet::local, storage); });
  });
}

/// One subnet of a tunnel, of one type. `null`: the arm is a NULL pointer (for pointer types only).
[[nodiscard]] inline rc::Gen<Owned<ConditionValue>> subnet_of(DataType type, bool null = false) {
  return rc::gen::suchThat(any_subnet({.local_type = type}),
                           [null](const Owned<ConditionValue>& subnet) { return subnet->is_null == null; });
}

/// One bound of a range.
[[nodiscard]] inline rc::Gen<Owned<Value>> any_value(const sim::Profile& profile = {}) {
  return from_choices([profile](sim::Choices& choices) {
    return Owned<Value>::from([&](auto& storage) { return sim::generate_value(choices, profile, storage); });
  });
}

/// Any value of one of the event's enumerations; one third are not defined members, mostly neighbours of the last
/// member.
template <class Enum>
[[nodiscard]] rc::Gen<Enum> any_enumeration() {
  return from_choices([](sim::Choices& choices) {
    constexpr std::uint32_t members = member_count<Enum>;
    if (choices.choose(3) != 2) return static_cast<Enum>(choices.choose(members));
    constexpr std::array<std::uint32_t, 4> invalid = {members, members + 1, 0x80000000, 0xffffffff};
    const std::uint64_t which = choices.choose(invalid.size() + 1);
    return static_cast<Enum>(which < invalid.size() ? invalid[static_cast<std::size_t>(which)]
                                                    : members + choices.choose(0xffffffff - members));
  });
}

/// An encoded input and its expected report. Copies share it.
class LabelledInput {
 public:
  LabelledInput(const sim::ForgeProfile& profile, sim::Choices& choices)
      : forge_(std::make_shared<sim::Forge>(profile)), labelled_(&forge_->forge(choices)) {}

  [[nodiscard]] const sim::LabelledInput& operator*() const noexcept { return *labelled_; }
  [[nodiscard]] const sim::LabelledInput* operator->() const noexcept { return labelled_; }

 private:
  std::shared_ptr<sim::Forge> forge_;  // holds the input
  const sim::LabelledInput* labelled_;
};

/// Encoded messages with their expected reports; by default of every encoding, half of them malformed.
[[nodiscard]] inline rc::Gen<LabelledInput> labelled_input(const sim::ForgeProfile& profile = {}) {
  return from_choices([profile](sim::Choices& choices) { return LabelledInput(profile, choices); });
}

/// A message with one fault, its expected report, and the original message.
struct FaultedMessage {
  sim::Fault fault;
  Owned<Event> event;           // owns the memory that the other members' views point to
  sim::EncodedMessage message;  // the original
  sim::FaultedMessage faulted;  // the bytes with the fault, and its expected report

  /// How to decode both.
  [[nodiscard]] DecodeOptions options() const {
    return {message.options.format, message.event.revision, message.options.image_base};
  }
};

/// Any event with the fault at one of its sites, in any form of any encoding in which the fault can occur, or only of
/// the format `only`. Throws std::invalid_argument if the fault cannot occur in that format. Accepts every fault except
/// Fault::trafficTypeOutOfRange, which no message can have: see broken_event.
[[nodiscard]] inline rc::Gen<FaultedMessage> faulted_message(sim::Fault fault,
                                                             std::optional<Format> only = std::nullopt) {
  // Events without a site for the fault are skipped, also while shrinking.
  const auto formats = sim::info(fault).formats;
  if (only && std::ranges::find(formats, *only) == formats.end())
    throw std::invalid_argument(std::string(sim::info(fault).name) + " does not occur in " +
                                std::string(to_string(*only)));
  auto attempt = from_choices([fault, formats, only](sim::Choices& choices) -> std::optional<FaultedMessage> {
    const Format format =
        only ? *only : formats[static_cast<std::size_t>(choices.choose(formats.size(), sim::Question::format))];
    // Of some faults only one event in sixteen has a site, and RapidCheck gives up after a hundred attempts.
    for (int tries = 0; tries < 16; ++tries) {
      const sim::Profile profile = sim::profile_for(fault, choices).for_format(format);
      const auto event = Owned<Event>::from([&](auto& storage) { return sim::generate(choices, profile, storage); });
      sim::EncodeOptions options = sim::choose_encoding(choices, format);
      options.placement.share = false;  // a fault in a shared pointee would affect both pointers
      sim::EncodedMessage message;
      static_cast<void>(sim::encode(*event, options, message));  // cannot fail: the profile is that of the format
      const std::vector<sim::Site> all = sim::sites(fault, message);
      if (all.empty()) continue;
      const sim::Site& site = all[static_cast<std::size_t>(choices.choose(all.size()))];
      sim::FaultedMessage faulted = sim::apply(fault, site, message);
      return FaultedMessage{fault, event, std::move(message), std::move(faulted)};
    }
    return std::nullopt;
  });
  return rc::gen::map(rc::gen::suchThat(std::move(attempt), [](const auto& message) { return message.has_value(); }),
                      [](std::optional<FaultedMessage> message) { return *std::move(message); });
}

/// Any fault of the catalogue, all equally often.
[[nodiscard]] inline rc::Gen<sim::Fault> any_fault() {
  const auto catalogue = sim::fault_catalogue();
  return rc::gen::map(rc::gen::elementOf(std::vector<sim::FaultInfo>(catalogue.begin(), catalogue.end())),
                      [](const sim::FaultInfo& entry) { return entry.fault; });
}

/// A message with any fault that messages (of the format `only`) can have, all equally often.
[[nodiscard]] inline rc::Gen<FaultedMessage> faulted_message(std::optional<Format> only = std::nullopt) {
  const auto occurs = [only](sim::Fault fault) {
    const auto formats = sim::info(fault).formats;
    return fault != sim::Fault::trafficTypeOutOfRange && (!only || std::ranges::find(formats, *only) != formats.end());
  };
  return rc::gen::mapcat(rc::gen::suchThat(any_fault(), occurs),
                         [only](sim::Fault fault) { return faulted_message(fault, only); });
}

/// Whether D's answers to labelled inputs equal their labels. RC_PARAMS sets the number of inputs (max_success,
/// default: 100). A failing input is shrunk to the simplest that still fails, and printed with the fields that differ.
template <Decoder D>
[[nodiscard]] bool check_conforms(const sim::ForgeProfile& profile = {}) {
  return rc::check("the decoder conforms", [&profile] {
    const LabelledInput input = *labelled_input(profile);
    const DecodeOptions options{input->format, input->revision, sim::set_image_base};
    const std::string difference = difference_of<D>(input->bytes, options, input->expected);
    if (!difference.empty()) RC_FAIL(difference);
  });
}

/// An event that breaks a rule, and the expected finding; the event may break other rules, too.
struct BrokenEvent {
  Owned<Event> whole;  // the original event, which owns the memory that the views point to
  Event event;
  Finding finding;
};

/// Any event with a fault of class FaultClass::rule, for tests of validators.
[[nodiscard]] inline rc::Gen<BrokenEvent> broken_event(sim::Fault fault) {
  auto attempt = from_choices([fault](sim::Choices& choices) -> std::optional<BrokenEvent> {
    const sim::Profile profile = sim::profile_for(fault, choices);
    const auto event = Owned<Event>::from([&](auto& storage) { return sim::generate(choices, profile, storage); });
    const std::vector<sim::Site> all = sim::rule_sites(fault, *event);
    if (all.empty()) return std::nullopt;
    const sim::InvalidEvent broken =
        sim::break_rule(fault, all[static_cast<std::size_t>(choices.choose(all.size()))], *event);
    return BrokenEvent{event, broken.event, broken.finding};
  });
  return rc::gen::map(rc::gen::suchThat(std::move(attempt), [](const auto& event) { return event.has_value(); }),
                      [](std::optional<BrokenEvent> event) { return *std::move(event); });
}

}  // namespace qmforge::test

// The types that RapidCheck can generate without an explicit generator.
namespace rc {

template <>
struct Arbitrary<qmforge::test::Owned<qmforge::Event>> {
  static auto arbitrary() { return qmforge::test::any_event(); }
};

template <>
struct Arbitrary<qmforge::test::Owned<qmforge::ConditionValue>> {
  static auto arbitrary() { return qmforge::test::any_subnet(); }
};

template <>
struct Arbitrary<qmforge::test::Owned<qmforge::Value>> {
  static auto arbitrary() { return qmforge::test::any_value(); }
};

template <>
struct Arbitrary<qmforge::test::LabelledInput> {
  static auto arbitrary() { return qmforge::test::labelled_input(); }
};

template <>
struct Arbitrary<qmforge::test::FaultedMessage> {
  static auto arbitrary() { return qmforge::test::faulted_message(); }
};

template <>
struct Arbitrary<qmforge::V4AddrMask> {
  static auto arbitrary() {
    return gen::map(qmforge::test::subnet_of(qmforge::DataType::v4AddrMask),
                    [](const auto& subnet) { return subnet->v4AddrMask; });
  }
};

template <>
struct Arbitrary<qmforge::V6AddrMask> {
  static auto arbitrary() {
    return gen::map(qmforge::test::subnet_of(qmforge::DataType::v6AddrMask),
                    [](const auto& subnet) { return subnet->v6AddrMask; });
  }
};

template <>
struct Arbitrary<qmforge::Guid> {
  static auto arbitrary() {
    return gen::map(qmforge::test::any_event({.revision = qmforge::Revision::r1}),
                    [](const auto& event) { return event->mmProviderContextKey; });
  }
};

template <>
struct Arbitrary<qmforge::FailurePoint> {
  static auto arbitrary() { return qmforge::test::any_enumeration<qmforge::FailurePoint>(); }
};

template <>
struct Arbitrary<qmforge::KeyModuleType> {
  static auto arbitrary() { return qmforge::test::any_enumeration<qmforge::KeyModuleType>(); }
};

template <>
struct Arbitrary<qmforge::QmSaState> {
  static auto arbitrary() { return qmforge::test::any_enumeration<qmforge::QmSaState>(); }
};

template <>
struct Arbitrary<qmforge::SaRole> {
  static auto arbitrary() { return qmforge::test::any_enumeration<qmforge::SaRole>(); }
};

template <>
struct Arbitrary<qmforge::TrafficType> {
  static auto arbitrary() { return qmforge::test::any_enumeration<qmforge::TrafficType>(); }
};

/// Defined types only: a value of another type has no arm.
template <>
struct Arbitrary<qmforge::DataType> {
  static auto arbitrary() { return gen::elementOf(qmforge::all_data_types); }
};

template <>
struct Arbitrary<qmforge::Revision> {
  static auto arbitrary() { return gen::element(qmforge::Revision::r0, qmforge::Revision::r1); }
};

template <>
struct Arbitrary<qmforge::Format> {
  static auto arbitrary() { return gen::elementOf(qmforge::all_formats); }
};

template <>
struct Arbitrary<qmforge::sim::Fault> {
  static auto arbitrary() { return qmforge::test::any_fault(); }
};

}  // namespace rc

// How RapidCheck prints these types; print.h has the rest.
namespace qmforge::test {

template <class T>
std::ostream& operator<<(std::ostream& out, const Owned<T>& value) {
  return out << *value;
}
inline std::ostream& operator<<(std::ostream& out, const LabelledInput& input) { return out << describe(*input); }
inline std::ostream& operator<<(std::ostream& out, const FaultedMessage& message) {
  return out << message.fault << " in " << message.message.options.format << ' ' << *message.event << '\n'
             << describe(message.faulted.bytes, message.faulted.expected);
}
inline std::ostream& operator<<(std::ostream& out, const BrokenEvent& broken) {
  return out << broken.finding << " in " << broken.event;
}

}  // namespace qmforge::test
