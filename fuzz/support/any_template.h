// A template with any fields, comparisons and values, right or wrong, from choices.
#pragma once

#include <array>
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
    static const struct {
      GUID key;
      FWP_DATA_TYPE usual;
    } fields[] = {{FWPM_CONDITION_IP_PROTOCOL, FWP_UINT8},
                  {FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_UINT32},
                  {FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_V4_ADDR_MASK},
                  {FWPM_CONDITION_IP_LOCAL_PORT, FWP_UINT16},
                  {FWPM_CONDITION_IP_REMOTE_ADDRESS, FWP_BYTE_ARRAY16_TYPE},
                  {FWPM_CONDITION_IP_REMOTE_ADDRESS, FWP_V6_ADDR_MASK},
                  {FWPM_CONDITION_IP_REMOTE_PORT, FWP_UINT16},
                  {FWPM_CONDITION_ALE_APP_ID, FWP_BYTE_BLOB_TYPE},
                  {FWPM_CONDITION_ALE_USER_ID, FWP_SID},
                  {FWPM_CONDITION_NET_EVENT_TYPE, FWP_UINT32},
                  {{1, 2, 3, {4, 5, 6, 7, 8, 9, 10}}, FWP_UINT8}};
    if (choices_.one_in(4)) all_.startTime = time();
    if (choices_.one_in(4)) all_.endTime = time();
    const std::size_t count = choices_.choose(4);
    all_.numFilterConditions = static_cast<UINT32>(count);
    if (count == 0) return;
    auto* const conditions = reinterpret_cast<FWPM_FILTER_CONDITION0*>(block(count * sizeof(FWPM_FILTER_CONDITION0)));
    if (!choices_.one_in(16)) all_.filterCondition = conditions;
    for (std::size_t i = 0; i < count; ++i) {
      const auto& [key, usual] = fields[choices_.choose(std::size(fields))];
      conditions[i].fieldKey = key;
      conditions[i].matchType = static_cast<FWP_MATCH_TYPE>(choices_.choose(12));
      fill(conditions[i].conditionValue, usual);
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
  /// Often a number that events have: a type, a port, a gateway's address.
  UINT32 number() {
    static constexpr std::array usual = {1u, 0u, 3u, 17u, 500u, 501u, 4500u, 0xc0000201u, 0xc6336401u};
    return choices_.one_in(4) ? static_cast<UINT32>(choices_.integer(32)) : choices_.one_of(usual);
  }
  UINT8 prefix() {
    static constexpr std::array<UINT8, 8> edges = {32, 0, 33, 64, 127, 128, 129, 255};
    return choices_.one_of(edges);
  }
  /// A mask, seldom with a hole.
  UINT32 mask() {
    const std::uint64_t bits = choices_.choose(33);
    const auto mask = static_cast<UINT32>(0xffffffffull << (32 - bits));
    return choices_.one_in(8) ? mask ^ 0x100 : mask;
  }

  /// A value, often of the usual type or a range of it.
  template <class Value>
  void fill(Value& value, FWP_DATA_TYPE usual) {
    static constexpr std::array types = {FWP_UINT16,         FWP_UINT32, FWP_UINT8,        FWP_BYTE_ARRAY16_TYPE,
                                         FWP_BYTE_BLOB_TYPE, FWP_SID,    FWP_V4_ADDR_MASK, FWP_V6_ADDR_MASK,
                                         FWP_RANGE_TYPE,     FWP_UINT64, FWP_EMPTY,        FWP_UNICODE_STRING_TYPE};
    const std::uint64_t how = choices_.choose(4);
    value.type = how < 2 ? usual : how == 2 ? FWP_RANGE_TYPE : choices_.one_of(types);
    value.uint64 = reinterpret_cast<UINT64*>(1);  // of a type that no field takes, nothing may be read
    switch (value.type) {
      case FWP_UINT8: value.uint8 = static_cast<UINT8>(number()); break;
      case FWP_UINT16: value.uint16 = static_cast<UINT16>(number()); break;
      case FWP_UINT32: value.uint32 = number(); break;
      case FWP_BYTE_ARRAY16_TYPE: value.byteArray16 = one(FWP_BYTE_ARRAY16{{0x20, 0x01, 0x0d, 0xb8}}); break;
      case FWP_BYTE_BLOB_TYPE: value.byteBlob = blob(); break;
      case FWP_SID: value.sid = sid(); break;
      default: break;
    }
    if constexpr (std::is_same_v<Value, FWP_CONDITION_VALUE0>) {
      if (value.type == FWP_V4_ADDR_MASK) value.v4AddrMask = one(FWP_V4_ADDR_AND_MASK{number(), mask()});
      if (value.type == FWP_V6_ADDR_MASK)
        value.v6AddrMask = one(FWP_V6_ADDR_AND_MASK{{0x20, 0x01, 0x0d, 0xb8}, prefix()});
      if (value.type == FWP_RANGE_TYPE) {
        FWP_RANGE0 range{};
        fill(range.valueLow, usual);
        fill(range.valueHigh, usual);
        value.rangeValue = one(range);
      }
    }
  }

  sim::Choices& choices_;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  FWPM_NET_EVENT_ENUM_TEMPLATE0 all_{};
};

}  // namespace qmforge::fuzz
