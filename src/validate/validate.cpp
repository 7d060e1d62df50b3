// The rules, each where its field is judged.
#include "qmforge/validate.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "qmforge/names.h"

namespace qmforge {

namespace {

/// Ones, then zeros; all ones (/32) and all zeros (/0) are masks too.
constexpr bool is_contiguous(std::uint32_t mask) noexcept {
  const std::uint32_t host_bits = ~mask;
  return (host_bits & (host_bits + 1)) == 0;
}

std::uint64_t load_big_endian(const std::uint8_t* bytes) noexcept {
  std::uint64_t value;
  std::memcpy(&value, bytes, sizeof(value));
  return std::endian::native == std::endian::big ? value : std::byteswap(value);
}

/// The bits of a 64-bit half of an address that lie beyond the first `prefix` bits of that half.
constexpr std::uint64_t host_bits(unsigned prefix) noexcept { return prefix >= 64 ? 0 : ~std::uint64_t{0} >> prefix; }

bool has_host_bits(const V6AddrMask& subnet) noexcept {
  const unsigned prefix = subnet.prefixLength;
  const std::uint64_t high = load_big_endian(subnet.addr.data()) & host_bits(prefix);
  const std::uint64_t low = load_big_endian(subnet.addr.data() + 8) & host_bits(prefix < 64 ? 0 : prefix - 64);
  return (high | low) != 0;
}

/// Judges one subnet of a tunnel. Returns whether it is a mask that is there, so that its family can be compared.
[[gnu::always_inline]] inline bool check_subnet(const ConditionValue& subnet, Step step, Findings& findings) noexcept {
  const FieldPath field = step;
  if (subnet.type != DataType::v4AddrMask && subnet.type != DataType::v6AddrMask) {
    findings.add(Rule::subnetType, field / Step::type);
    return false;
  }
  if (subnet.isNull) {
    findings.add(Rule::subnetNull, field / arm_step(subnet.type));
    return false;
  }
  if (subnet.type == DataType::v4AddrMask) {
    const auto [addr, mask] = subnet.v4AddrMask;
    if (!is_contiguous(mask)) findings.add(Rule::v4MaskContiguous, field / Step::v4AddrMask / Step::mask);
    if ((addr & ~mask) != 0) findings.add(Rule::subnetHostBits, field / Step::v4AddrMask / Step::addr);
  } else {
    if (subnet.v6AddrMask.prefixLength > 128)
      findings.add(Rule::v6PrefixLength, field / Step::v6AddrMask / Step::prefixLength);
    if (has_host_bits(subnet.v6AddrMask)) findings.add(Rule::subnetHostBits, field / Step::v6AddrMask / Step::addr);
  }
  return true;
}

}  // namespace

Findings validate(const Event& event) noexcept {
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
  switch (event.failureErrorCode) {
    case 0: findings.add(Rule::errorCodeSuccess, Step::failureErrorCode); break;
    case 13800:  // ERROR_IPSEC_IKE_NEG_STATUS_BEGIN, _END and _EXTENDED_END: range markers of winerror.h, not errors
    case 13897:
    case 13909: findings.add(Rule::errorCodeMarker, Step::failureErrorCode); break;
    default: break;
  }
  return findings;
}

bool Findings::has_error() const noexcept {
  return std::ranges::any_of(*this, [](const Finding& f) { return severity(f.rule) == Severity::error; });
}

bool operator==(const Findings& a, const Findings& b) noexcept { return std::ranges::equal(a, b); }

}  // namespace qmforge
