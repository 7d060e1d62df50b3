// A template with any fields, comparisons and values, right or wrong, from choices.
#pragma once

#include <cstring>
#include <memory>
#include <type_traits>
#include <vector>

#include "qmforge/sim/choices.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::fuzz {

class AnyTemplate {
 public:
  explicit AnyTemplate(sim::Choices& choices) : choices_(choices) {
    static const GUID fields[] = {
        FWPM_CONDITION_IP_PROTOCOL,       FWPM_CONDITION_IP_LOCAL_ADDRESS, FWPM_CONDITION_IP_LOCAL_PORT,
        FWPM_CONDITION_IP_REMOTE_ADDRESS, FWPM_CONDITION_IP_REMOTE_PORT,   FWPM_CONDITION_ALE_APP_ID,
        FWPM_CONDITION_ALE_USER_ID,       FWPM_CONDITION_NET_EVENT_TYPE,   {1, 2, 3, {4, 5, 6, 7, 8, 9, 10}}};
    if (choices_.one_in(4)) all_.startTime = time();
    if (choices_.one_in(4)) all_.endTime = time();
    const std::size_t count = choices_.choose(4);
    all_.numFilterConditions = static_cast<UINT32>(count);
    if (count == 0) return;
    auto* const conditions = reinterpret_cast<FWPM_FILTER_CONDITION0*>(block(count * sizeof(FWPM_FILTER_CONDITION0)));
    if (!choices_.one_in(16)) all_.filterCondition = conditions;
    for (std::size_t i = 0; i < count; ++i) {
      conditions[i].fieldKey = fields[choices_.choose(std::size(fields))];
      conditions[i].matchType = static_cast<FWP_MATCH_TYPE>(choices_.choose(12));
      fill(conditions[i].conditionValue);
    }
  }
  AnyTemplate(const AnyTemplate&) = delete;
  AnyTemplate& operator=(const AnyTemplate&) = delete;

  [[nodiscard]] FWPM_NET_EVENT_ENUM_TEMPLATE0& get() { return all_; }

 private:
  /// Zeros of exactly this size, so that AddressSanitizer sees every read past their end.
  std::byte* block(std::size_t size) {
    blocks_.push_back(std::make_unique<std::byte[]>(size));
    return blocks_.back().get();
  }
  /// A pointer to an object with this value; seldom NULL.
  template <class T>
  T* one(const T& value) {
    std::byte* const at = block(sizeof(T));
    std::memcpy(at, &value, sizeof(T));
    return choices_.one_in(16) ? nullptr : reinterpret_cast<T*>(at);
  }
  /// Near the times of the fake's clock, which counts from 0 in this target.
  FILETIME time() { return {static_cast<DWORD>(choices_.choose(16)), choices_.one_in(8) ? 1u : 0u}; }

  SID* sid() {
    const auto count = static_cast<std::uint8_t>(choices_.choose(3));
    std::byte* const at = block(8 + std::size_t{4} * count);
    at[0] = std::byte{1};
    at[1] = std::byte{count};
    at[7] = std::byte{5};
    if (count > 0) at[8] = std::byte{static_cast<std::uint8_t>(choices_.choose(3))};
    return choices_.one_in(16) ? nullptr : reinterpret_cast<SID*>(at);
  }
  FWP_BYTE_BLOB* blob() {
    const auto size = static_cast<UINT32>(2 * choices_.choose(4));
    auto* const data = reinterpret_cast<UINT8*>(block(size));
    for (UINT32 i = 0; i + 2 < size; i += 2) data[i] = static_cast<UINT8>('a' + choices_.choose(2));
    return one(FWP_BYTE_BLOB{size, choices_.one_in(16) ? nullptr : data});
  }
  /// A mask, seldom with a hole.
  UINT32 mask() {
    const std::uint64_t bits = choices_.choose(33);
    const auto mask = static_cast<UINT32>(0xffffffffull << (32 - bits));
    return choices_.one_in(8) ? mask ^ 0x100 : mask;
  }

  template <class Value>
  void fill(Value& value) {
    static constexpr std::array types = {FWP_UINT16,         FWP_UINT32, FWP_UINT8,        FWP_BYTE_ARRAY16_TYPE,
                                         FWP_BYTE_BLOB_TYPE, FWP_SID,    FWP_V4_ADDR_MASK, FWP_V6_ADDR_MASK,
                                         FWP_RANGE_TYPE,     FWP_UINT64, FWP_EMPTY,        FWP_UNICODE_STRING_TYPE};
    value.type = choices_.one_of(types);
    value.uint64 = reinterpret_cast<UINT64*>(1);  // of a type that no field takes, nothing may be read
    switch (value.type) {
      case FWP_UINT8: value.uint8 = static_cast<UINT8>(choices_.integer(8)); break;
      case FWP_UINT16: value.uint16 = static_cast<UINT16>(choices_.integer(16)); break;
      case FWP_UINT32: value.uint32 = static_cast<UINT32>(choices_.integer(32)); break;
      case FWP_BYTE_ARRAY16_TYPE: value.byteArray16 = one(FWP_BYTE_ARRAY16{{0x20, 0x01, 0x0d, 0xb8}}); break;
      case FWP_BYTE_BLOB_TYPE: value.byteBlob = blob(); break;
      case FWP_SID: value.sid = sid(); break;
      default: break;
    }
    if constexpr (std::is_same_v<Value, FWP_CONDITION_VALUE0>) {
      if (value.type == FWP_V4_ADDR_MASK)
        value.v4AddrMask = one(FWP_V4_ADDR_AND_MASK{static_cast<UINT32>(choices_.integer(32)), mask()});
      if (value.type == FWP_V6_ADDR_MASK)
        value.v6AddrMask =
            one(FWP_V6_ADDR_AND_MASK{{0x20, 0x01, 0x0d, 0xb8}, static_cast<UINT8>(choices_.choose(131))});
      if (value.type == FWP_RANGE_TYPE) {
        FWP_RANGE0 range{};
        fill(range.valueLow);
        fill(range.valueHigh);
        value.rangeValue = one(range);
      }
    }
  }

  sim::Choices& choices_;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  FWPM_NET_EVENT_ENUM_TEMPLATE0 all_{};
};

}  // namespace qmforge::fuzz
