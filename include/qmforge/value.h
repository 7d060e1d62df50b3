// FWP_VALUE0 and FWP_CONDITION_VALUE0: a type and the union arm that it selects.
//
// Read only the arm that `type` selects, and only when `is_null` is false; `visit` does it for you. Values own nothing:
// what their views point to lives as the views' header says.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "qmforge/enums.h"
#include "qmforge/names.h"
#include "qmforge/views.h"

namespace qmforge {

namespace detail {
/// For decoders, which write every member themselves: clearing them first would cost as much as reading the message.
struct Uninitialized {};
}  // namespace detail

/// FWP_V4_ADDR_AND_MASK. Both in host order, as Windows has them: 10.0.0.0 is 0x0a000000.
struct V4AddrMask {
  std::uint32_t addr;
  std::uint32_t mask;

  friend bool operator==(const V4AddrMask&, const V4AddrMask&) = default;
};

/// FWP_V6_ADDR_AND_MASK. The address is in network order. 17 bytes, alignment 1.
struct V6AddrMask {
  std::array<std::uint8_t, 16> addr;
  std::uint8_t prefixLength;  // bits, at most 128 in a valid event

  friend bool operator==(const V6AddrMask&, const V6AddrMask&) = default;
};

/// FWP_TOKEN_INFORMATION. Each count is the size of its array; if the array is NULL, the count may be any number.
struct TokenInformation {
  std::uint32_t sidCount;
  std::uint32_t restrictedSidCount;
  SidAndAttributesView sids;
  SidAndAttributesView restrictedSids;

  friend bool operator==(const TokenInformation&, const TokenInformation&) = default;
};

/// The arms of FWP_VALUE0. Default-initialised, the union is indeterminate.
union ValueArm {
  std::uint8_t uint8;  // also FWP_BITMAP_INDEX_TYPE
  std::uint16_t uint16;
  std::uint32_t uint32;
  std::uint64_t uint64;
  std::int8_t int8;
  std::int16_t int16;
  std::int32_t int32;
  std::int64_t int64;
  std::uint32_t float32;   // the bits of an IEEE 754 binary32: a NaN's payload survives, and equality is exact
  std::uint64_t double64;  // the bits of an IEEE 754 binary64
  std::array<std::uint8_t, 16> byteArray16;
  std::array<std::uint8_t, 6> byteArray6;
  std::array<std::uint8_t, 8> bitmapArray64;
  ByteBlob byteBlob;
  Sid sid;
  ByteBlob sd;
  TokenInformation tokenInformation;
  ByteBlob tokenAccessInformation;
  Utf16View unicodeString;

  ValueArm() noexcept {}
};

/// FWP_VALUE0. In a decoded value, `type` is at most 20 (FWP_BITMAP_ARRAY64_TYPE).
struct Value {
  DataType type;
  bool is_null;  // the arm is a NULL pointer
  ValueArm arm;

  /// FWP_EMPTY.
  Value() noexcept : Value(DataType::empty) {}
  /// A value with an indeterminate arm, which the caller sets (FWP_EMPTY and NULL pointers have none).
  explicit Value(DataType value_type, bool null = false) noexcept : type(value_type), is_null(null) {}
};

/// FWP_RANGE0. A range holds neither masks nor ranges.
struct Range {
  Value valueLow;
  Value valueHigh;
};

/// FWP_CONDITION_VALUE0.
struct ConditionValue {
  DataType type;
  bool is_null;  // the arm is a NULL pointer
  union {
    ValueArm arm;           // every type up to 20
    V4AddrMask v4AddrMask;  // FWP_V4_ADDR_MASK
    V6AddrMask v6AddrMask;  // FWP_V6_ADDR_MASK
    Range rangeValue;       // FWP_RANGE_TYPE
  };

  /// FWP_EMPTY.
  ConditionValue() noexcept : ConditionValue(DataType::empty) {}
  /// A value with an indeterminate arm, which the caller sets (FWP_EMPTY and NULL pointers have none).
  explicit ConditionValue(DataType value_type, bool null = false) noexcept : type(value_type), is_null(null) {}
  explicit ConditionValue(detail::Uninitialized) noexcept {}

  /// Whether the arm of this type can be read: `type` is `wanted`, and the pointer is not NULL.
  [[nodiscard]] bool holds(DataType wanted) const noexcept { return type == wanted && !is_null; }
  /// Whether it is FWP_V4_ADDR_MASK or FWP_V6_ADDR_MASK, and not NULL.
  [[nodiscard]] bool holds_mask() const noexcept { return holds(DataType::v4AddrMask) || holds(DataType::v6AddrMask); }
};

/// Calls `visitor(type, arm)` with a const reference to the arm that `type` selects; does nothing for FWP_EMPTY and for
/// a type without an arm. `visitor` must accept (DataType, const T&) for the C type T of every arm.
template <class Visitor>
void visit_arm(DataType type, const ValueArm& arm, Visitor&& visitor) {
  switch (type) {
    case DataType::empty: break;
    case DataType::uint8:
    case DataType::bitmapIndex: visitor(type, arm.uint8); break;
    case DataType::uint16: visitor(type, arm.uint16); break;
    case DataType::uint32: visitor(type, arm.uint32); break;
    case DataType::uint64: visitor(type, arm.uint64); break;
    case DataType::int8: visitor(type, arm.int8); break;
    case DataType::int16: visitor(type, arm.int16); break;
    case DataType::int32: visitor(type, arm.int32); break;
    case DataType::int64: visitor(type, arm.int64); break;
    case DataType::float32: visitor(type, arm.float32); break;
    case DataType::double64: visitor(type, arm.double64); break;
    case DataType::byteArray16: visitor(type, arm.byteArray16); break;
    case DataType::byteBlob: visitor(type, arm.byteBlob); break;
    case DataType::sid: visitor(type, arm.sid); break;
    case DataType::securityDescriptor: visitor(type, arm.sd); break;
    case DataType::tokenInformation: visitor(type, arm.tokenInformation); break;
    case DataType::tokenAccessInformation: visitor(type, arm.tokenAccessInformation); break;
    case DataType::unicodeString: visitor(type, arm.unicodeString); break;
    case DataType::byteArray6: visitor(type, arm.byteArray6); break;
    case DataType::bitmapArray64: visitor(type, arm.bitmapArray64); break;
    default: break;
  }
}

/// The same for a value; does nothing for a NULL pointer.
template <class Visitor>
void visit(const Value& value, Visitor&& visitor) {
  if (!value.is_null) visit_arm(value.type, value.arm, std::forward<Visitor>(visitor));
}

/// The same; FWP_CONDITION_VALUE0 has additional arms of types V4AddrMask, V6AddrMask and Range.
template <class Visitor>
void visit(const ConditionValue& value, Visitor&& visitor) {
  if (value.is_null) return;
  switch (value.type) {
    case DataType::v4AddrMask: visitor(value.type, value.v4AddrMask); break;
    case DataType::v6AddrMask: visitor(value.type, value.v6AddrMask); break;
    case DataType::range: visitor(value.type, value.rangeValue); break;
    default: visit_arm(value.type, value.arm, std::forward<Visitor>(visitor)); break;
  }
}

/// Equal types and equal arms, or equal types and both NULL. Arrays and strings are compared by contents.
[[nodiscard]] bool operator==(const Value& a, const Value& b) noexcept;
[[nodiscard]] bool operator==(const Range& a, const Range& b) noexcept;
[[nodiscard]] bool operator==(const ConditionValue& a, const ConditionValue& b) noexcept;

}  // namespace qmforge
