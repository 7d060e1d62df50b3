// Faults of class `rule`: events that decode and break a rule of the validator. Each makes the smallest change.
#include <array>
#include <bit>
#include <initializer_list>
#include <utility>

#include "qmforge/names.h"
#include "qmforge/sim/faults.h"

namespace qmforge::sim {
namespace {

// Site::field is the subnet here.
constexpr std::uint32_t local = 0;
constexpr std::uint32_t remote = 1;

ConditionValue& subnet_at(Event& event, std::uint32_t side) {
  return side == local ? event.localSubNet : event.remoteSubNet;
}
const ConditionValue& subnet_at(const Event& event, std::uint32_t side) {
  return side == local ? event.localSubNet : event.remoteSubNet;
}
FieldPath path_of(std::uint32_t side) { return side == local ? Step::localSubNet : Step::remoteSubNet; }

/// Calls visit(side, subnet) for both subnets of a tunnel.
template <class Visitor>
void for_each_subnet(const Event& event, Visitor&& visit) {
  if (!event.has_subnets()) return;
  for (const std::uint32_t side : {local, remote}) visit(side, subnet_at(event, side));
}

/// Values outside an enumeration: the least, its neighbour, and valid values with upper bits set.
void add_out_of_range(std::vector<Site>& sites, std::uint32_t members) {
  for (const std::uint32_t value : {members, members + 1, 0x100U, 0x10000U, 0x7fffffffU, 0x80000000U, 0xffffffffU})
    sites.push_back({WireField::none, value});
}

/// A value of a type that is not a mask. Pointers are NULL, so that the event does not grow.
ConditionValue any_value(DataType type) {
  ConditionValue value(type, is_pointer_type(type));
  value.arm.uint64 = 0;
  return value;
}

std::uint32_t mask_of(const V6AddrMask& v6, std::size_t byte) {
  const std::size_t bits = v6.prefixLength > 8 * byte ? v6.prefixLength - 8 * byte : 0;
  return bits >= 8 ? 0xffU : 0xffU & ~(0xffU >> bits);
}

void type_sites(const Event& event, std::vector<Site>& sites) {
  for_each_subnet(event, [&](std::uint32_t side, const ConditionValue& subnet) {
    for (const DataType type : all_data_types)
      if (type != DataType::v4AddrMask && type != DataType::v6AddrMask && type != subnet.type)
        sites.push_back({side, static_cast<std::uint64_t>(type)});
  });
}

void null_sites(const Event& event, std::vector<Site>& sites) {
  for_each_subnet(event, [&](std::uint32_t side, const ConditionValue& subnet) {
    for (const DataType mask : {DataType::v4AddrMask, DataType::v6AddrMask})
      if (subnet.type != mask || !subnet.is_null) sites.push_back({side, static_cast<std::uint64_t>(mask)});
  });
}

void mask_sites(const Event& event, std::vector<Site>& sites) {
  for_each_subnet(event, [&](std::uint32_t side, const ConditionValue& subnet) {
    if (!subnet.holds(DataType::v4AddrMask)) return;
    for (const std::uint32_t mask :
         {0x00000001U, 0x00ffffffU, 0x7fffffffU, 0x80000001U, 0xfffffffdU, 0xff00ff00U, 0xffff0001U, 0xffffff7fU})
      sites.push_back({side, mask});
  });
}

void prefix_sites(const Event& event, std::vector<Site>& sites) {
  for_each_subnet(event, [&](std::uint32_t side, const ConditionValue& subnet) {
    if (!subnet.holds(DataType::v6AddrMask)) return;
    for (const std::uint32_t length : {129U, 130U, 192U, 255U}) sites.push_back({side, length});
  });
}

void family_sites(const Event& event, std::vector<Site>& sites) {
  if (!event.has_subnets() || !event.localSubNet.holds_mask() || !event.remoteSubNet.holds_mask()) return;
  if (event.localSubNet.type != event.remoteSubNet.type) return;
  sites = {{local, 0}, {remote, 0}};
}

/// One site for the first bit of the host part, one for the last.
void host_bit_sites(const Event& event, std::vector<Site>& sites) {
  for_each_subnet(event, [&](std::uint32_t side, const ConditionValue& subnet) {
    if (subnet.holds(DataType::v4AddrMask)) {
      const std::uint32_t host = ~subnet.v4AddrMask.mask;
      if (host == 0) return;
      sites.push_back({side, std::bit_floor(host)});
      if (!std::has_single_bit(host)) sites.push_back({side, host & (~host + 1)});
    } else if (subnet.holds(DataType::v6AddrMask) && subnet.v6AddrMask.prefixLength < 128) {
      sites.push_back({side, subnet.v6AddrMask.prefixLength});  // the number of a bit, from the left
      if (subnet.v6AddrMask.prefixLength < 127) sites.push_back({side, 127});
    }
  });
}

InvalidEvent broken_subnet(Event event, const Site& site, const ConditionValue& subnet, Rule rule,
                           const FieldPath& below) {
  subnet_at(event, site.field) = subnet;
  return {std::move(event), {rule, below}};
}

InvalidEvent other_type(const Event& event, const Site& site) {
  return broken_subnet(event, site, any_value(static_cast<DataType>(site.value)), Rule::subnetType,
                       path_of(site.field) / Step::type);
}

InvalidEvent null_mask(const Event& event, const Site& site) {
  const auto type = static_cast<DataType>(site.value);
  return broken_subnet(event, site, ConditionValue(type, true), Rule::subnetNull, path_of(site.field) / arm_step(type));
}

InvalidEvent mask_with_holes(const Event& event, const Site& site) {
  ConditionValue subnet = subnet_at(event, site.field);
  subnet.v4AddrMask.mask = static_cast<std::uint32_t>(site.value);
  subnet.v4AddrMask.addr &= subnet.v4AddrMask.mask;
  return broken_subnet(event, site, subnet, Rule::v4MaskContiguous,
                       path_of(site.field) / Step::v4AddrMask / Step::mask);
}

InvalidEvent long_prefix(const Event& event, const Site& site) {
  ConditionValue subnet = subnet_at(event, site.field);
  subnet.v6AddrMask.prefixLength = static_cast<std::uint8_t>(site.value);
  return broken_subnet(event, site, subnet, Rule::v6PrefixLength,
                       path_of(site.field) / Step::v6AddrMask / Step::prefixLength);
}

InvalidEvent other_family(const Event& event, const Site& site) {
  ConditionValue subnet(DataType::v4AddrMask);
  if (subnet_at(event, site.field).type == DataType::v4AddrMask) {
    subnet = ConditionValue(DataType::v6AddrMask);
    subnet.v6AddrMask = {{0x20, 0x01, 0x0d, 0xb8}, 32};
  } else {
    subnet.v4AddrMask = {0xc0000200, 0xffffff00};
  }
  return broken_subnet(event, site, subnet, Rule::subnetFamilyMismatch, Step::remoteSubNet);
}

InvalidEvent host_bits(const Event& event, const Site& site) {
  ConditionValue subnet = subnet_at(event, site.field);
  if (subnet.type == DataType::v4AddrMask) {
    subnet.v4AddrMask.addr = (subnet.v4AddrMask.addr & subnet.v4AddrMask.mask) | static_cast<std::uint32_t>(site.value);
  } else {
    V6AddrMask& v6 = subnet.v6AddrMask;
    for (std::size_t i = 0; i < v6.addr.size(); ++i)
      v6.addr[i] = static_cast<std::uint8_t>(v6.addr[i] & mask_of(v6, i));
    std::uint8_t& byte = v6.addr[static_cast<std::size_t>(site.value / 8)];
    byte = static_cast<std::uint8_t>(byte | 0x80U >> site.value % 8);
  }
  return broken_subnet(event, site, subnet, Rule::subnetHostBits,
                       path_of(site.field) / arm_step(subnet.type) / Step::addr);
}

template <class Enum>
InvalidEvent out_of_range(Event event, Enum Event::* member, const Site& site, Rule rule, Step step) {
  event.*member = static_cast<Enum>(site.value);
  return {std::move(event), {rule, step}};
}

InvalidEvent error_code(Event event, const Site& site, Rule rule) {
  event.failureErrorCode = static_cast<std::uint32_t>(site.value);
  return {std::move(event), {rule, Step::failureErrorCode}};
}

}  // namespace

std::vector<Site> rule_sites(Fault fault, const Event& event) {
  std::vector<Site> sites;
  switch (fault) {
    case Fault::failurePointOutOfRange: add_out_of_range(sites, member_count<FailurePoint>); break;
    case Fault::keyingModuleOutOfRange: add_out_of_range(sites, member_count<KeyModuleType>); break;
    case Fault::qmStateOutOfRange: add_out_of_range(sites, member_count<QmSaState>); break;
    case Fault::saRoleOutOfRange: add_out_of_range(sites, member_count<SaRole>); break;
    case Fault::trafficTypeOutOfRange: add_out_of_range(sites, member_count<TrafficType>); break;
    case Fault::subnetOfOtherType: type_sites(event, sites); break;
    case Fault::subnetIsNull: null_sites(event, sites); break;
    case Fault::v4MaskWithHoles: mask_sites(event, sites); break;
    case Fault::v6PrefixTooLong: prefix_sites(event, sites); break;
    case Fault::subnetFamiliesDiffer: family_sites(event, sites); break;
    case Fault::hostBitsSet: host_bit_sites(event, sites); break;
    case Fault::errorCodeIsSuccess: sites = {{WireField::none, 0}}; break;
    case Fault::errorCodeIsMarker:
      sites = {{WireField::none, 13800}, {WireField::none, 13897}, {WireField::none, 13909}};
      break;
    default: break;  // a fault of decoding
  }
  return sites;
}

InvalidEvent break_rule(Fault fault, const Site& site, const Event& event) {
  switch (fault) {
    case Fault::failurePointOutOfRange:
      return out_of_range(event, &Event::failurePoint, site, Rule::failurePointRange, Step::failurePoint);
    case Fault::keyingModuleOutOfRange:
      return out_of_range(event, &Event::keyingModuleType, site, Rule::keyingModuleRange, Step::keyingModuleType);
    case Fault::qmStateOutOfRange: return out_of_range(event, &Event::qmState, site, Rule::qmStateRange, Step::qmState);
    case Fault::saRoleOutOfRange: return out_of_range(event, &Event::saRole, site, Rule::saRoleRange, Step::saRole);
    case Fault::trafficTypeOutOfRange:
      return out_of_range(event, &Event::saTrafficType, site, Rule::trafficTypeRange, Step::saTrafficType);
    case Fault::subnetOfOtherType: return other_type(event, site);
    case Fault::subnetIsNull: return null_mask(event, site);
    case Fault::v4MaskWithHoles: return mask_with_holes(event, site);
    case Fault::v6PrefixTooLong: return long_prefix(event, site);
    case Fault::subnetFamiliesDiffer: return other_family(event, site);
    case Fault::hostBitsSet: return host_bits(event, site);
    case Fault::errorCodeIsSuccess: return error_code(event, site, Rule::errorCodeSuccess);
    default: return error_code(event, site, Rule::errorCodeMarker);
  }
}

}  // namespace qmforge::sim
