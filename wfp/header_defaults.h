// The header of an event that is fed without one. The first stage of every feed.
//
// The only public header of a real IKE event (Main Mode, a Windows gateway) has the IP version and the two gateways'
// addresses, and nothing else: flags 0x106. That Quick Mode headers are like it is an assumption.
#pragma once

#include "qmforge/event.h"
#include "qmforge/wfp/event_header.h"

namespace qmforge::wfp {

/// IP version and the gateways' addresses.
[[nodiscard]] EventHeader header_in(IpVersion version);
/// The same in the family of a tunnel's local subnet, or in IPv4; see control.h.
[[nodiscard]] EventHeader header_for(const Event& event);
[[nodiscard]] IpVersion family_of(const Event& event);
/// Mode::subnetHeaders: the addresses of a tunnel's subnets where they have one in the family, and the protocol.
[[nodiscard]] EventHeader subnet_header(const Event& event, IpVersion version);

}  // namespace qmforge::wfp
