// Equality of events and values: compares contents, and only members that they have.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <functional>
#include <vector>

#include "qmforge/event.h"
#include "qmforge/testing/events.h"
#include "support/hex.h"

namespace qmforge {
namespace {

Event transport() { return test::make_transport_event(Revision::r1); }

TEST(EventEquality, ComparesEveryMember) {
  const std::function<void(Event&)> changes[] = {
      [](Event& event) { event.revision = Revision::r0; },
      [](Event& event) { event.failureErrorCode = 13869; },
      [](Event& event) { event.failurePoint = FailurePoint::me; },
      [](Event& event) { event.keyingModuleType = KeyModuleType::ike; },
      [](Event& event) { event.qmState = QmSaState::none; },
      [](Event& event) { event.saRole = SaRole::initiator; },
      [](Event& event) { event.saTrafficType = TrafficType::tunnel; },
      [](Event& event) { event.qmFilterId = 0x100000007; },
      [](Event& event) { event.mmSaLuid = 0x100000008; },
      [](Event& event) { event.mmProviderContextKey.data1 = 9; },
      [](Event& event) { event.mmProviderContextKey.data2 = 9; },
      [](Event& event) { event.mmProviderContextKey.data3 = 9; },
      [](Event& event) { event.mmProviderContextKey.data4[7] = 9; },
  };
  EXPECT_EQ(transport(), transport());
  for (std::size_t i = 0; i < std::size(changes); ++i) {
    Event changed = transport();
    changes[i](changed);
    EXPECT_NE(changed, transport()) << i;
    EXPECT_NE(transport(), changed) << i;
  }
}

TEST(EventEquality, IgnoresMembersThatTheEventLacks) {
  Event old = transport();
  old.revision = Revision::r0;
  Event other = old;
  other.mmSaLuid = 99;
  other.mmProviderContextKey.data1 = 99;
  other.localSubNet = ConditionValue(DataType::uint8);  // a transport event has no subnets
  EXPECT_EQ(old, other);

  old.saTrafficType = TrafficType::tunnel;
  other.saTrafficType = TrafficType::tunnel;
  EXPECT_NE(old, other);
}

TEST(EventEquality, ComparesBothSubnets) {
  Event event = transport();
  event.saTrafficType = TrafficType::tunnel;
  Event local = event;
  local.localSubNet = ConditionValue(DataType::v4AddrMask, true);
  Event remote = event;
  remote.remoteSubNet = ConditionValue(DataType::v4AddrMask, true);
  EXPECT_NE(event, local);
  EXPECT_NE(event, remote);
  EXPECT_NE(local, remote);
}

// A value of a type, written by `write` into its arm.
template <class Write>
ConditionValue value_of(DataType type, Write write) {
  ConditionValue value(type);
  write(value.arm);
  return value;
}

constexpr std::array host_units = {u'a', u'\xd800'};
constexpr std::array other_units = {u'a', u'\xd801'};
constexpr std::array host_authorities = {32U, 544U};
constexpr std::array other_authorities = {32U, 545U};
constexpr std::array some_bytes = {std::byte{1}, std::byte{2}};
constexpr std::array other_bytes = {std::byte{1}, std::byte{3}};

Sid sid(const std::array<std::uint32_t, 2>& authorities) {
  return {.revision = 1,
          .identifierAuthority = {0, 0, 0, 0, 0, 5},
          .subAuthority = IntegerView<std::uint32_t>(std::span<const std::uint32_t>(authorities))};
}

// Two different contents for every data type with an arm of FWP_VALUE0.
struct Pair {
  DataType type;
  std::function<void(ValueArm&)> one;
  std::function<void(ValueArm&)> other;
};

std::vector<Pair> pairs() {
  using enum DataType;
  return {
      {uint8, [](auto& arm) { arm.uint8 = 1; }, [](auto& arm) { arm.uint8 = 2; }},
      {uint16, [](auto& arm) { arm.uint16 = 1; }, [](auto& arm) { arm.uint16 = 0x101; }},
      {uint32, [](auto& arm) { arm.uint32 = 1; }, [](auto& arm) { arm.uint32 = 0x10001; }},
      {uint64, [](auto& arm) { arm.uint64 = 1; }, [](auto& arm) { arm.uint64 = 0x100000001; }},
      {int8, [](auto& arm) { arm.int8 = 1; }, [](auto& arm) { arm.int8 = -1; }},
      {int16, [](auto& arm) { arm.int16 = 1; }, [](auto& arm) { arm.int16 = 0x101; }},
      {int32, [](auto& arm) { arm.int32 = 1; }, [](auto& arm) { arm.int32 = 0x10001; }},
      {int64, [](auto& arm) { arm.int64 = 1; }, [](auto& arm) { arm.int64 = 0x100000001; }},
      {float32, [](auto& arm) { arm.float32 = 0x7fc00000; }, [](auto& arm) { arm.float32 = 0x7fc00001; }},
      {double64, [](auto& arm) { arm.double64 = 0; }, [](auto& arm) { arm.double64 = 1ULL << 63; }},
      {byteArray16, [](auto& arm) { arm.byteArray16 = {}; }, [](auto& arm) { (arm.byteArray16 = {})[15] = 1; }},
      {byteBlob, [](auto& arm) { arm.byteBlob = {2, some_bytes.data()}; },
       [](auto& arm) { arm.byteBlob = {2, other_bytes.data()}; }},
      {DataType::sid, [](auto& arm) { arm.sid = qmforge::sid(host_authorities); },
       [](auto& arm) { arm.sid = qmforge::sid(other_authorities); }},
      {securityDescriptor, [](auto& arm) { arm.sd = {2, some_bytes.data()}; },
       [](auto& arm) { arm.sd = {1, some_bytes.data()}; }},
      {tokenInformation, [](auto& arm) { arm.tokenInformation = {1, 2, {}, {}}; },
       [](auto& arm) { arm.tokenInformation = {1, 3, {}, {}}; }},
      {tokenAccessInformation, [](auto& arm) { arm.tokenAccessInformation = {0, some_bytes.data()}; },
       [](auto& arm) { arm.tokenAccessInformation = {0, nullptr}; }},
      {unicodeString, [](auto& arm) { arm.unicodeString = Utf16View(host_units); },
       [](auto& arm) { arm.unicodeString = Utf16View(other_units); }},
      {byteArray6, [](auto& arm) { arm.byteArray6 = {}; }, [](auto& arm) { (arm.byteArray6 = {})[5] = 1; }},
      {bitmapIndex, [](auto& arm) { arm.uint8 = 1; }, [](auto& arm) { arm.uint8 = 2; }},
      {bitmapArray64, [](auto& arm) { arm.bitmapArray64 = {}; }, [](auto& arm) { (arm.bitmapArray64 = {})[7] = 1; }},
  };
}

TEST(ValueEquality, ComparesOnlyTheSelectedArm) {
  for (const Pair& pair : pairs()) {
    const ConditionValue one = value_of(pair.type, pair.one);
    const ConditionValue other = value_of(pair.type, pair.other);
    EXPECT_EQ(one, value_of(pair.type, pair.one)) << c_name(pair.type);
    EXPECT_NE(one, other) << c_name(pair.type);

    // The same in a range.
    ConditionValue in_range(DataType::range);
    in_range.rangeValue = {Value(pair.type), Value(pair.type)};
    pair.one(in_range.rangeValue.valueLow.arm);
    pair.one(in_range.rangeValue.valueHigh.arm);
    ConditionValue other_low = in_range;
    pair.other(other_low.rangeValue.valueLow.arm);
    ConditionValue other_high = in_range;
    pair.other(other_high.rangeValue.valueHigh.arm);
    EXPECT_EQ(in_range, ConditionValue(in_range)) << c_name(pair.type);
    EXPECT_NE(in_range, other_low) << c_name(pair.type);
    EXPECT_NE(in_range, other_high) << c_name(pair.type);
  }
}

TEST(ValueEquality, ComparesMasks) {
  ConditionValue v4(DataType::v4AddrMask);
  v4.v4AddrMask = {.addr = 1, .mask = 2};
  ConditionValue other_v4 = v4;
  other_v4.v4AddrMask.mask = 3;
  EXPECT_EQ(v4, ConditionValue(v4));
  EXPECT_NE(v4, other_v4);

  ConditionValue v6(DataType::v6AddrMask);
  v6.v6AddrMask = {.addr = {1}, .prefixLength = 64};
  ConditionValue other_v6 = v6;
  other_v6.v6AddrMask.prefixLength = 65;
  EXPECT_EQ(v6, ConditionValue(v6));
  EXPECT_NE(v6, other_v6);
}

TEST(ValueEquality, ComparesTypesAndNull) {
  EXPECT_EQ(ConditionValue(DataType::empty), ConditionValue(DataType::empty));
  EXPECT_EQ(ConditionValue(DataType::sid, true), ConditionValue(DataType::sid, true));
  EXPECT_NE(ConditionValue(DataType::sid, true), ConditionValue(DataType::uint64, true));
  const ConditionValue zero = value_of(DataType::uint64, [](ValueArm& arm) { arm.uint64 = 0; });
  EXPECT_NE(zero, ConditionValue(DataType::uint64, true));
  EXPECT_EQ(ConditionValue(DataType{77}), ConditionValue(DataType{77}));
  EXPECT_NE(ConditionValue(DataType{77}), ConditionValue(DataType{78}));
}

TEST(ValueEquality, ComparesTypesAndNullInARange) {
  const auto range_of = [](Value low) {
    ConditionValue value(DataType::range);
    value.rangeValue = {low, Value(DataType::empty)};
    return value;
  };
  Value zero(DataType::uint64);
  zero.arm.uint64 = 0;
  const ConditionValue null = range_of(Value(DataType::uint64, true));
  EXPECT_EQ(null, range_of(Value(DataType::uint64, true)));
  EXPECT_NE(null, range_of(zero));
  EXPECT_NE(null, range_of(Value(DataType::sid, true)));
}

TEST(SidArrayEquality, ComparesElementsAndNull) {
  const std::array<SidAndAttributes, 2> elements = {
      {{.sid = sid(host_authorities), .attributes = 7}, {.sid = std::nullopt, .attributes = 8}}};
  auto others = elements;
  others[1].attributes = 9;
  const auto same = elements;
  const SidAndAttributesView view(elements);
  EXPECT_EQ(view, SidAndAttributesView(same));
  EXPECT_NE(view, SidAndAttributesView(others));
  EXPECT_NE(view, SidAndAttributesView(std::span<const SidAndAttributes>(elements).first(1)));
  const SidAndAttributesView none(std::span<const SidAndAttributes>(elements).first(0));
  EXPECT_NE(none, SidAndAttributesView());
  EXPECT_EQ(none, SidAndAttributesView(std::span<const SidAndAttributes>(others).first(0)));
  EXPECT_EQ(SidAndAttributesView(), SidAndAttributesView());
}

TEST(IntegerEquality, IgnoresByteOrder) {
  const auto little = testing::from_hex("61 00 00 d8");
  const auto big = testing::from_hex("00 61 d8 00");
  const Utf16View host(host_units);
  EXPECT_EQ(Utf16View(little.data(), 2, std::endian::little), host);
  EXPECT_EQ(Utf16View(big.data(), 2, std::endian::big), host);
  EXPECT_NE(Utf16View(big.data(), 2, std::endian::little), host);
  EXPECT_NE(Utf16View(big.data(), 1, std::endian::big), host);
}

}  // namespace
}  // namespace qmforge
