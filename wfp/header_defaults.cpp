#include "header_defaults.h"

#include "documentation_addresses.h"

namespace qmforge::wfp {
namespace {

constexpr std::uint8_t udp = 17;

bool is_mask(const ConditionValue& value, DataType type) { return value.type == type && !value.is_null; }

/// The address of a subnet in a family, or the one given.
Address address_of(const ConditionValue* subnet, IpVersion version, const Address& otherwise) {
  if (subnet == nullptr) return otherwise;
  if (version == IpVersion::v4 && is_mask(*subnet, DataType::v4AddrMask)) return network_order(subnet->v4AddrMask.addr);
  if (version == IpVersion::v6 && is_mask(*subnet, DataType::v6AddrMask)) return subnet->v6AddrMask.addr;
  return otherwise;
}

}  // namespace

EventHeader header_in(const Event& event, IpVersion version) {
  const bool v6 = version == IpVersion::v6;
  const ConditionValue* const local = event.has_subnets() ? &event.localSubNet : nullptr;
  const ConditionValue* const remote = event.has_subnets() ? &event.remoteSubNet : nullptr;
  EventHeader header;
  header.ipVersion = version;
  header.localAddr = address_of(local, version, v6 ? local_v6 : network_order(local_v4));
  header.remoteAddr = address_of(remote, version, v6 ? remote_v6 : network_order(remote_v4));
  header.ipProtocol = udp;
  return header;
}

EventHeader header_for(const Event& event) {
  const bool v6 = event.has_subnets() && is_mask(event.localSubNet, DataType::v6AddrMask);
  return header_in(event, v6 ? IpVersion::v6 : IpVersion::v4);
}

}  // namespace qmforge::wfp
