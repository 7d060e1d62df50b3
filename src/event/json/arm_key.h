// The JSON key of a value's arm.
#pragma once

#include <string_view>

#include "qmforge/names.h"
#include "qmforge/value.h"

namespace qmforge::json {

/// The arm's name; empty if the type has no arm in this kind of value: FWP_EMPTY, masks and ranges in a range, and
/// invalid types.
inline std::string_view arm_key(const ConditionValue& value) { return arm_name(value.type); }
inline std::string_view arm_key(const Value& value) {
  return is_value_type(value.type) ? arm_name(value.type) : std::string_view();
}

}  // namespace qmforge::json
