// A handler without the bugs of handler_wrong.cpp.
#include "handler.h"

#include "text.h"

namespace {

std::string dotted(UINT32 address) {  // in host order: the first number is the highest byte
  return std::to_string(address >> 24) + "." + std::to_string(address >> 16 & 255) + "." +
         std::to_string(address >> 8 & 255) + "." + std::to_string(address & 255);
}

std::string describe(const FWP_CONDITION_VALUE0& value) {
  if (value.type == FWP_V4_ADDR_MASK && value.v4AddrMask != nullptr)
    return dotted(value.v4AddrMask->addr) + "/" + dotted(value.v4AddrMask->mask);
  if (value.type == FWP_V6_ADDR_MASK && value.v6AddrMask != nullptr)
    return subnet(value.v6AddrMask->addr, value.v6AddrMask->prefixLength);
  return "type " + std::to_string(static_cast<int>(value.type));
}

}  // namespace

std::string describe(const FWPM_NET_EVENT2& event) {
  if (event.type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) return {};
  if (event.ikeQmFailure == nullptr) return "quick mode failed: no details";
  const FWPM_NET_EVENT_IKEEXT_QM_FAILURE0& failure = *event.ikeQmFailure;
  std::string line = common(failure);
  if (failure.saTrafficType == IPSEC_TRAFFIC_TYPE_TUNNEL)
    line += ", tunnel " + describe(failure.localSubNet) + " - " + describe(failure.remoteSubNet);
  return line;
}
