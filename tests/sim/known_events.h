// The thirteen events of known-bytes.txt, built by hand from their documentation.
#pragma once

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "qmforge/event.h"
#include "qmforge/testing/events.h"

namespace qmforge::testing {

inline ConditionValue uint8_subnet(std::uint8_t value) {
  ConditionValue subnet(DataType::uint8);
  subnet.arm.uint8 = value;
  return subnet;
}

inline Event transport_event() { return test::make_transport_event(); }

inline Event tunnel_event(const ConditionValue& local, const ConditionValue& remote = ConditionValue()) {
  return test::make_tunnel_event(local, remote);
}

inline const std::array<std::uint32_t, 2> administrators_sub_authority = {32, 544};

/// S-1-5-32-544
inline Sid administrators() {
  return {1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(administrators_sub_authority)};
}

/// An event of known-bytes.txt by the name of its shape.
inline Event known_event(std::string_view shape) {
  static constexpr std::array<std::byte, 5> five_bytes = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4},
                                                          std::byte{5}};
  static constexpr std::u16string_view text = u"10.0.0.0/8";
  static const std::array<SidAndAttributes, 2> sids = {{{administrators(), 7}, {std::nullopt, 0x10}}};
  static const std::array<SidAndAttributes, 1> restricted = {{{administrators(), 7}}};

  const ConditionValue v4_24 = test::v4("192.168.1.0/24");
  const ConditionValue v4_8 = test::v4("10.0.0.0/8");
  const ConditionValue v6_48 = test::v6("2001:db8:1::/48");
  const ConditionValue v6_64 = test::v6("2001:db8:2::/64");
  ConditionValue value;
  if (shape == "transport") return transport_event();
  if (shape == "tunnel_v4") return tunnel_event(v4_24, v4_8);
  if (shape == "tunnel_v6") return tunnel_event(v6_48, v6_64);
  if (shape == "tunnel_v6_v4") return tunnel_event(v6_48, v4_8);
  if (shape == "tunnel_empty_empty") return tunnel_event(ConditionValue(DataType::empty));
  if (shape == "tunnel_v4null_v4") return tunnel_event(ConditionValue(DataType::v4AddrMask, true), v4_8);
  if (shape == "tunnel_u8") return tunnel_event(uint8_subnet(0x7f));
  if (shape == "tunnel_u64") {
    value = ConditionValue(DataType::uint64);
    value.arm.uint64 = 0x1122334455667788;
  } else if (shape == "tunnel_blob5") {
    value = ConditionValue(DataType::byteBlob);
    value.arm.byteBlob = {5, five_bytes.data()};
  } else if (shape == "tunnel_sid") {
    value = ConditionValue(DataType::sid);
    value.arm.sid = administrators();
  } else if (shape == "tunnel_token") {
    value = ConditionValue(DataType::tokenInformation);
    value.arm.tokenInformation = {2, 1, SidAndAttributesView(sids), SidAndAttributesView(restricted)};
  } else if (shape == "tunnel_str") {
    value = ConditionValue(DataType::unicodeString);
    value.arm.unicodeString = Utf16View(std::span<const char16_t>(text));
  } else if (shape == "tunnel_range_u32") {
    value = ConditionValue(DataType::range);
    value.rangeValue.valueLow = Value(DataType::uint32);
    value.rangeValue.valueLow.arm.uint32 = 1;
    value.rangeValue.valueHigh = Value(DataType::uint32);
    value.rangeValue.valueHigh.arm.uint32 = 99;
  } else {
    throw std::invalid_argument("no such shape");
  }
  return tunnel_event(value);
}

}  // namespace qmforge::testing
