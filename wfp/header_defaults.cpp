#include "header_defaults.h"

#include "documentation_addresses.h"

namespace qmforge::wfp {
namespace {

constexpr std::uint8_t udp = 17;

/// The address of a subnet in a family, or the one given.
Address address_of(const ConditionValue* subnet, IpVersion version, const Address& otherwise) {
  if (subnet == nullptr) return otherwise;
  if (version == IpVersion::v4 && subnet->holds(DataType::v4AddrMask)) return network_order(subnet->v4AddrMask.addr);
  if (version == IpVersion::v6 && subnet->holds(DataType::v6AddrMask)) return subnet->v6AddrMask.addr;
  return otherwise;
}

}  // namespace

EventHeader header_in(IpVersion version) {
  const bool v6 = version == IpVersion::v6;
  EventHeader header;
  header.ipVersion = version;
  header.localAddr = v6 ? local_v6 : network_order(local_v4);
  header.remoteAddr = v6 ? remote_v6 : network_order(remote_v4);
  return header;
}

EventHeader subnet_header(const Event& event, IpVersion version) {
  EventHeader header = header_in(version);
  header.localAddr = address_of(event.has_subnets() ? &event.localSubNet : nullptr, version, *header.localAddr);
  header.remoteAddr = address_of(event.has_subnets() ? &event.remoteSubNet : nullptr, version, *header.remoteAddr);
  header.ipProtocol = udp;
  return header;
}

IpVersion family_of(const Event& event) {
  return event.has_subnets() && event.localSubNet.holds(DataType::v6AddrMask) ? IpVersion::v6 : IpVersion::v4;
}

EventHeader header_for(const Event& event) { return header_in(family_of(event)); }

}  // namespace qmforge::wfp
