// The rules as a table of independent predicates: one row for each possible finding, in the order of the report.
#include "qmforge/sim/expected.h"

#include <algorithm>
#include <array>

namespace qmforge::sim {
namespace {

const ConditionValue& subnet(const Event& e, Step side) {
  return side == Step::localSubNet ? e.localSubNet : e.remoteSubNet;
}

bool is_net_mask(std::uint32_t mask) {
  for (unsigned ones = 1; ones <= 32; ++ones)
    if (mask == 0xffffffffU << (32 - ones)) return true;
  return mask == 0;
}

bool has_v4_host_bits(const V4AddrMask& v) {
  for (std::uint32_t bit = 1; bit != 0; bit <<= 1)
    if ((v.addr & bit) != 0 && (v.mask & bit) == 0) return true;
  return false;
}

bool has_v6_host_bits(const V6AddrMask& v) {
  for (std::size_t bit = v.prefixLength; bit < 128; ++bit)
    if (((v.addr[bit / 8] >> (7 - bit % 8)) & 1) != 0) return true;
  return false;
}

bool is_tunnel(const Event& e) { return e.saTrafficType == TrafficType::tunnel; }

constexpr bool is_error = true;
constexpr bool is_warning = false;

struct Row {
  Rule rule;
  bool error;
  FieldPath field;
  bool (*broken)(const Event& e);
};

// The rows of one subnet. Each depends only on the event, not on earlier rows.
template <Step side>
constexpr std::array<Row, 7> subnet_rows = {{
    {Rule::subnetType, is_error, FieldPath(side) / Step::type,
     [](const Event& e) {
       const DataType type = subnet(e, side).type;
       return is_tunnel(e) && type != DataType::v4AddrMask && type != DataType::v6AddrMask;
     }},
    {Rule::subnetNull, is_error, FieldPath(side) / Step::v4AddrMask,
     [](const Event& e) {
       return is_tunnel(e) && subnet(e, side).type == DataType::v4AddrMask && subnet(e, side).is_null;
     }},
    {Rule::subnetNull, is_error, FieldPath(side) / Step::v6AddrMask,
     [](const Event& e) {
       return is_tunnel(e) && subnet(e, side).type == DataType::v6AddrMask && subnet(e, side).is_null;
     }},
    {Rule::v4MaskContiguous, is_error, FieldPath(side) / Step::v4AddrMask / Step::mask,
     [](const Event& e) {
       return is_tunnel(e) && subnet(e, side).holds(DataType::v4AddrMask) &&
              !is_net_mask(subnet(e, side).v4AddrMask.mask);
     }},
    {Rule::subnetHostBits, is_warning, FieldPath(side) / Step::v4AddrMask / Step::addr,
     [](const Event& e) {
       return is_tunnel(e) && subnet(e, side).holds(DataType::v4AddrMask) &&
              has_v4_host_bits(subnet(e, side).v4AddrMask);
     }},
    {Rule::v6PrefixLength, is_error, FieldPath(side) / Step::v6AddrMask / Step::prefixLength,
     [](const Event& e) {
       return is_tunnel(e) && subnet(e, side).holds(DataType::v6AddrMask) &&
              subnet(e, side).v6AddrMask.prefixLength > 128;
     }},
    {Rule::subnetHostBits, is_warning, FieldPath(side) / Step::v6AddrMask / Step::addr,
     [](const Event& e) {
       return is_tunnel(e) && subnet(e, side).holds(DataType::v6AddrMask) &&
              has_v6_host_bits(subnet(e, side).v6AddrMask);
     }},
}};

constexpr std::array<Row, 5> enumeration_rows = {{
    {Rule::failurePointRange, is_error, Step::failurePoint,
     [](const Event& e) { return static_cast<std::uint32_t>(e.failurePoint) > 2; }},
    {Rule::keyingModuleRange, is_error, Step::keyingModuleType,
     [](const Event& e) { return static_cast<std::uint32_t>(e.keyingModuleType) > 2; }},
    {Rule::qmStateRange, is_error, Step::qmState,
     [](const Event& e) { return static_cast<std::uint32_t>(e.qmState) > 3; }},
    {Rule::saRoleRange, is_error, Step::saRole,
     [](const Event& e) { return static_cast<std::uint32_t>(e.saRole) > 1; }},
    {Rule::trafficTypeRange, is_error, Step::saTrafficType,
     [](const Event& e) { return static_cast<std::uint32_t>(e.saTrafficType) > 1; }},
}};

bool is_marker(std::uint32_t code) { return code == 13800 || code == 13897 || code == 13909; }

constexpr std::array<Row, 3> last_rows = {{
    {Rule::subnetFamilyMismatch, is_warning, Step::remoteSubNet,
     [](const Event& e) {
       return is_tunnel(e) && e.localSubNet.holds_mask() && e.remoteSubNet.holds_mask() &&
              e.localSubNet.type != e.remoteSubNet.type;
     }},
    {Rule::errorCodeSuccess, is_warning, Step::failureErrorCode,
     [](const Event& e) { return e.failureErrorCode == 0; }},
    {Rule::errorCodeMarker, is_warning, Step::failureErrorCode,
     [](const Event& e) { return is_marker(e.failureErrorCode); }},
}};

template <class Visitor>
void for_each_row(Visitor&& visitor) {
  for (const Row& row : enumeration_rows) visitor(row);
  for (const Row& row : subnet_rows<Step::localSubNet>) visitor(row);
  for (const Row& row : subnet_rows<Step::remoteSubNet>) visitor(row);
  for (const Row& row : last_rows) visitor(row);
}

}  // namespace

Findings expected_findings(const Event& event) {
  Findings findings;
  for_each_row([&](const Row& row) {
    if (row.broken(event)) findings.add(row.rule, row.field);
  });
  return findings;
}

Verdict expected_verdict(const Findings& findings) {
  bool invalid = false;
  for_each_row([&](const Row& row) {
    invalid |=
        row.error && std::ranges::any_of(findings, [&](const Finding& finding) { return finding.rule == row.rule; });
  });
  return invalid ? Verdict::invalid : Verdict::valid;
}

bool is_suspect_error_code(std::uint32_t code) { return code == 0 || is_marker(code); }

}  // namespace qmforge::sim
