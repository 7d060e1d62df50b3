// Whether two events, or two values in them, are equal: contents are compared, not pointers.
#include "qmforge/event.h"
#include "qmforge/value.h"
#include "qmforge/views.h"

namespace qmforge {
namespace {

bool equal_arms(DataType type, const ValueArm& a, const ValueArm& b) noexcept {
  bool equal = true;
  visit_arm(type, a, [&]<class Arm>(DataType, const Arm& arm_of_a) {
    // A union and its member of type Arm have one address and are pointer-interconvertible.
    equal = arm_of_a == *reinterpret_cast<const Arm*>(&b);
  });
  return equal;
}

}  // namespace

bool operator==(const SidAndAttributesView& a, const SidAndAttributesView& b) noexcept {
  if (a.is_null() != b.is_null() || a.size() != b.size()) return false;
  auto in_b = b.begin();
  for (const SidAndAttributes& in_a : a) {
    if (in_a != *in_b) return false;
    ++in_b;
  }
  return true;
}

bool operator==(const Value& a, const Value& b) noexcept {
  return a.type == b.type && a.is_null == b.is_null && (a.is_null || equal_arms(a.type, a.arm, b.arm));
}

bool operator==(const Range& a, const Range& b) noexcept {
  return a.valueLow == b.valueLow && a.valueHigh == b.valueHigh;
}

bool operator==(const ConditionValue& a, const ConditionValue& b) noexcept {
  if (a.type != b.type || a.is_null != b.is_null) return false;
  if (a.is_null) return true;
  switch (a.type) {
    case DataType::v4AddrMask: return a.v4AddrMask == b.v4AddrMask;
    case DataType::v6AddrMask: return a.v6AddrMask == b.v6AddrMask;
    case DataType::range: return a.rangeValue == b.rangeValue;
    default: return equal_arms(a.type, a.arm, b.arm);
  }
}

bool operator==(const Event& a, const Event& b) noexcept {
  if (a.revision != b.revision || a.failureErrorCode != b.failureErrorCode || a.failurePoint != b.failurePoint ||
      a.keyingModuleType != b.keyingModuleType || a.qmState != b.qmState || a.saRole != b.saRole ||
      a.saTrafficType != b.saTrafficType || a.qmFilterId != b.qmFilterId)
    return false;
  if (a.revision == Revision::r1 && (a.mmSaLuid != b.mmSaLuid || a.mmProviderContextKey != b.mmProviderContextKey))
    return false;
  return !a.has_subnets() || (a.localSubNet == b.localSubNet && a.remoteSubNet == b.remoteSubNet);
}

}  // namespace qmforge
