#include "filter.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "codes.h"
#include "event_image.h"
#include "guid.h"

namespace qmforge::wfp {
namespace {

using Bytes16 = std::array<std::uint8_t, 16>;

std::uint64_t number(const FILETIME& time) {
  return static_cast<std::uint64_t>(time.dwHighDateTime) << 32 | time.dwLowDateTime;
}

/// FWPM_CONDITION_NET_EVENT_TYPE, which not every header has.
constexpr GUID net_event_type = {0x206e9996, 0x490e, 0x40cf, {0xb8, 0x31, 0xb3, 0x86, 0x41, 0xeb, 0x6f, 0xcb}};

std::optional<Field> field_of(const GUID& key) {
  static const struct {
    const GUID& key;
    Field field;
  } fields[] = {
      {FWPM_CONDITION_IP_PROTOCOL, Field::ipProtocol},
      {FWPM_CONDITION_IP_LOCAL_ADDRESS, Field::localAddress},
      {FWPM_CONDITION_IP_REMOTE_ADDRESS, Field::remoteAddress},
      {FWPM_CONDITION_IP_LOCAL_PORT, Field::localPort},
      {FWPM_CONDITION_IP_REMOTE_PORT, Field::remotePort},
      {FWPM_CONDITION_ALE_APP_ID, Field::appId},
      {FWPM_CONDITION_ALE_USER_ID, Field::userId},
      {net_event_type, Field::eventType},
  };
  for (const auto& entry : fields)
    if (equal(entry.key, key)) return entry.field;
  return std::nullopt;
}

/// A number in network order, at the end of 16 bytes.
Bytes16 big_endian(std::uint32_t value) {
  Bytes16 bytes{};
  for (std::size_t i = 0; i < 4; ++i) bytes[12 + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
  return bytes;
}

template <class Array>
Bytes16 copy16(const Array& from) {
  Bytes16 bytes;
  std::memcpy(bytes.data(), from, bytes.size());
  return bytes;
}

bool is_address(Field field) { return field == Field::localAddress || field == Field::remoteAddress; }

/// One value of a field's own type: both bounds of a condition. The error is the code to return.
template <class V>
std::expected<std::pair<FieldCondition::Operand, Bytes16>, DWORD> single(Field field, const V& value) {
  using Operand = FieldCondition::Operand;
  switch (field) {
    case Field::ipProtocol:
      if (value.type == FWP_UINT8) return std::pair(Operand::number, big_endian(value.uint8));
      break;
    case Field::localPort:
    case Field::remotePort:
      if (value.type == FWP_UINT16) return std::pair(Operand::number, big_endian(value.uint16));
      break;
    case Field::eventType:
      if (value.type == FWP_UINT32) return std::pair(Operand::number, big_endian(value.uint32));
      break;
    default:  // an address
      if (value.type == FWP_UINT32) return std::pair(Operand::v4, big_endian(value.uint32));
      if (value.type != FWP_BYTE_ARRAY16_TYPE) break;
      if (value.byteArray16 == nullptr) return std::unexpected(code::nullPointer);
      return std::pair(Operand::v6, copy16(value.byteArray16->byteArray16));
  }
  return std::unexpected(code::typeMismatch);
}

/// The result of reading a condition's value: 0, or the code to return.
DWORD read_mask(FieldCondition& condition, const FWP_CONDITION_VALUE0& value) {
  if (value.type == FWP_V4_ADDR_MASK) {
    if (value.v4AddrMask == nullptr) return code::nullPointer;
    const auto [addr, mask] = *value.v4AddrMask;
    if ((~mask & (~mask + 1)) != 0) return code::invalidNetMask;
    condition.operand = FieldCondition::Operand::v4;
    condition.low = big_endian(addr & mask);
    condition.high = big_endian(addr | ~mask);
    return code::success;
  }
  if (value.v6AddrMask == nullptr) return code::nullPointer;
  const unsigned prefix = value.v6AddrMask->prefixLength;
  if (prefix > 128) return code::invalidNetMask;
  condition.operand = FieldCondition::Operand::v6;
  condition.low = condition.high = copy16(value.v6AddrMask->addr);
  for (unsigned bit = prefix; bit < 128; ++bit) {
    const auto one = static_cast<std::uint8_t>(0x80u >> (bit % 8));
    condition.low[bit / 8] = static_cast<std::uint8_t>(condition.low[bit / 8] & ~one);
    condition.high[bit / 8] |= one;
  }
  return code::success;
}

DWORD read_range(FieldCondition& condition, const FWP_CONDITION_VALUE0& value) {
  if (value.rangeValue == nullptr) return code::nullPointer;
  const auto low = single(condition.field, value.rangeValue->valueLow);
  const auto high = single(condition.field, value.rangeValue->valueHigh);
  if (!low) return low.error();
  if (!high) return high.error();
  if (low->first != high->first) return code::typeMismatch;
  if (low->second > high->second) return code::invalidRange;
  condition.operand = low->first;
  condition.low = low->second;
  condition.high = high->second;
  return code::success;
}

std::size_t size_of(const SID& sid) { return offsetof(SID, SubAuthority) + std::size_t{4} * sid.SubAuthorityCount; }

DWORD read_bytes(FieldCondition& condition, const FWP_CONDITION_VALUE0& value) {
  condition.operand = FieldCondition::Operand::bytes;
  if (condition.field == Field::appId) {
    if (value.type != FWP_BYTE_BLOB_TYPE) return code::typeMismatch;
    if (value.byteBlob == nullptr || (value.byteBlob->data == nullptr && value.byteBlob->size != 0))
      return code::nullPointer;
    const auto* data = reinterpret_cast<const std::byte*>(value.byteBlob->data);
    condition.blob.assign(data, data + value.byteBlob->size);
    return code::success;
  }
  if (value.type != FWP_SID) return code::typeMismatch;
  if (value.sid == nullptr) return code::nullPointer;
  const auto* data = reinterpret_cast<const std::byte*>(value.sid);
  condition.blob.assign(data, data + size_of(*value.sid));
  return code::success;
}

/// Checks the comparison: less and greater need a single value, a range needs FWP_MATCH_RANGE or equality.
DWORD check_match(const FieldCondition& condition, FWP_DATA_TYPE type) {
  const bool single_number =
      condition.operand != FieldCondition::Operand::bytes && condition.low == condition.high && type != FWP_RANGE_TYPE;
  switch (condition.match) {
    case FWP_MATCH_EQUAL:
    case FWP_MATCH_NOT_EQUAL: return code::success;
    case FWP_MATCH_RANGE: return type == FWP_RANGE_TYPE ? code::success : code::matchTypeMismatch;
    case FWP_MATCH_GREATER:
    case FWP_MATCH_LESS:
    case FWP_MATCH_GREATER_OR_EQUAL:
    case FWP_MATCH_LESS_OR_EQUAL: return single_number ? code::success : code::matchTypeMismatch;
    default: return code::matchTypeMismatch;
  }
}

std::expected<FieldCondition, DWORD> read(const FWPM_FILTER_CONDITION0& condition) {
  const std::optional<Field> field = field_of(condition.fieldKey);
  if (!field) return std::unexpected(code::conditionNotFound);
  FieldCondition result;
  result.field = *field;
  result.match = condition.matchType;
  const FWP_CONDITION_VALUE0& value = condition.conditionValue;
  DWORD status;
  if (*field == Field::appId || *field == Field::userId) {
    status = read_bytes(result, value);
  } else if (is_address(*field) && (value.type == FWP_V4_ADDR_MASK || value.type == FWP_V6_ADDR_MASK)) {
    status = read_mask(result, value);
  } else if (value.type == FWP_RANGE_TYPE) {
    status = read_range(result, value);
  } else if (const auto one = single(*field, value)) {
    result.operand = one->first;
    result.low = result.high = one->second;
    status = code::success;
  } else {
    status = one.error();
  }
  if (status == code::success) status = check_match(result, value.type);
  if (status != code::success) return std::unexpected(status);
  return result;
}

/// Copies what the value at `at` (a copy of `value` already) points to, and points it there. Only the types that a
/// condition may have.
template <class V>
void copy_pointee(Image& image, std::size_t at, const V& value) {
  const std::size_t slot = at + offsetof(FWP_VALUE0, uint64);
  if (value.type == FWP_BYTE_ARRAY16_TYPE) image.point(slot, image.append(*value.byteArray16));
  if (value.type == FWP_SID) image.point(slot, image.append(value.sid, size_of(*value.sid), alignof(SID)));
  if (value.type == FWP_BYTE_BLOB_TYPE) {
    const std::uint32_t blob = image.append(*value.byteBlob);
    image.point(slot, blob);
    if (value.byteBlob->data != nullptr)
      image.point(blob + offsetof(FWP_BYTE_BLOB, data), image.append(value.byteBlob->data, value.byteBlob->size, 1));
  }
  if constexpr (std::is_same_v<V, FWP_CONDITION_VALUE0>) {
    if (value.type == FWP_V4_ADDR_MASK) image.point(slot, image.append(*value.v4AddrMask));
    if (value.type == FWP_V6_ADDR_MASK) image.point(slot, image.append(*value.v6AddrMask));
    if (value.type == FWP_RANGE_TYPE) {
      const std::uint32_t range = image.append(*value.rangeValue);
      image.point(slot, range);
      copy_pointee(image, range + offsetof(FWP_RANGE0, valueLow), value.rangeValue->valueLow);
      copy_pointee(image, range + offsetof(FWP_RANGE0, valueHigh), value.rangeValue->valueHigh);
    }
  }
}

Image copy(const FWPM_NET_EVENT_ENUM_TEMPLATE0& original) {
  Image image;
  image.append(original);
  if (original.numFilterConditions == 0) {
    image.put<void*>(offsetof(FWPM_NET_EVENT_ENUM_TEMPLATE0, filterCondition), nullptr);
    return image;
  }
  const std::uint32_t conditions =
      image.append(original.filterCondition, original.numFilterConditions * sizeof(FWPM_FILTER_CONDITION0),
                   alignof(FWPM_FILTER_CONDITION0));
  image.point(offsetof(FWPM_NET_EVENT_ENUM_TEMPLATE0, filterCondition), conditions);
  for (UINT32 i = 0; i < original.numFilterConditions; ++i)
    copy_pointee(image,
                 conditions + i * sizeof(FWPM_FILTER_CONDITION0) + offsetof(FWPM_FILTER_CONDITION0, conditionValue),
                 original.filterCondition[i].conditionValue);
  return image;
}

/// Whether a field's value is set, of the operand's kind, and matches the condition.
bool compare(const FieldCondition& condition, const Bytes16& value) {
  switch (condition.match) {
    case FWP_MATCH_GREATER: return value > condition.low;
    case FWP_MATCH_GREATER_OR_EQUAL: return value >= condition.low;
    case FWP_MATCH_LESS: return value < condition.low;
    case FWP_MATCH_LESS_OR_EQUAL: return value <= condition.low;
    case FWP_MATCH_NOT_EQUAL: return value < condition.low || value > condition.high;
    default: return value >= condition.low && value <= condition.high;
  }
}

bool compare_address(const FieldCondition& condition, const Record& record, const Bytes16& address) {
  const bool v6 = condition.operand == FieldCondition::Operand::v6;
  if (record.ipVersion != (v6 ? FWP_IP_VERSION_V6 : FWP_IP_VERSION_V4)) return false;
  if (v6) return compare(condition, address);
  std::uint32_t host_order;
  std::memcpy(&host_order, address.data(), sizeof(host_order));
  return compare(condition, big_endian(host_order));
}

bool compare_bytes(const FieldCondition& condition, const std::byte* bytes, std::size_t size) {
  const bool same = size == condition.blob.size() && std::memcmp(bytes, condition.blob.data(), size) == 0;
  return same == (condition.match == FWP_MATCH_EQUAL);
}

bool holds(const FieldCondition& condition, const Record& record) {
  switch (condition.field) {
    case Field::ipProtocol:
      return record.has(FWPM_NET_EVENT_FLAG_IP_PROTOCOL_SET) && compare(condition, big_endian(record.ipProtocol));
    case Field::eventType: return compare(condition, big_endian(record.type));
    case Field::localPort:
      return record.has(FWPM_NET_EVENT_FLAG_LOCAL_PORT_SET) && compare(condition, big_endian(record.localPort));
    case Field::remotePort:
      return record.has(FWPM_NET_EVENT_FLAG_REMOTE_PORT_SET) && compare(condition, big_endian(record.remotePort));
    case Field::localAddress:
      return record.has(FWPM_NET_EVENT_FLAG_IP_VERSION_SET | FWPM_NET_EVENT_FLAG_LOCAL_ADDR_SET) &&
             compare_address(condition, record, record.localAddr);
    case Field::remoteAddress:
      return record.has(FWPM_NET_EVENT_FLAG_IP_VERSION_SET | FWPM_NET_EVENT_FLAG_REMOTE_ADDR_SET) &&
             compare_address(condition, record, record.remoteAddr);
    case Field::appId:
      return record.has(FWPM_NET_EVENT_FLAG_APP_ID_SET) && record.appId != none &&
             compare_bytes(condition, record.image() + record.appId, record.app_id_size);
    default: {  // userId
      if (!record.has(FWPM_NET_EVENT_FLAG_USER_ID_SET) || record.userId == none) return false;
      const std::byte* sid = record.image() + record.userId;
      const auto count = std::to_integer<std::size_t>(sid[offsetof(SID, SubAuthorityCount)]);
      return compare_bytes(condition, sid, offsetof(SID, SubAuthority) + 4 * count);
    }
  }
}

}  // namespace

std::expected<Filter, DWORD> Filter::from(const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template) {
  Filter filter;
  if (enum_template == nullptr) return filter;
  const std::uint64_t start = number(enum_template->startTime);
  const std::uint64_t end = number(enum_template->endTime);
  if (end < start) return std::unexpected(code::invalidInterval);
  if (end != 0) {  // both zero, as in a zeroed template: no interval
    filter.start_ = start;
    filter.end_ = end;
  }
  if (enum_template->numFilterConditions != 0 && enum_template->filterCondition == nullptr)
    return std::unexpected(code::nullPointer);
  for (UINT32 i = 0; i < enum_template->numFilterConditions; ++i) {
    auto condition = read(enum_template->filterCondition[i]);
    if (!condition) return std::unexpected(condition.error());
    if (std::ranges::find(filter.conditions_, condition->field, &FieldCondition::field) != filter.conditions_.end())
      return std::unexpected(code::duplicateCondition);
    filter.conditions_.push_back(std::move(*condition));
  }
  filter.image_ = copy(*enum_template);
  return filter;
}

bool Filter::matches(const Record& record) const {
  if (record.timeStamp < start_ || record.timeStamp > end_) return false;
  return std::ranges::all_of(conditions_, [&](const FieldCondition& condition) { return holds(condition, record); });
}

}  // namespace qmforge::wfp
