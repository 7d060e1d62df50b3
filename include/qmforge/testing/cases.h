// Cases to enumerate, for any framework: the 144 combinations of the enumerations, and the faults.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/names.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/odometer.h"
#include "qmforge/testing/events.h"

namespace qmforge::test {

/// One of the 144 combinations of the five enumerations. Its subnets, for a tunnel, are 10.0.0.0/8 and 192.168.0.0/16.
struct Combination {
  FailurePoint failurePoint;
  KeyModuleType keyingModuleType;
  QmSaState qmState;
  SaRole saRole;
  TrafficType saTrafficType;

  [[nodiscard]] Event event(Revision revision = Revision::r0) const {
    Event event = saTrafficType == TrafficType::tunnel ? make_tunnel_event("10.0.0.0/8", "192.168.0.0/16", revision)
                                                       : make_transport_event(revision);
    event.failurePoint = failurePoint;
    event.keyingModuleType = keyingModuleType;
    event.qmState = qmState;
    event.saRole = saRole;
    event.saTrafficType = saTrafficType;
    return event;
  }
};

[[nodiscard]] inline std::vector<Combination> all_combinations() {
  std::vector<Combination> all;
  sim::Odometer odometer;
  const auto next = [&]<class Enum>(Enum) { return static_cast<Enum>(odometer.choose(member_count<Enum>)); };
  do {
    const FailurePoint point = next(FailurePoint{});
    const KeyModuleType module = next(KeyModuleType{});
    const QmSaState state = next(QmSaState{});
    const SaRole role = next(SaRole{});
    all.push_back({point, module, state, role, next(TrafficType{})});
  } while (odometer.next());
  return all;
}

/// One fault of the catalogue, and the encodings in which it can occur (sim::info(fault).formats).
[[nodiscard]] inline std::vector<sim::Fault> all_faults() {
  std::vector<sim::Fault> all;
  for (const sim::FaultInfo& entry : sim::fault_catalogue()) all.push_back(entry.fault);
  return all;
}

/// `PeerIkev2FinalResponderTunnel`: the last word of each C name.
[[nodiscard]] inline std::string case_name(const Combination& combination) {
  const auto word = [](std::string_view c_name) {
    std::string text(c_name.substr(c_name.rfind('_') + 1));
    // Capitals and digits are all that C names have.
    std::transform(text.begin() + 1, text.end(), text.begin() + 1,
                   [](char c) { return c >= 'A' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
  };
  return word(c_name(combination.failurePoint)) + word(c_name(combination.keyingModuleType)) +
         word(c_name(combination.qmState)) + word(c_name(combination.saRole)) + word(c_name(combination.saTrafficType));
}

/// `InnerTagDiffers`.
[[nodiscard]] inline std::string case_name(sim::Fault fault) {
  std::string text;
  bool begins = true;
  for (const char c : sim::info(fault).name) {
    if (c != '-') text += begins ? static_cast<char>(c - 'a' + 'A') : c;
    begins = c == '-';
  }
  return text;
}

}  // namespace qmforge::test
