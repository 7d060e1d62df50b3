// The validator's rules.
#include "qmforge/validate.h"

#include <algorithm>

#include "qmforge/names.h"
#include "quick_check.h"

namespace qmforge {

namespace {

using detail::all_zero;
using detail::broken_bits;
using detail::error_code_markers;
using detail::host_bits;

constexpr bool is_success(std::uint32_t error_code) noexcept { return error_code == 0; }

constexpr bool is_marker(std::uint32_t error_code) noexcept {
  return std::ranges::find(error_code_markers, error_code) != error_code_markers.end();
}

/// Checks one subnet of a tunnel. Returns whether it is a mask and not NULL, so that its family can be compared.
QMFORGE_INLINE bool check_subnet(const ConditionValue& subnet, Step step, Findings& findings) noexcept {
  const FieldPath field = step;
  if (subnet.type != DataType::v4AddrMask && subnet.type != DataType::v6AddrMask) {
    findings.add(Rule::subnetType, field / Step::type);
    return false;
  }
  if (subnet.is_null) {
    findings.add(Rule::subnetNull, field / arm_step(subnet.type));
    return false;
  }
  if (subnet.type == DataType::v4AddrMask) {
    if (broken_bits(subnet.v4AddrMask) != 0)
      findings.add(Rule::v4MaskContiguous, field / Step::v4AddrMask / Step::mask);
    if (host_bits(subnet.v4AddrMask) != 0) findings.add(Rule::subnetHostBits, field / Step::v4AddrMask / Step::addr);
  } else if (subnet.v6AddrMask.prefixLength > 128) {
    findings.add(Rule::v6PrefixLength, field / Step::v6AddrMask / Step::prefixLength);
  } else if (!all_zero(host_bits(subnet.v6AddrMask))) {
    findings.add(Rule::subnetHostBits, field / Step::v6AddrMask / Step::addr);
  }
  return true;
}

/// Checks every rule, in the order of the findings.
QMFORGE_HOT Findings find_all(const Event& event) noexcept {
  Findings findings;
  if (!is_valid(event.failurePoint)) findings.add(Rule::failurePointRange, Step::failurePoint);
  if (!is_valid(event.keyingModuleType)) findings.add(Rule::keyingModuleRange, Step::keyingModuleType);
  if (!is_valid(event.qmState)) findings.add(Rule::qmStateRange, Step::qmState);
  if (!is_valid(event.saRole)) findings.add(Rule::saRoleRange, Step::saRole);
  if (!is_valid(event.saTrafficType)) findings.add(Rule::trafficTypeRange, Step::saTrafficType);
  if (event.has_subnets()) {
    const bool local_is_mask = check_subnet(event.localSubNet, Step::localSubNet, findings);
    const bool remote_is_mask = check_subnet(event.remoteSubNet, Step::remoteSubNet, findings);
    if (local_is_mask && remote_is_mask && event.localSubNet.type != event.remoteSubNet.type)
      findings.add(Rule::subnetFamilyMismatch, Step::remoteSubNet);
  }
  if (is_success(event.failureErrorCode)) findings.add(Rule::errorCodeSuccess, Step::failureErrorCode);
  if (is_marker(event.failureErrorCode)) findings.add(Rule::errorCodeMarker, Step::failureErrorCode);
  return findings;
}

/// A cold call, so that the compiler lays out validate() for events without findings. find_all() itself is not cold: a
/// tunnel between two families is valid and has a finding.
QMFORGE_COLD Findings find(const Event& event) noexcept { return find_all(event); }

}  // namespace

Findings validate(const Event& event) noexcept {
  if (detail::passes_quick_check(event)) [[likely]]
    return {};
  return find(event);
}

}  // namespace qmforge
