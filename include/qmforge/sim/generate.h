// The grammar: every event that can be, as a function of choices.
//
// This is the one description of what an event can hold. Seeds, the exhaustive walk, fuzzers and property tests all
// drive it; see choices.h.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>

#include "qmforge/event.h"
#include "qmforge/sim/choices.h"

namespace qmforge::sim {

/// The version in the contract of the seed: (grammar version, profile, seed) gives the same bytes everywhere. It rises
/// by one with every change after which some seed gives other bytes: another question, another order of questions,
/// another mapping from answers to values, another encoder's choice. The digests in tests/sim/golden_test.cpp notice
/// such a change; they are changed in the same commit as this number, and never otherwise.
inline constexpr std::uint32_t grammar_version = 2;

/// How far from valid an event may be.
enum class Validity : std::uint8_t {
  any,    // everything that decodes
  valid,  // no rule of severity error is broken
  clean,  // no finding at all
};

/// What the scalars, arrays and strings of an event hold.
enum class Contents : std::uint8_t {
  arbitrary,  // anything, edges often
  edges,      // a short list of edges for each kind of field: closed, for walking one subnet's contents
  fixed,      // one telling pattern a field, in which no two bytes are equal: closed, for walking shapes
};

/// What to generate. The default is every event that some encoding can hold.
struct Profile {
  Validity validity = Validity::any;
  Contents contents = Contents::arbitrary;
  std::optional<Revision> revision{};         // nullopt: both
  std::optional<TrafficType> traffic_type{};  // nullopt: both
  std::optional<DataType> local_type{};       // of a tunnel's local subnet; nullopt: all that validity allows
  std::optional<DataType> remote_type{};      // likewise
  /// Strings may have NULs inside. A memory image cannot hold those: there a string ends at its first NUL.
  bool inner_nuls = true;
  /// Also what no encoding can hold: a saTrafficType or a data type without an arm. For validators alone.
  bool unencodable = false;

  /// This profile, narrowed to what a format can hold.
  [[nodiscard]] Profile for_format(Format format) const {
    Profile narrowed = *this;
    narrowed.unencodable = false;
    if (format == Format::native64 || format == Format::native32) narrowed.inner_nuls = false;
    return narrowed;
  }
};

/// An event. What its views point to is allocated from `storage`, which must outlive it.
///
/// Law GeneratedEventsMatchProfile: whatever the choices.
/// Law ZeroAnswersGiveTheSimplestEvent: when every answer is 0, the event is one without findings, for transport, as
/// far as the profile allows it.
[[nodiscard]] Event generate(Choices& choices, const Profile& profile, std::pmr::memory_resource& storage);

/// An error code on the edge of something: 0, the range markers, their neighbours, an HRESULT, all ones.
[[nodiscard]] std::uint32_t edge_error_code(Choices& choices);

/// Which of a tunnel's subnets.
enum class Subnet : std::uint8_t { local, remote };

/// One subnet of a tunnel. Contents::fixed holds other numbers for the local side than for the remote one.
[[nodiscard]] ConditionValue generate_subnet(Choices& choices, const Profile& profile, Subnet side,
                                             std::pmr::memory_resource& storage);

/// One bound of a range.
[[nodiscard]] Value generate_value(Choices& choices, const Profile& profile, std::pmr::memory_resource& storage);

}  // namespace qmforge::sim
