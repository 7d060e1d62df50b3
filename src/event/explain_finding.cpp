// What is wrong with an event, with its values.
#include <bit>
#include <cstdint>

#include "qmforge/error_names.h"
#include "qmforge/explain.h"
#include "qmforge/names.h"
#include "text/forms.h"

namespace qmforge {
namespace {

// `failurePoint is 3, expected 0 (IPSEC_FAILURE_NONE) to 2 (IPSEC_FAILURE_PEER)`
template <class Enum>
void add_out_of_range(Appender& out, const FieldPath& field, Enum value) {
  constexpr std::uint32_t last = member_count<Enum> - 1;
  add_path(out, field);
  out.add(" is ", static_cast<std::uint32_t>(value), ", expected 0 (", c_name(Enum{0}), ") to ", last, " (",
          c_name(static_cast<Enum>(last)), ')');
}

void add_type(Appender& out, DataType type) {
  if (const std::string_view name = c_name(type); !name.empty())
    out.add(name);
  else
    out.add(static_cast<std::uint32_t>(type));
}

void add_network(Appender& out, const V4AddrMask& subnet) {
  add_v4(out, subnet.addr & subnet.mask);
  const int ones = std::countl_one(subnet.mask);
  if (ones + std::countr_zero(subnet.mask) >= 32) {
    out.add('/', ones);
  } else {
    out.add(" mask ");
    add_v4(out, subnet.mask);
  }
}

void add_network(Appender& out, V6AddrMask subnet) {
  for (std::size_t bit = subnet.prefixLength; bit < 128; ++bit)
    subnet.addr[bit / 8] &= static_cast<std::uint8_t>(~(0x80U >> bit % 8));
  add_v6(out, subnet.addr);
  out.add('/', subnet.prefixLength);
}

void add_host_bits(Appender& out, const ConditionValue& subnet) {
  if (subnet.type == DataType::v4AddrMask) {
    add_v4(out, subnet.v4AddrMask.addr);
    out.add(" has bits set outside the mask ");
    add_v4(out, subnet.v4AddrMask.mask);
    out.add("; the network is ");
    add_network(out, subnet.v4AddrMask);
  } else {
    add_v6(out, subnet.v6AddrMask.addr);
    out.add(" has bits set outside the prefix /", subnet.v6AddrMask.prefixLength, "; the network is ");
    add_network(out, subnet.v6AddrMask);
  }
}

std::string_view family(const ConditionValue& subnet) { return subnet.type == DataType::v4AddrMask ? "IPv4" : "IPv6"; }

// False where the event does not have what the finding is about.
bool add_values(Appender& out, const Finding& finding, const Event& event) {
  const ConditionValue& subnet = finding.field.step(0) == Step::remoteSubNet ? event.remoteSubNet : event.localSubNet;
  const std::string_view side = to_string(finding.field.step(0));
  switch (finding.rule) {
    case Rule::failurePointRange: add_out_of_range(out, finding.field, event.failurePoint); break;
    case Rule::keyingModuleRange: add_out_of_range(out, finding.field, event.keyingModuleType); break;
    case Rule::qmStateRange: add_out_of_range(out, finding.field, event.qmState); break;
    case Rule::saRoleRange: add_out_of_range(out, finding.field, event.saRole); break;
    case Rule::trafficTypeRange: add_out_of_range(out, finding.field, event.saTrafficType); break;
    case Rule::subnetType:
      out.add(side, " is of type ");
      add_type(out, subnet.type);
      out.add(", expected FWP_V4_ADDR_MASK or FWP_V6_ADDR_MASK");
      break;
    case Rule::subnetNull:
      out.add(side, " is a NULL pointer of type ");
      add_type(out, subnet.type);
      out.add(", expected a subnet");
      break;
    case Rule::v4MaskContiguous:
      if (subnet.type != DataType::v4AddrMask || subnet.is_null) return false;
      out.add("the mask is ");
      add_v4(out, subnet.v4AddrMask.mask);
      out.add(", expected one bits followed by zero bits");
      break;
    case Rule::v6PrefixLength:
      if (subnet.type != DataType::v6AddrMask || subnet.is_null) return false;
      out.add("the prefix length is ", subnet.v6AddrMask.prefixLength, ", expected at most 128");
      break;
    case Rule::subnetFamilyMismatch:
      if (!event.localSubNet.holds_mask() || !event.remoteSubNet.holds_mask()) return false;
      out.add("remoteSubNet is an ", family(event.remoteSubNet), " subnet, but localSubNet is an ",
              family(event.localSubNet), " subnet");
      break;
    case Rule::subnetHostBits:
      if (!subnet.holds_mask()) return false;
      add_host_bits(out, subnet);
      break;
    case Rule::errorCodeSuccess:
      out.add("failureErrorCode is 0 (ERROR_SUCCESS), expected the code of a failure");
      break;
    case Rule::errorCodeMarker:
      out.add("failureErrorCode is ", event.failureErrorCode, " (", error_name(event.failureErrorCode),
              "), which marks a range in winerror.h and is not an error");
      break;
  }
  return true;
}

}  // namespace

void add_explanation(Appender& out, const Finding& finding, const Event& event) {
  if (!add_values(out, finding, event)) out.add(message(finding.rule));
}

std::string explain(const Finding& finding, const Event& event) {
  return text_of([&](Appender& out) { add_explanation(out, finding, event); });
}

}  // namespace qmforge
