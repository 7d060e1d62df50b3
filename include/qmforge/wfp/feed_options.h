// How fed events are delivered.
#pragma once

#include <cstdint>

namespace qmforge::wfp {

enum class Delivery : std::uint8_t {
  logged,      // in the log only, for enumerations made afterwards
  live,        // logged, and delivered to every subscription whose template matches
  subscribed,  // live, but not before there is a subscription
};

struct FeedOptions {
  Delivery delivery = Delivery::logged;
  double per_second = 0;  // events a second, fed by a thread of the fake; 0: at once
};

}  // namespace qmforge::wfp
