// The grammar: generates every possible event, as a function of choices.
//
// This is the only description of possible events: random sets, the exhaustive walk, fuzzers and property tests all use
// it; see choices.h.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <optional>

#include "qmforge/event.h"
#include "qmforge/sim/choices.h"

namespace qmforge::sim {

/// Seed format version: (grammar version, profile, seed) determines the bytes, on every platform. It rises by one with
/// every change after which some seed gives other bytes: another question, another order of questions, another mapping
/// from answers to values, another choice of the encoder. The digests in tests/sim/golden_test.cpp detect such a
/// change; they change only in the same commit as this number.
inline constexpr std::uint32_t grammar_version = 2;

/// Which events the validator's rules allow.
enum class Validity : std::uint8_t {
  any,    // every event that decodes
  valid,  // breaks no rule of severity `error`
  clean,  // has no findings
};

/// The contents of an event's scalars, arrays and strings.
enum class Contents : std::uint8_t {
  arbitrary,  // any value, often an edge case
  edges,      // a short list of edge cases for each kind of field: finite, to walk the contents of one subnet
  fixed,      // one pattern for each field, in which no two bytes are equal: finite, to walk shapes
};

/// The events to generate. Default: all events that have an encoding.
struct Profile {
  Validity validity = Validity::any;
  Contents contents = Contents::arbitrary;
  std::optional<Revision> revision{};         // nullopt: both
  std::optional<TrafficType> traffic_type{};  // nullopt: both
  std::optional<DataType> local_type{};       // of a tunnel's local subnet; nullopt: all that `validity` allows
  std::optional<DataType> remote_type{};      // likewise
  /// Strings may contain NULs. A memory image cannot hold those: there a string ends at its first NUL.
  bool inner_nuls = true;
  /// Also events without an encoding: a saTrafficType or a data type that selects no arm. For validators only.
  bool unencodable = false;

  /// This profile, restricted to what a format can hold.
  [[nodiscard]] Profile for_format(Format format) const {
    Profile narrowed = *this;
    narrowed.unencodable = false;
    if (is_memory_image(format)) narrowed.inner_nuls = false;
    return narrowed;
  }
};

/// Generates an event. Its views point into memory from `storage`, which must outlive it.
///
/// Law GeneratedEventsMatchProfile: for all choices, the event is one that the profile allows.
/// Law ZeroAnswersGiveTheSimplestEvent: if every answer is 0, the event has traffic type TRANSPORT and no findings, as
/// far as the profile allows it.
[[nodiscard]] Event generate(Choices& choices, const Profile& profile, std::pmr::memory_resource& storage);

/// An error code that is an edge case: 0, the range markers, their neighbours, an HRESULT, all ones.
[[nodiscard]] std::uint32_t edge_error_code(Choices& choices);

/// One of a tunnel's subnets.
enum class Subnet : std::uint8_t { local, remote };

/// Generates one subnet of a tunnel. With Contents::fixed the two subnets differ.
[[nodiscard]] ConditionValue generate_subnet(Choices& choices, const Profile& profile, Subnet side,
                                             std::pmr::memory_resource& storage);

/// Generates one bound of a range.
[[nodiscard]] Value generate_value(Choices& choices, const Profile& profile, std::pmr::memory_resource& storage);

}  // namespace qmforge::sim
