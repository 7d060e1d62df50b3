// Events that have no encoding: the error, and that nothing is written.
#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "sim/known_events.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

using enum EncodeErrorCode;

/// The error of encoding, which must leave the buffer and the map empty.
EncodeError encode_error(const Event& event, const EncodeOptions& options) {
  std::vector<std::byte> bytes(3);
  FieldMap map;
  map.fields.resize(1);
  const auto written = encode(event, options, bytes, &map);
  EXPECT_FALSE(written.has_value());
  EXPECT_TRUE(bytes.empty());
  EXPECT_TRUE(map.fields.empty());
  return written ? EncodeError{} : written.error();
}

ConditionValue arm_of(DataType type, auto member, auto value) {
  ConditionValue subnet(type);
  subnet.arm.*member = value;
  return subnet;
}

TEST(EncodeErrors, RejectsRevision2) {
  Event event = transport_event();
  event.revision = Revision{2};
  for (const Format format : all_formats)
    EXPECT_EQ(encode_error(event, {.format = format}), (EncodeError{unknownRevision, {}}));
}

TEST(EncodeErrors, RejectsATrafficTypeWithoutAnArm) {
  Event event = transport_event();
  for (const std::uint32_t type : {2U, 0xffffffffU}) {
    event.saTrafficType = TrafficType{type};
    for (const Format format : all_formats)
      EXPECT_EQ(encode_error(event, {.format = format}), (EncodeError{noArm, Step::saTrafficType}));
  }
}

TEST(EncodeErrors, RejectsATypeWithoutAnArm) {
  for (const std::uint32_t type : {21U, 0xffU, 0x103U, 0xffffffffU}) {
    const ConditionValue none(DataType{type});
    for (const Format format : all_formats) {
      EXPECT_EQ(encode_error(tunnel_event(none), {.format = format}),
                (EncodeError{noArm, FieldPath(Step::localSubNet) / Step::type}));
      EXPECT_EQ(encode_error(tunnel_event(uint8_subnet(1), none), {.format = format}),
                (EncodeError{noArm, FieldPath(Step::remoteSubNet) / Step::type}));
    }
  }
}

TEST(EncodeErrors, RejectsATypeThatARangeCannotHold) {
  ConditionValue range(DataType::range);
  for (const DataType type : {DataType::v4AddrMask, DataType::v6AddrMask, DataType::range, DataType{21}}) {
    const FieldPath path = FieldPath(Step::localSubNet) / Step::rangeValue;
    range.rangeValue.valueLow = Value(type, true);
    range.rangeValue.valueHigh = Value(DataType::empty);
    EXPECT_EQ(encode_error(tunnel_event(range), {}), (EncodeError{noArm, path / Step::valueLow / Step::type}));
    std::swap(range.rangeValue.valueLow, range.rangeValue.valueHigh);
    EXPECT_EQ(encode_error(tunnel_event(range), {}), (EncodeError{noArm, path / Step::valueHigh / Step::type}));
  }
}

// They are not on the wire.
TEST(EncodeErrors, IgnoresTheSubnetsOfATransportEvent) {
  const Event plain = transport_event();
  for (const Format format : all_formats) {
    std::vector<std::byte> expected;
    std::vector<std::byte> bytes;
    ASSERT_TRUE(encode(plain, {.format = format}, expected));
    for (const ConditionValue& subnet : {ConditionValue(DataType{21}), test::v4(1, 2)}) {
      Event event = plain;
      event.localSubNet = event.remoteSubNet = subnet;
      EXPECT_TRUE(encode(event, {.format = format}, bytes));
      EXPECT_EQ(bytes, expected);
    }
  }
}

TEST(EncodeErrors, RejectsANullInlineArm) {
  for (const DataType type : all_data_types) {
    if (is_pointer_type(type)) continue;
    EXPECT_EQ(encode_error(tunnel_event(ConditionValue(type, true)), {}).code, nullInline) << c_name(type);
  }
}

TEST(EncodeErrors, RejectsACountThatIsNotTheArraysSize) {
  const std::array<SidAndAttributes, 2> sids = {{{administrators(), 7}, {std::nullopt, 0}}};
  const SidAndAttributesView two{std::span(sids)};
  const FieldPath token = FieldPath(Step::localSubNet) / Step::tokenInformation;
  const auto event = [](const TokenInformation& information) {
    return tunnel_event(arm_of(DataType::tokenInformation, &ValueArm::tokenInformation, information));
  };
  for (const Format format : all_formats) {
    EXPECT_EQ(encode_error(event({1, 0, two, {}}), {.format = format}),
              (EncodeError{countMismatch, token / Step::sids}));
    EXPECT_EQ(encode_error(event({2, 3, two, two}), {.format = format}),
              (EncodeError{countMismatch, token / Step::restrictedSids}));
  }
}

TEST(EncodeErrors, RejectsASidOf256SubAuthorities) {
  const std::array<std::uint32_t, 256> numbers{};
  const Sid sid{1, {}, IntegerView<std::uint32_t>(numbers)};
  const std::array<SidAndAttributes, 2> sids = {{{administrators(), 7}, {sid, 0}}};
  const TokenInformation token{0, 2, {}, SidAndAttributesView(std::span(sids))};
  const FieldPath local = Step::localSubNet;
  EXPECT_EQ(encode_error(tunnel_event(arm_of(DataType::sid, &ValueArm::sid, sid)), {}),
            (EncodeError{sidTooLong, local / Step::sid / Step::subAuthority}));
  EXPECT_EQ(encode_error(tunnel_event(arm_of(DataType::tokenInformation, &ValueArm::tokenInformation, token)), {}),
            (EncodeError{sidTooLong,
                         (local / Step::tokenInformation / Step::restrictedSids)[1] / Step::sid / Step::subAuthority}));
}

TEST(EncodeErrors, RejectsAStringWhoseCountsExceed32Bits) {
  const char16_t unit = u'x';  // never read: the size is checked first
  const auto string = [&](std::size_t size) {
    return tunnel_event(arm_of(DataType::unicodeString, &ValueArm::unicodeString,
                               Utf16View(reinterpret_cast<const std::byte*>(&unit), size, std::endian::native)));
  };
  const FieldPath path = FieldPath(Step::localSubNet) / Step::unicodeString;
  for (const Format format : all_formats)
    EXPECT_EQ(encode_error(string(0xffffffff), {.format = format}), (EncodeError{stringTooLong, path}));
  EXPECT_EQ(encode_error(string(1), {.string_slack = 0xfffffffe}), (EncodeError{stringTooLong, path}));
  std::vector<std::byte> bytes;
  EXPECT_TRUE(encode(string(1), {.string_slack = 0xfffffffd}, bytes)) << "its max_count is all ones";
}

TEST(EncodeErrors, AcceptsTheCountOfTheLongestStringInAnImage) {
  const char16_t nul = u'\0';  // never read past its end: the size is checked first
  ConditionValue string(DataType::unicodeString);
  string.arm.unicodeString = Utf16View(reinterpret_cast<const std::byte*>(&nul), 0xfffffffe, std::endian::native);
  std::vector<std::byte> bytes;
  for (const Format format : {Format::native64, Format::native32}) {
    EXPECT_EQ(encode_error(tunnel_event(string), {.format = format}).code, innerNul) << "not stringTooLong";
    EXPECT_TRUE(encode(known_event("tunnel_str"), {.format = format, .string_slack = 0xffffffff}, bytes))
        << "an image has no max_count";
  }
}

TEST(EncodeErrors, RejectsAnInnerNulInAnImage) {
  const std::u16string_view text(u"a\0b", 3);
  const Event event = tunnel_event(uint8_subnet(1), arm_of(DataType::unicodeString, &ValueArm::unicodeString,
                                                           Utf16View(std::span<const char16_t>(text))));
  for (const Format format : {Format::native64, Format::native32})
    EXPECT_EQ(encode_error(event, {.format = format}),
              (EncodeError{innerNul, FieldPath(Step::remoteSubNet) / Step::unicodeString}));
  std::vector<std::byte> bytes;
  for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64})
    EXPECT_TRUE(encode(event, {.format = format}, bytes)) << "NDR can hold it";
}

TEST(EncodeErrors, RejectsArraysThatTogetherExceed32Bits) {
  const std::byte byte{};  // never read: the sizes are checked first
  const ConditionValue half = arm_of(DataType::byteBlob, &ValueArm::byteBlob, ByteBlob{0x80000000, &byte});
  const ConditionValue whole = arm_of(DataType::securityDescriptor, &ValueArm::sd, ByteBlob{0xffffffff, &byte});
  // The structure that points to them has 40 bytes or more.
  const ConditionValue rest =
      arm_of(DataType::tokenAccessInformation, &ValueArm::tokenAccessInformation, ByteBlob{0xffffffff - 39, &byte});
  for (const Event& event : {tunnel_event(half, half), tunnel_event(whole), tunnel_event(rest)}) {
    EXPECT_EQ(encode_error(event, {}), (EncodeError{objectTooLarge, {}}));
    EXPECT_EQ(encode_error(event, {.format = Format::native32}), (EncodeError{addressRange, {}}));
  }
  // A string of half as many units as there are bytes.
  ConditionValue string(DataType::unicodeString);
  string.arm.unicodeString = Utf16View(&byte, 0x7fffffff, std::endian::native);
  EXPECT_EQ(encode_error(tunnel_event(string), {}), (EncodeError{objectTooLarge, {}}));
}

TEST(EncodeErrors, RejectsAnImageThatDoesNotFitInTheAddressSpace) {
  const Event event = transport_event();
  std::vector<std::byte> bytes;
  EXPECT_TRUE(encode(event, {.format = Format::native32, .image_base = 0x100000000 - 48}, bytes));
  EXPECT_TRUE(encode(event, {.format = Format::native64, .image_base = ~std::uint64_t{0} - 63}, bytes));
  for (const std::uint64_t base : {std::uint64_t{0x100000000 - 47}, std::uint64_t{0x100000000}, ~std::uint64_t{0}})
    EXPECT_EQ(encode_error(event, {.format = Format::native32, .image_base = base}), (EncodeError{addressRange, {}}));
  EXPECT_EQ(encode_error(event, {.format = Format::native64, .image_base = ~std::uint64_t{0} - 62}),
            (EncodeError{addressRange, {}}));
}

TEST(EncodeErrors, HaveNamesAndMessages) {
  constexpr std::array<std::string_view, 9> names = {"unknown-revision", "no-arm",           "null-inline",
                                                     "count-mismatch",   "sid-too-long",     "string-too-long",
                                                     "inner-nul",        "object-too-large", "address-range"};
  std::set<std::string_view> sentences;
  for (std::size_t code = 0; code < names.size(); ++code) {
    EXPECT_EQ(to_string(static_cast<EncodeErrorCode>(code)), names[code]);
    EXPECT_TRUE(sentences.insert(message(static_cast<EncodeErrorCode>(code))).second) << names[code];
  }
  EXPECT_FALSE(sentences.contains(""));
  EXPECT_EQ(to_string(EncodeErrorCode{9}), "") << "not a code";
  EXPECT_EQ(message(EncodeErrorCode{9}), "") << "not a code";
}

TEST(EncodeErrors, AnEventWithoutEncodingIsNotCanonical) {
  const Event none = tunnel_event(ConditionValue(DataType{21}));
  std::vector<std::byte> bytes;
  for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64})
    EXPECT_EQ(is_canonical(bytes, format, none), false);
}

TEST(FieldKinds, HaveDistinctNames) {
  std::set<std::string_view> names;
  for (int kind = 0; kind <= static_cast<int>(FieldKind::bodyPadding); ++kind) {
    const std::string_view text = to_string(static_cast<FieldKind>(kind));
    EXPECT_FALSE(text.empty()) << kind;
    EXPECT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-"), std::string_view::npos) << text;
    EXPECT_TRUE(names.insert(text).second) << text;
  }
  EXPECT_EQ(to_string(FieldKind::maxCount), "max-count");
  EXPECT_EQ(to_string(FieldKind{21}), "") << "not a kind";
}

}  // namespace
}  // namespace qmforge::sim
