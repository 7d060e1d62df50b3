// Findings of a validator: the rule that an event breaks, its severity, and the field that breaks it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "qmforge/field_path.h"

namespace qmforge {

enum class Severity : std::uint8_t { error, warning };

/// A rule for the values of an event. The comment is the condition for a finding, and its source.
enum class Rule : std::uint8_t {
  // errors
  failurePointRange,  // failurePoint is not a valid value (Learn: MAX members are for parameter validation only)
  keyingModuleRange,  // likewise keyingModuleType
  qmStateRange,       // likewise qmState
  saRoleRange,        // likewise saRole
  trafficTypeRange,   // likewise saTrafficType; never after decoding, since the union has no such arm
  subnetType,         // a tunnel's subnet is neither FWP_V4_ADDR_MASK nor FWP_V6_ADDR_MASK (fwpmtypes.idl)
  subnetNull,         // a tunnel's subnet whose mask pointer is NULL
  v4MaskContiguous,   // an IPv4 mask is not ones followed by zeros (WFP's FWP_E_INVALID_NET_MASK)
  v6PrefixLength,     // an IPv6 prefix length is above 128
  // warnings
  subnetFamilyMismatch,  // the local and the remote subnet, both non-NULL masks, differ in family
  subnetHostBits,        // an address has bits set outside its mask
  errorCodeSuccess,      // failureErrorCode is 0
  errorCodeMarker,       // failureErrorCode is 13800, 13897 or 13909: range markers, not errors
};

/// The name of a rule in docs/format.md and in JSON: `v4-mask-contiguous`.
[[nodiscard]] std::string_view to_string(Rule rule) noexcept;
[[nodiscard]] Severity severity(Rule rule) noexcept;
[[nodiscard]] std::string_view to_string(Severity severity) noexcept;  // `error`, `warning`
/// The finding as a sentence.
[[nodiscard]] std::string_view message(Rule rule) noexcept;

struct Finding {
  Rule rule;
  FieldPath field;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// The findings for one event, in the order: enumerations, local subnet, remote subnet, both subnets together, error
/// code. A value with room for the greatest number of findings that an event can have; it does not allocate.
class Findings {
 public:
  /// A tunnel has the most: four enumerations, the error code, and for its subnets four: two for each of two IPv4
  /// subnets, or three and the family mismatch for an IPv4 and an IPv6 subnet.
  static constexpr std::size_t capacity = 9;

  Findings() noexcept {}  // the array stays uninitialised: only its first size_ elements are ever read
  void add(Rule rule, const FieldPath& field) noexcept { std::construct_at(&found_[size_++], Finding{rule, field}); }

  [[nodiscard]] const Finding* begin() const noexcept { return found_; }
  [[nodiscard]] const Finding* end() const noexcept { return found_ + size_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  /// Whether a finding has severity error.
  [[nodiscard]] bool has_error() const noexcept;

  friend bool operator==(const Findings& a, const Findings& b) noexcept;

 private:
  std::size_t size_ = 0;
  union {
    Finding found_[capacity];
  };
};

}  // namespace qmforge
