// Generators for property tests with RapidCheck: the simulator's grammar, driven by RapidCheck. CMake target
// qmforge::rapidcheck.
//
//     #include <qmforge/testing/rapidcheck.h>
//
//     rc::check("my handler survives any event", [](const qmforge::testing::Owned<qmforge::Event>& event) {
//       RC_ASSERT(handle(*event));
//     });
//     const auto tunnel = *qmforge::testing::valid_event({.trafficType = qmforge::TrafficType::tunnel});
//
// What fails is shrunk to the simplest event that still fails: the answers that the grammar was given are made fewer
// and smaller, and 0 is always the simplest answer. Edges (0, 1, all ones, sign bits, MAX members, /0, /32, /129) are
// as frequent at any size, so RapidCheck's size does not matter. Use RC_ASSERT in properties: a GoogleTest EXPECT
// falsifies nothing there.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/json.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/testing/owned.h"

namespace qmforge::testing {

/// A generator of what `make(Choices&)` returns. It shrinks by the answers that `make` was given.
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

/// Any event that the profile allows; by default, any that some encoding can hold.
[[nodiscard]] inline rc::Gen<Owned<Event>> any_event(const sim::Profile& profile = {}) {
  return from_choices([profile](sim::Choices& choices) {
    return Owned<Event>::from([&](auto& storage) { return sim::generate(choices, profile, storage); });
  });
}

/// An event that breaks no rule of severity error; warnings may remain.
[[nodiscard]] inline rc::Gen<Owned<Event>> valid_event(sim::Profile profile = {}) {
  profile.soundness = sim::Soundness::valid;
  return any_event(profile);
}

/// An event that no rule has anything to say about.
[[nodiscard]] inline rc::Gen<Owned<Event>> clean_event(sim::Profile profile = {}) {
  profile.soundness = sim::Soundness::clean;
  return any_event(profile);
}

/// One subnet of a tunnel, of any type.
[[nodiscard]] inline rc::Gen<Owned<ConditionValue>> any_subnet(const sim::Profile& profile = {}) {
  return from_choices([profile](sim::Choices& choices) {
    return Owned<ConditionValue>::from(
        [&](auto& storage) { return sim::generate_subnet(choices, profile, sim::Side::local, storage); });
  });
}

/// One subnet of a tunnel, of one type; `null`: the arm is a NULL pointer, which must then be a pointer.
[[nodiscard]] inline rc::Gen<Owned<ConditionValue>> subnet_of(DataType type, bool null = false) {
  return rc::gen::suchThat(any_subnet(), [type, null](const Owned<ConditionValue>& subnet) {
    return subnet->type == type && subnet->isNull == null;
  });
}

/// An encoded input and all that must be said of it: event or error, findings, verdict. Copies share it.
class LabelledInput {
 public:
  LabelledInput(const sim::ForgeProfile& profile, sim::Choices& choices)
      : forge_(std::make_shared<sim::Forge>(profile)), labelled_(&forge_->forge(choices)) {}

  [[nodiscard]] const sim::Labelled& operator*() const noexcept { return *labelled_; }
  [[nodiscard]] const sim::Labelled* operator->() const noexcept { return labelled_; }

 private:
  std::shared_ptr<sim::Forge> forge_;  // holds the input
  const sim::Labelled* labelled_;
};

/// Encoded bytes with a label; by default of every encoding, half of them malformed.
[[nodiscard]] inline rc::Gen<LabelledInput> labelled_input(const sim::ForgeProfile& profile = {}) {
  return from_choices([profile](sim::Choices& choices) { return LabelledInput(profile, choices); });
}

}  // namespace qmforge::testing

// What RapidCheck generates by itself, and how it prints it.
namespace rc {

template <>
struct Arbitrary<qmforge::testing::Owned<qmforge::Event>> {
  static auto arbitrary() { return qmforge::testing::any_event(); }
};

template <>
struct Arbitrary<qmforge::testing::Owned<qmforge::ConditionValue>> {
  static auto arbitrary() { return qmforge::testing::any_subnet(); }
};

template <>
struct Arbitrary<qmforge::testing::LabelledInput> {
  static auto arbitrary() { return qmforge::testing::labelled_input(); }
};

}  // namespace rc

namespace qmforge::testing {

inline void showValue(const Owned<Event>& event, std::ostream& out) { out << to_json(*event); }

}  // namespace qmforge::testing
