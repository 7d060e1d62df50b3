// Which events a template selects, and which code an invalid one gets: a second implementation of the tables of
// docs/wfp.md, which shares nothing with wfp/filter.cpp and is not fast.
#pragma once

#include <algorithm>
#include <expected>
#include <vector>

#include "qmforge/wfp/fwpmu.h"
#include "seen.h"

namespace qmforge::wfp::matcher {

using Bytes = std::vector<std::uint8_t>;  // of a number or an address: in network order

/// What a condition compares with.
struct Operand {
  Bytes first;           // the value, the subnet's address, or where the range begins
  Bytes last;            // where the range ends
  std::size_t bits = 0;  // of `first` that count
  bool is_one = false;   // one number or address, which others are above or below
};

template <class Number>
Bytes big_endian(Number number) {
  Bytes bytes;
  for (std::size_t i = sizeof(Number); i-- > 0;)
    bytes.push_back(static_cast<std::uint8_t>(std::uint64_t{number} >> 8 * i));
  return bytes;
}

inline Operand one(Bytes value) { return {value, value, 8 * value.size(), true}; }

/// The value of a field in an event; nothing where it has none.
using Field = std::optional<Bytes> (*)(const Seen&);

inline std::optional<Bytes> address(const Seen& seen, const std::array<std::uint8_t, 16>& bytes) {
  if (seen.ipVersion == FWP_IP_VERSION_V6) return Bytes(bytes.begin(), bytes.end());
  if (seen.ipVersion != FWP_IP_VERSION_V4) return std::nullopt;
  std::uint32_t host_order;
  std::memcpy(&host_order, bytes.data(), 4);
  return big_endian(host_order);
}

struct FieldRow {
  GUID key;
  std::uint32_t flags;
  std::vector<FWP_DATA_TYPE> types;
  bool takes_ranges;
  Field value;
};

inline const std::vector<FieldRow>& fields() {
  static const std::vector<FieldRow> rows = {
      {FWPM_CONDITION_IP_PROTOCOL,
       flag::ip_protocol,
       {FWP_UINT8},
       true,
       [](const Seen& s) { return std::optional(big_endian(s.ipProtocol)); }},
      {FWPM_CONDITION_IP_LOCAL_ADDRESS,
       flag::ip_version | flag::local_addr,
       {FWP_UINT32, FWP_BYTE_ARRAY16_TYPE, FWP_V4_ADDR_MASK, FWP_V6_ADDR_MASK},
       true,
       [](const Seen& s) { return address(s, s.localAddr); }},
      {FWPM_CONDITION_IP_REMOTE_ADDRESS,
       flag::ip_version | flag::remote_addr,
       {FWP_UINT32, FWP_BYTE_ARRAY16_TYPE, FWP_V4_ADDR_MASK, FWP_V6_ADDR_MASK},
       true,
       [](const Seen& s) { return address(s, s.remoteAddr); }},
      {FWPM_CONDITION_IP_LOCAL_PORT,
       flag::local_port,
       {FWP_UINT16},
       true,
       [](const Seen& s) { return std::optional(big_endian(s.localPort)); }},
      {FWPM_CONDITION_IP_REMOTE_PORT,
       flag::remote_port,
       {FWP_UINT16},
       true,
       [](const Seen& s) { return std::optional(big_endian(s.remotePort)); }},
      {FWPM_CONDITION_ALE_APP_ID, flag::app_id, {FWP_BYTE_BLOB_TYPE}, false, [](const Seen& s) { return s.appId; }},
      {FWPM_CONDITION_ALE_USER_ID, flag::user_id, {FWP_SID}, false, [](const Seen& s) { return s.userId; }},
      {{0x206e9996, 0x490e, 0x40cf, {0xb8, 0x31, 0xb3, 0x86, 0x41, 0xeb, 0x6f, 0xcb}},
       0,
       {FWP_UINT32},
       true,
       [](const Seen& s) { return std::optional(big_endian(s.type)); }},
  };
  return rows;
}

using Read = std::expected<Operand, DWORD>;

/// A value that is not a mask or a range.
template <class Value>
Read read_one(const FieldRow& field, const Value& value) {
  if (std::find(field.types.begin(), field.types.end(), value.type) == field.types.end())
    return std::unexpected(DWORD{FWP_E_TYPE_MISMATCH});
  const auto no_pointer = std::unexpected(DWORD{FWP_E_NULL_POINTER});
  switch (value.type) {
    case FWP_UINT8: return one(big_endian(value.uint8));
    case FWP_UINT16: return one(big_endian(value.uint16));
    case FWP_UINT32: return one(big_endian(value.uint32));
    case FWP_BYTE_ARRAY16_TYPE:
      if (value.byteArray16 == nullptr) return no_pointer;
      return one(Bytes(value.byteArray16->byteArray16, value.byteArray16->byteArray16 + 16));
    case FWP_BYTE_BLOB_TYPE: {
      const FWP_BYTE_BLOB* const blob = value.byteBlob;
      if (blob == nullptr || (blob->size != 0 && blob->data == nullptr)) return no_pointer;
      return Operand{Bytes(blob->data, blob->data + blob->size), {}, 0, false};
    }
    case FWP_SID:
      if (value.sid == nullptr) return no_pointer;
      return Operand{*bytes_of(value.sid), {}, 0, false};
    default: return std::unexpected(DWORD{FWP_E_TYPE_MISMATCH});  // the bound of a range
  }
}

inline Read subnet(Bytes address, std::size_t bits) {
  return Operand{address, address, bits, bits == 8 * address.size()};
}

inline Read read(const FieldRow& field, const FWP_CONDITION_VALUE0& value) {
  const bool takes_it = std::find(field.types.begin(), field.types.end(), value.type) != field.types.end();
  if (value.type == FWP_V4_ADDR_MASK && takes_it) {
    if (value.v4AddrMask == nullptr) return std::unexpected(DWORD{FWP_E_NULL_POINTER});
    for (unsigned bits = 0; bits <= 32; ++bits)
      if (value.v4AddrMask->mask == ~(0xffffffffull >> bits) % (1ull << 32))
        return subnet(big_endian(value.v4AddrMask->addr), bits);
    return std::unexpected(DWORD{FWP_E_INVALID_NET_MASK});
  }
  if (value.type == FWP_V6_ADDR_MASK && takes_it) {
    if (value.v6AddrMask == nullptr) return std::unexpected(DWORD{FWP_E_NULL_POINTER});
    if (value.v6AddrMask->prefixLength > 128) return std::unexpected(DWORD{FWP_E_INVALID_NET_MASK});
    return subnet(Bytes(value.v6AddrMask->addr, value.v6AddrMask->addr + 16), value.v6AddrMask->prefixLength);
  }
  if (value.type == FWP_RANGE_TYPE && field.takes_ranges) {
    if (value.rangeValue == nullptr) return std::unexpected(DWORD{FWP_E_NULL_POINTER});
    const Read low = read_one(field, value.rangeValue->valueLow);
    if (!low) return low;
    const Read high = read_one(field, value.rangeValue->valueHigh);
    if (!high) return high;
    if (value.rangeValue->valueLow.type != value.rangeValue->valueHigh.type)
      return std::unexpected(DWORD{FWP_E_TYPE_MISMATCH});
    if (high->first < low->first) return std::unexpected(DWORD{FWP_E_INVALID_RANGE});
    return Operand{low->first, high->first, 8 * low->first.size(), false};
  }
  return read_one(field, value);
}

/// Where a value lies: below the operand, in it, above it. Of what has no order, what is not in it is above.
enum Place : std::uint8_t { below, inside, above };

struct MatchRow {
  FWP_MATCH_TYPE match;
  bool holds[3];  // by Place
  bool needs_one, needs_range;
};
inline constexpr MatchRow matches[] = {
    {FWP_MATCH_EQUAL, {false, true, false}, false, false},
    {FWP_MATCH_NOT_EQUAL, {true, false, true}, false, false},
    {FWP_MATCH_GREATER, {false, false, true}, true, false},
    {FWP_MATCH_LESS, {true, false, false}, true, false},
    {FWP_MATCH_GREATER_OR_EQUAL, {false, true, true}, true, false},
    {FWP_MATCH_LESS_OR_EQUAL, {true, true, false}, true, false},
    {FWP_MATCH_RANGE, {false, true, false}, false, true},
};

inline Place place(const Bytes& value, const Operand& operand) {
  if (operand.last.empty()) return value == operand.first ? inside : above;  // a path or a SID
  if (operand.first != operand.last) return value < operand.first ? below : value > operand.last ? above : inside;
  for (std::size_t bit = 0; bit < operand.bits; ++bit) {
    const int ours = value[bit / 8] >> (7 - bit % 8) & 1;
    const int theirs = operand.first[bit / 8] >> (7 - bit % 8) & 1;
    if (ours != theirs) return ours < theirs ? below : above;
  }
  return inside;
}

inline const FieldRow* field_of(const GUID& key) {
  for (const FieldRow& row : fields())
    if (std::memcmp(&row.key, &key, sizeof(key)) == 0) return &row;
  return nullptr;
}

inline const MatchRow* match_of(FWP_MATCH_TYPE match) {
  for (const MatchRow& row : matches)
    if (row.match == match) return &row;
  return nullptr;
}

inline DWORD code_of(const FWPM_FILTER_CONDITION0& condition) {
  const FieldRow* const field = field_of(condition.fieldKey);
  if (field == nullptr) return FWP_E_CONDITION_NOT_FOUND;
  const Read operand = read(*field, condition.conditionValue);
  if (!operand) return operand.error();
  const MatchRow* const match = match_of(condition.matchType);
  if (match == nullptr || (match->needs_one && !operand->is_one) ||
      (match->needs_range && condition.conditionValue.type != FWP_RANGE_TYPE))
    return FWP_E_MATCH_TYPE_MISMATCH;
  return ERROR_SUCCESS;
}

inline std::uint64_t number(const FILETIME& time) {
  return std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime;
}

/// What the calls that take a template return.
inline DWORD code_of(const FWPM_NET_EVENT_ENUM_TEMPLATE0& all) {
  if (number(all.endTime) < number(all.startTime)) return FWP_E_INVALID_INTERVAL;
  if (all.numFilterConditions != 0 && all.filterCondition == nullptr) return FWP_E_NULL_POINTER;
  for (UINT32 i = 0; i < all.numFilterConditions; ++i) {
    if (const DWORD code = code_of(all.filterCondition[i]); code != ERROR_SUCCESS) return code;
    for (UINT32 earlier = 0; earlier < i; ++earlier)
      if (std::memcmp(&all.filterCondition[earlier].fieldKey, &all.filterCondition[i].fieldKey, sizeof(GUID)) == 0)
        return FWP_E_DUPLICATE_CONDITION;
  }
  return ERROR_SUCCESS;
}

/// Whether a condition without an error holds.
inline bool holds(const FWPM_FILTER_CONDITION0& condition, const Seen& seen) {
  const FieldRow& field = *field_of(condition.fieldKey);
  if ((seen.flags & field.flags) != field.flags) return false;
  const std::optional<Bytes> value = field.value(seen);
  const Operand operand = *read(field, condition.conditionValue);
  if (!value || (!operand.last.empty() && value->size() != operand.first.size())) return false;  // the other family
  return match_of(condition.matchType)->holds[place(*value, operand)];
}

/// Whether a template without an error selects the event.
inline bool selects(const FWPM_NET_EVENT_ENUM_TEMPLATE0& all, const Seen& seen) {
  if (number(all.endTime) != 0 && (seen.timeStamp < number(all.startTime) || seen.timeStamp > number(all.endTime)))
    return false;
  for (UINT32 i = 0; i < all.numFilterConditions; ++i)
    if (!holds(all.filterCondition[i], seen)) return false;
  return true;
}

}  // namespace qmforge::wfp::matcher
