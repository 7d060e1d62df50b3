// How fed events are delivered.
#pragma once

#include <cstdint>

namespace qmforge::wfp {

enum class Delivery : std::uint8_t {
  logged,      // it has happened: enumerations made from now on see it
  live,        // it happens: logged, and every subscription that it matches is called
  subscribed,  // live, but held back until there is a subscription
};

struct FeedOptions {
  Delivery delivery = Delivery::logged;
  double per_second = 0;  // events a second, from a thread of the fake's own; 0: at once
};

}  // namespace qmforge::wfp
