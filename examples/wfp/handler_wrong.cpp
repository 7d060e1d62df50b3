// A handler with three common bugs. It works on many machines, for a while.
#include "handler.h"
#include "text.h"

namespace {

std::string dotted(UINT32 address) {
  // Bug: treats the address as one in network order, as inet_ntoa does, and prints it with its bytes reversed.
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
  // Bug: treats an event without a body as one whose members are all zero.
  static const FWPM_NET_EVENT_IKEEXT_QM_FAILURE0 nothing{};
  const FWPM_NET_EVENT_IKEEXT_QM_FAILURE0& failure = event.ikeQmFailure != nullptr ? *event.ikeQmFailure : nothing;
  std::string line = common(failure);
  // Bug: reads the subnets for every traffic type; those of a transport failure are indeterminate.
  const std::string local = describe(failure.localSubNet);
  const std::string remote = describe(failure.remoteSubNet);
  if (!local.empty() || !remote.empty()) line += ", tunnel " + local + " - " + remote;
  return line;
}
