// What is wrong with an event, with its values.
#include <bit>
#include <cstdint>

#include "qmforge/error_names.h"
#include "qmforge/explain.h"
#include "qmforge/names.h"
#include "qmforge/text.h"

namespace qmforge {
namespace {

using std::to_string;

// `failurePoint is 3, expected 0 (IPSEC_FAILURE_NONE) to 2 (IPSEC_FAILURE_PEER)`
template <class Enum>
std::string out_of_range(const FieldPath& field, Enum value) {
  constexpr std::uint32_t last = member_count<Enum> - 1;
  return field.to_string() + " is " + to_string(static_cast<std::uint32_t>(value)) + ", expected 0 (" +
         std::string(c_name(Enum{0})) + ") to " + to_string(last) + " (" +
         std::string(c_name(static_cast<Enum>(last))) + ')';
}

std::string type_text(DataType type) {
  const std::string_view name = c_name(type);
  return name.empty() ? to_string(static_cast<std::uint32_t>(type)) : std::string(name);
}

std::string network_text(const V4AddrMask& subnet) {
  const std::string network = v4_text(subnet.addr & subnet.mask);
  const int ones = std::countl_one(subnet.mask);
  const bool is_prefix = ones + std::countr_zero(subnet.mask) >= 32;
  return is_prefix ? network + '/' + to_string(ones) : network + " mask " + v4_text(subnet.mask);
}

std::string network_text(V6AddrMask subnet) {
  for (std::size_t bit = subnet.prefixLength; bit < 128; ++bit)
    subnet.addr[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> bit % 8));
  return v6_text(subnet.addr) + '/' + to_string(subnet.prefixLength);
}

std::string host_bits(const ConditionValue& subnet) {
  if (subnet.type == DataType::v4AddrMask)
    return v4_text(subnet.v4AddrMask.addr) + " has bits set outside the mask " + v4_text(subnet.v4AddrMask.mask) +
           "; the network is " + network_text(subnet.v4AddrMask);
  return v6_text(subnet.v6AddrMask.addr) + " has bits set outside the prefix /" +
         to_string(subnet.v6AddrMask.prefixLength) + "; the network is " + network_text(subnet.v6AddrMask);
}

bool is_mask(const ConditionValue& subnet) {
  return (subnet.type == DataType::v4AddrMask || subnet.type == DataType::v6AddrMask) && !subnet.is_null;
}

std::string_view family(const ConditionValue& subnet) { return subnet.type == DataType::v4AddrMask ? "IPv4" : "IPv6"; }

}  // namespace

std::string explain(const Finding& finding, const Event& event) {
  const ConditionValue& subnet = finding.field.step(0) == Step::remoteSubNet ? event.remoteSubNet : event.localSubNet;
  const std::string side(to_string(finding.field.step(0)));
  switch (finding.rule) {
    case Rule::failurePointRange: return out_of_range(finding.field, event.failurePoint);
    case Rule::keyingModuleRange: return out_of_range(finding.field, event.keyingModuleType);
    case Rule::qmStateRange: return out_of_range(finding.field, event.qmState);
    case Rule::saRoleRange: return out_of_range(finding.field, event.saRole);
    case Rule::trafficTypeRange: return out_of_range(finding.field, event.saTrafficType);
    case Rule::subnetType:
      return side + " is of type " + type_text(subnet.type) + ", expected FWP_V4_ADDR_MASK or FWP_V6_ADDR_MASK";
    case Rule::subnetNull: return side + " is a NULL pointer of type " + type_text(subnet.type) + ", expected a subnet";
    case Rule::v4MaskContiguous:
      if (subnet.type != DataType::v4AddrMask || subnet.is_null) break;
      return "the mask is " + v4_text(subnet.v4AddrMask.mask) + ", expected one bits followed by zero bits";
    case Rule::v6PrefixLength:
      if (subnet.type != DataType::v6AddrMask || subnet.is_null) break;
      return "the prefix length is " + to_string(subnet.v6AddrMask.prefixLength) + ", expected at most 128";
    case Rule::subnetFamilyMismatch:
      if (!is_mask(event.localSubNet) || !is_mask(event.remoteSubNet)) break;
      return "remoteSubNet is an " + std::string(family(event.remoteSubNet)) + " subnet, but localSubNet is an " +
             std::string(family(event.localSubNet)) + " subnet";
    case Rule::subnetHostBits:
      if (!is_mask(subnet)) break;
      return host_bits(subnet);
    case Rule::errorCodeSuccess: return "failureErrorCode is 0 (ERROR_SUCCESS), expected the code of a failure";
    case Rule::errorCodeMarker:
      return "failureErrorCode is " + to_string(event.failureErrorCode) + " (" +
             std::string(error_name(event.failureErrorCode)) +
             "), which marks a range in winerror.h and is not an error";
  }
  return std::string(message(finding.rule));
}

}  // namespace qmforge
