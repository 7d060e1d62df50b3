// A handler with the three mistakes that are made most. It works on many a machine, for a while.
#include "handler.h"
#include "text.h"

namespace {

std::string dotted(UINT32 address) {
  // Mistake: the address is taken for one in network order, as inet_ntoa would want it, and comes out reversed.
  return std::to_string(address & 255) + "." + std::to_string(address >> 8 & 255) + "." +
         std::to_string(address >> 16 & 255) + "." + std::to_string(address >> 24);
}

std::string describe(const FWP_CONDITION_VALUE0& value) {
  if (value.type == FWP_V4_ADDR_MASK && value.v4AddrMask != nullptr)
    return dotted(value.v4AddrMask->addr) + "/" + dotted(value.v4AddrMask->mask);
  if (value.type == FWP_V6_ADDR_MASK && value.v6AddrMask != nullptr)
    return subnet(value.v6AddrMask->addr, value.v6AddrMask->prefixLength);
  return {};
}

}  // namespace

std::string describe(const FWPM_NET_EVENT2& event) {
  if (event.type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) return {};
  // Mistake: an event without a body is taken for one whose members are all zero.
  static const FWPM_NET_EVENT_IKEEXT_QM_FAILURE0 nothing{};
  const FWPM_NET_EVENT_IKEEXT_QM_FAILURE0& failure = event.ikeQmFailure != nullptr ? *event.ikeQmFailure : nothing;
  std::string line = common(failure);
  // Mistake: the subnets are read whatever the traffic type; of a transport failure they are indeterminate.
  const std::string local = describe(failure.localSubNet);
  const std::string remote = describe(failure.remoteSubNet);
  if (!local.empty() || !remote.empty()) line += ", tunnel " + local + " - " + remote;
  return line;
}
