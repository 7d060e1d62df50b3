// FWP_CONDITION_VALUE0 and FWP_VALUE0: which type, NULL or not, and the arm.
#include "grammar.h"

namespace qmforge::sim {
namespace {

// The types that have an arm and are not valid for a subnet: 0 to 20, and the range.
constexpr std::uint64_t value_types = 21;
constexpr std::uint64_t other_types = value_types + 1;

// Invalid types: neighbours of the valid ones, with the MAX members.
constexpr std::array<std::uint32_t, 6> invalid_types = {21, 0xff, 0x103, 0x80000000, 0x7fffffff, 0xffffffff};

bool is_mask(DataType type) { return type == DataType::v4AddrMask || type == DataType::v6AddrMask; }

}  // namespace

DataType Grammar::condition_type() {
  enum : std::uint64_t { v4, v6, other, none };
  const std::uint64_t kinds = !is_any() ? other : profile_.unencodable ? none + 1 : none;
  switch (choices_.choose(kinds, Question::subnetKind)) {
    case v4: return DataType::v4AddrMask;
    case v6: return DataType::v6AddrMask;
    case other: {
      const std::uint64_t type = choices_.choose(other_types, Question::otherType);
      return type < value_types ? static_cast<DataType>(type) : DataType::range;
    }
    default: return static_cast<DataType>(choices_.one_of(invalid_types));
  }
}

bool Grammar::is_null(DataType type) {
  if (!is_pointer_type(type)) return false;
  if (is_mask(type) && !is_any()) return false;
  return contents_ == Contents::arbitrary ? choices_.choose(4, Question::null) == 3 : choices_.coin();
}

ValueArm Grammar::arm(DataType type) {
  ValueArm arm;
  switch (type) {
    case DataType::uint8:
    case DataType::bitmapIndex: arm.uint8 = static_cast<std::uint8_t>(scalar(8)); break;
    case DataType::uint16: arm.uint16 = static_cast<std::uint16_t>(scalar(16)); break;
    case DataType::uint32: arm.uint32 = static_cast<std::uint32_t>(scalar(32)); break;
    case DataType::uint64: arm.uint64 = scalar(64); break;
    case DataType::int8: arm.int8 = static_cast<std::int8_t>(scalar(8)); break;
    case DataType::int16: arm.int16 = static_cast<std::int16_t>(scalar(16)); break;
    case DataType::int32: arm.int32 = static_cast<std::int32_t>(scalar(32)); break;
    case DataType::int64: arm.int64 = static_cast<std::int64_t>(scalar(64)); break;
    case DataType::float32: arm.float32 = static_cast<std::uint32_t>(scalar(32)); break;
    case DataType::double64: arm.double64 = scalar(64); break;
    case DataType::byteArray16: arm.byteArray16 = array<16>(); break;
    case DataType::byteBlob: arm.byteBlob = blob(); break;
    case DataType::sid: arm.sid = sid(); break;
    case DataType::securityDescriptor: arm.sd = blob(); break;
    case DataType::tokenInformation: arm.tokenInformation = token(); break;
    case DataType::tokenAccessInformation: arm.tokenAccessInformation = blob(); break;
    case DataType::unicodeString: arm.unicodeString = text(); break;
    case DataType::byteArray6: arm.byteArray6 = array<6>(); break;
    case DataType::bitmapArray64: arm.bitmapArray64 = array<8>(); break;
    default: break;  // FWP_EMPTY, and invalid types
  }
  return arm;
}

Value Grammar::value_of(DataType type) {
  Value value(type, is_null(type));
  if (!value.is_null) value.arm = arm(type);
  return value;
}

Value Grammar::value() { return value_of(static_cast<DataType>(choices_.choose(value_types, Question::valueType))); }

Range Grammar::range() {
  Range range;
  if (contents_ == Contents::fixed) {  // one bound inline, the other behind a pointer
    range.valueLow = Value(DataType::uint8);
    range.valueLow.arm = arm(DataType::uint8);
    range.valueHigh = Value(DataType::uint64);
    range.valueHigh.arm = arm(DataType::uint64);
    return range;
  }
  const Contents outer = contents_;
  if (contents_ == Contents::edges)
    contents_ = Contents::fixed;  // for a range, the edge cases are the types of its bounds
  range.valueLow = value();
  const bool one_type = outer == Contents::arbitrary && !choices_.coin();
  range.valueHigh = one_type ? value_of(range.valueLow.type) : value();
  contents_ = outer;
  return range;
}

ConditionValue Grammar::subnet(Subnet side, std::optional<DataType> only) {
  pattern_ = side == Subnet::local ? 0x20 : 0x90;
  const DataType type = only ? *only : condition_type();
  ConditionValue value(type, is_null(type));
  if (value.is_null) return value;
  switch (type) {
    case DataType::v4AddrMask: value.v4AddrMask = v4_mask(); break;
    case DataType::v6AddrMask: value.v6AddrMask = v6_mask(); break;
    case DataType::range: value.rangeValue = range(); break;
    default: value.arm = arm(type);
  }
  return value;
}

ConditionValue generate_subnet(Choices& choices, const Profile& profile, Subnet side,
                               std::pmr::memory_resource& storage) {
  return Grammar(choices, profile, storage)
      .subnet(side, side == Subnet::local ? profile.local_type : profile.remote_type);
}

Value generate_value(Choices& choices, const Profile& profile, std::pmr::memory_resource& storage) {
  return Grammar(choices, profile, storage).value();
}

}  // namespace qmforge::sim
