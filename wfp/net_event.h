// A net event between the stages of a feed: a Quick Mode failure, or a body of another kind.
#pragma once

#include <variant>

#include "image.h"
#include "qmforge/event.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

struct OtherBody {
  FWPM_NET_EVENT_TYPE type{};
  Image image;
};

using NetEventBody = std::variant<Event, OtherBody>;

[[nodiscard]] inline const Event* qm_failure_of(const NetEventBody& body) { return std::get_if<Event>(&body); }

}  // namespace qmforge::wfp
