// The rules, each where its field is judged.
#include "qmforge/validate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "qmforge/names.h"

namespace qmforge {

namespace {

constexpr bool is_success(std::uint32_t error_code) noexcept { return error_code == 0; }

/// ERROR_IPSEC_IKE_NEG_STATUS_BEGIN, _END and _EXTENDED_END: range markers of winerror.h, not errors.
constexpr bool is_marker(std::uint32_t error_code) noexcept {
  return error_code == 13800 || error_code == 13897 || error_code == 13909;
}

// What is wrong with a mask, as bits: none for one that is sound.

/// A mask is ones, then zeros; all ones (/32) and all zeros (/0) are masks too.
constexpr std::uint32_t broken_bits(std::uint32_t mask) noexcept {
  const std::uint32_t host_bits = ~mask;
  return host_bits & (host_bits + 1);
}

constexpr std::uint32_t host_bits(const V4AddrMask& subnet) noexcept { return subnet.addr & ~subnet.mask; }

/// By prefix length: the bits of an address that lie beyond it, as its two halves stand in memory.
constexpr auto bits_beyond = [] {
  std::array<std::array<std::uint64_t, 2>, 129> table{};
  for (unsigned prefix = 0; prefix <= 128; ++prefix)
    for (unsigned bit = prefix; bit < 128; ++bit) {
      const std::uint64_t big_endian = std::uint64_t{1} << (63 - bit % 64);
      table[prefix][bit / 64] |= std::endian::native == std::endian::big ? big_endian : std::byteswap(big_endian);
    }
  return table;
}();

/// Of a prefix of at most 128 bits.
std::uint64_t host_bits(const V6AddrMask& subnet) noexcept {
  std::uint64_t halves[2];
  std::memcpy(halves, subnet.addr.data(), sizeof(halves));
  const auto& beyond = bits_beyond[subnet.prefixLength];
  return (halves[0] & beyond[0]) | (halves[1] & beyond[1]);
}

/// Whether there is nothing to find, as far as can be told without a branch that depends on an address: in a stream of
/// events such branches are mispredicted. Where this says no there may still be nothing.
[[gnu::always_inline]] inline bool looks_sound(const Event& event) noexcept {
  if (!is_valid(event.failurePoint) || !is_valid(event.keyingModuleType) || !is_valid(event.qmState) ||
      !is_valid(event.saRole) || !is_valid(event.saTrafficType) || is_success(event.failureErrorCode) ||
      is_marker(event.failureErrorCode)) [[unlikely]]
    return false;
  if (!event.has_subnets()) return true;
  const ConditionValue& local = event.localSubNet;
  const ConditionValue& remote = event.remoteSubNet;
  if (local.isNull || remote.isNull || local.type != remote.type) [[unlikely]]
    return false;
  if (local.type == DataType::v4AddrMask) {
    const V4AddrMask& a = local.v4AddrMask;
    const V4AddrMask& b = remote.v4AddrMask;
    return (broken_bits(a.mask) | host_bits(a) | broken_bits(b.mask) | host_bits(b)) == 0;
  }
  if (local.type != DataType::v6AddrMask) [[unlikely]]
    return false;
  const V6AddrMask& a = local.v6AddrMask;
  const V6AddrMask& b = remote.v6AddrMask;
  return a.prefixLength <= 128 && b.prefixLength <= 128 && (host_bits(a) | host_bits(b)) == 0;
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
    if (broken_bits(subnet.v4AddrMask.mask) != 0)
      findings.add(Rule::v4MaskContiguous, field / Step::v4AddrMask / Step::mask);
    if (host_bits(subnet.v4AddrMask) != 0) findings.add(Rule::subnetHostBits, field / Step::v4AddrMask / Step::addr);
  } else if (subnet.v6AddrMask.prefixLength > 128) {
    findings.add(Rule::v6PrefixLength, field / Step::v6AddrMask / Step::prefixLength);
  } else if (host_bits(subnet.v6AddrMask) != 0) {
    findings.add(Rule::subnetHostBits, field / Step::v6AddrMask / Step::addr);
  }
  return true;
}

/// Looks at everything, rule by rule.
[[gnu::hot, gnu::noinline]] Findings find_all(const Event& event) noexcept {
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

/// Cold, so that the compiler lays the way of a sound event straight; what it calls is not.
[[gnu::cold, gnu::noinline]] Findings find(const Event& event) noexcept { return find_all(event); }

}  // namespace

Findings validate(const Event& event) noexcept {
  if (looks_sound(event)) [[likely]]
    return {};
  return find(event);
}

bool Findings::has_error() const noexcept {
  return std::ranges::any_of(*this, [](const Finding& f) { return severity(f.rule) == Severity::error; });
}

bool operator==(const Findings& a, const Findings& b) noexcept { return std::ranges::equal(a, b); }

}  // namespace qmforge
