// The names, severities and sentences of the validator's rules.
#include "qmforge/findings.h"

#include <algorithm>

namespace qmforge {

std::string_view to_string(Rule rule) noexcept {
  switch (rule) {
    case Rule::failurePointRange: return "failure-point-range";
    case Rule::keyingModuleRange: return "keying-module-range";
    case Rule::qmStateRange: return "qm-state-range";
    case Rule::saRoleRange: return "sa-role-range";
    case Rule::trafficTypeRange: return "traffic-type-range";
    case Rule::subnetType: return "subnet-type";
    case Rule::subnetNull: return "subnet-null";
    case Rule::v4MaskContiguous: return "v4-mask-contiguous";
    case Rule::v6PrefixLength: return "v6-prefix-length";
    case Rule::subnetFamilyMismatch: return "subnet-family-mismatch";
    case Rule::subnetHostBits: return "subnet-host-bits";
    case Rule::errorCodeSuccess: return "error-code-success";
    case Rule::errorCodeMarker: return "error-code-marker";
  }
  return {};
}

Severity severity(Rule rule) noexcept {
  return rule < Rule::subnetFamilyMismatch ? Severity::error : Severity::warning;
}

std::string_view to_string(Severity severity) noexcept { return severity == Severity::error ? "error" : "warning"; }

std::string_view message(Rule rule) noexcept {
  switch (rule) {
    case Rule::failurePointRange: return "failurePoint is not a valid IPSEC_FAILURE_POINT value";
    case Rule::keyingModuleRange: return "keyingModuleType is not a valid IKEEXT_KEY_MODULE_TYPE value";
    case Rule::qmStateRange: return "qmState is not a valid IKEEXT_QM_SA_STATE value";
    case Rule::saRoleRange: return "saRole is not a valid IKEEXT_SA_ROLE value";
    case Rule::trafficTypeRange: return "saTrafficType is not a valid IPSEC_TRAFFIC_TYPE value";
    case Rule::subnetType: return "a tunnel's subnet must be FWP_V4_ADDR_MASK or FWP_V6_ADDR_MASK";
    case Rule::subnetNull: return "a tunnel's subnet is NULL";
    case Rule::v4MaskContiguous: return "the IPv4 mask is not contiguous: one bits followed by zero bits";
    case Rule::v6PrefixLength: return "the IPv6 prefix length is above 128";
    case Rule::subnetFamilyMismatch: return "the local and the remote subnet differ in address family";
    case Rule::subnetHostBits: return "the address has bits set outside its mask";
    case Rule::errorCodeSuccess: return "a failure has the error code ERROR_SUCCESS";
    case Rule::errorCodeMarker: return "the error code marks a range in winerror.h and is not an error";
  }
  return {};
}

bool Findings::has_error() const noexcept {
  return std::ranges::any_of(*this, [](const Finding& f) { return severity(f.rule) == Severity::error; });
}

bool operator==(const Findings& a, const Findings& b) noexcept { return std::ranges::equal(a, b); }

}  // namespace qmforge
