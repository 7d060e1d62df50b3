// A header as a scenario writes it: the members that it names replace those of the default header.
#pragma once

#include <functional>
#include <memory>
#include <memory_resource>
#include <optional>
#include <vector>

#include "mode_set.h"
#include "qmforge/event.h"
#include "qmforge/wfp/event_header.h"

namespace qmforge::json {
class Node;
}

namespace qmforge::wfp {

class HeaderOverlay {
 public:
  /// Nothing is replaced.
  HeaderOverlay() = default;
  /// An object of IDL members. A member that is null has its flag off. Throws json::Failure.
  explicit HeaderOverlay(const json::Node& object);

  /// The default header of a Quick Mode failure (of another event for nullptr) with this over it.
  [[nodiscard]] EventHeader header(const Event* event, const ModeSet& modes) const;

 private:
  std::optional<IpVersion> version_;  // of the addresses that it names
  std::vector<std::function<void(EventHeader&)>> members_;
  std::shared_ptr<std::pmr::monotonic_buffer_resource> storage_;  // of SIDs
};

}  // namespace qmforge::wfp
