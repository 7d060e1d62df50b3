// The exact JSON text of results and events.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "examples.h"
#include "qmforge/explain.h"
#include "qmforge/json.h"
#include "qmforge/testing/events.h"
#include "qmforge/validate.h"
#include "support/hex.h"

namespace qmforge {
namespace {

using testing::tunnel_json;

/// The event of examples.h.
Event transport() {
  Event event = test::make_transport_event();
  event.failureErrorCode = 13868;
  return event;
}

Event tunnel(const ConditionValue& local) {
  Event event = test::make_tunnel_event(local, ConditionValue());
  event.failureErrorCode = 13868;
  return event;
}

TEST(EventToJson, OfTransport) { EXPECT_EQ(to_json(transport()), testing::transport_json()); }

TEST(EventToJson, OfRevision1HasTwoMoreMembers) {
  Event event = transport();
  event.revision = Revision::r1;
  event.mmSaLuid = 18446744073709551615U;
  event.mmProviderContextKey = {
      .data1 = 0x12345678, .data2 = 0x9abc, .data3 = 0xdef0, .data4 = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08}};
  EXPECT_EQ(to_json(event), testing::replaced(testing::transport_json(), R"("72623859790382856"})",
                                              R"("72623859790382856", "mmSaLuid": "18446744073709551615", )"
                                              R"("mmProviderContextKey": "{12345678-9abc-def0-0102-030405060708}"})"));
}

TEST(EventToJson, WritesTheNumberOfAnInvalidEnumerationValue) {
  Event event = transport();
  event.failurePoint = FailurePoint{3};
  event.keyingModuleType = KeyModuleType{3};
  event.qmState = QmSaState{4};
  event.saRole = SaRole{2};
  event.saTrafficType = TrafficType{4294967295};
  const std::string json = to_json(event);
  EXPECT_NE(json.find(R"("failurePoint": 3, "keyingModuleType": 3, "qmState": 4, "saRole": 2, )"
                      R"("saTrafficType": 4294967295, "localSubNet": null, "remoteSubNet": null, )"),
            std::string::npos)
      << json;
}

TEST(EventToJson, WritesNullForAnErrorCodeWithoutName) {
  Event event = transport();
  event.failureErrorCode = 4294967295;
  const std::string json = to_json(event);
  EXPECT_TRUE(json.starts_with(R"({"failureErrorCode": 4294967295, "failureErrorName": null, "failurePoint")")) << json;
}

TEST(ValueToJson, EqualsTheValueInTheEvent) {
  EXPECT_EQ(to_json(ConditionValue(DataType::v6AddrMask, true)), R"({"type": "FWP_V6_ADDR_MASK", "v6AddrMask": null})");
  Value value(DataType::int8);
  value.arm.int8 = -1;
  EXPECT_EQ(to_json(value), R"({"type": "FWP_INT8", "int8": -1})");
}

constexpr std::array<std::uint32_t, 2> administrators = {32, 544};
constexpr std::array blob = {std::byte{0x00}, std::byte{0xab}, std::byte{0xff}};

Sid builtin_administrators() {
  return {.revision = 1,
          .identifierAuthority = {0, 0, 0, 0, 0, 5},
          .subAuthority = IntegerView<std::uint32_t>(administrators)};
}

// A local subnet, and how it is written.
struct Written {
  ConditionValue value;
  std::string json;
};

std::vector<Written> written_values() {
  std::vector<Written> all;
  const auto add = [&all](DataType type, const char* json, auto write) {
    ConditionValue value(type);
    write(value);
    all.push_back({value, json});
  };
  using enum DataType;
  add(empty, R"({"type": "FWP_EMPTY"})", [](auto&) {});
  add(uint8, R"({"type": "FWP_UINT8", "uint8": 255})", [](auto& v) { v.arm.uint8 = 255; });
  add(uint16, R"({"type": "FWP_UINT16", "uint16": 65535})", [](auto& v) { v.arm.uint16 = 65535; });
  add(uint32, R"({"type": "FWP_UINT32", "uint32": 4294967295})", [](auto& v) { v.arm.uint32 = 4294967295; });
  add(uint64, R"({"type": "FWP_UINT64", "uint64": "18446744073709551615"})",
      [](auto& v) { v.arm.uint64 = 18446744073709551615U; });
  add(int8, R"({"type": "FWP_INT8", "int8": -128})", [](auto& v) { v.arm.int8 = -128; });
  add(int16, R"({"type": "FWP_INT16", "int16": -32768})", [](auto& v) { v.arm.int16 = -32768; });
  add(int32, R"({"type": "FWP_INT32", "int32": -2147483648})", [](auto& v) { v.arm.int32 = INT32_MIN; });
  add(int64, R"({"type": "FWP_INT64", "int64": "-9223372036854775808"})", [](auto& v) { v.arm.int64 = INT64_MIN; });
  add(float32, R"({"type": "FWP_FLOAT", "float32": "3fc00000"})", [](auto& v) { v.arm.float32 = 0x3fc00000; });
  add(double64, R"({"type": "FWP_DOUBLE", "double64": "3ff8000000000000"})",
      [](auto& v) { v.arm.double64 = 0x3ff8000000000000; });
  add(byteArray16, R"({"type": "FWP_BYTE_ARRAY16_TYPE", "byteArray16": "000102030405060708090a0b0c0d0e0f"})",
      [](auto& v) { v.arm.byteArray16 = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}; });
  add(byteBlob, R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 3, "data": "00abff"}})",
      [](auto& v) { v.arm.byteBlob = {3, blob.data()}; });
  add(byteBlob, R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 0, "data": ""}})",
      [](auto& v) { v.arm.byteBlob = {0, blob.data()}; });
  add(byteBlob, R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 4294967295, "data": null}})",
      [](auto& v) { v.arm.byteBlob = {4294967295, nullptr}; });
  add(sid, R"({"type": "FWP_SID", "sid": "S-1-5-32-544"})", [](auto& v) { v.arm.sid = builtin_administrators(); });
  add(securityDescriptor, R"({"type": "FWP_SECURITY_DESCRIPTOR_TYPE", "sd": {"size": 1, "data": "00"}})",
      [](auto& v) { v.arm.sd = {1, blob.data()}; });
  add(tokenInformation,
      R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 2, "sids": [)"
      R"({"sid": "S-1-5-32-544", "attributes": 7}, {"sid": null, "attributes": 4294967295}], )"
      R"("restrictedSidCount": 9, "restrictedSids": null}})",
      [](auto& v) {
        static const std::array<SidAndAttributes, 2> sids = {
            {{.sid = builtin_administrators(), .attributes = 7}, {.sid = std::nullopt, .attributes = 4294967295}}};
        v.arm.tokenInformation = {2, 9, SidAndAttributesView(sids), {}};
      });
  add(tokenAccessInformation,
      R"({"type": "FWP_TOKEN_ACCESS_INFORMATION_TYPE", "tokenAccessInformation": {"size": 2, "data": "00ab"}})",
      [](auto& v) { v.arm.tokenAccessInformation = {2, blob.data()}; });
  add(unicodeString, R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": "10.0.0.0/8"})", [](auto& v) {
    static constexpr std::u16string_view text = u"10.0.0.0/8";
    v.arm.unicodeString = Utf16View(text);
  });
  // Units outside printable ASCII as \uXXXX, NULs included; quotation marks and backslashes escaped.
  add(unicodeString,
      R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": "\u0000\u001f ~\u007f\u00e9\ud83d\ude00\"\\/"})",
      [](auto& v) {
        static constexpr std::array<char16_t, 11> units = {0,      0x1f,   u' ', u'~',  0x7f, 0xe9,
                                                           0xd83d, 0xde00, u'"', u'\\', u'/'};
        v.arm.unicodeString = Utf16View(units);
      });
  // An unpaired surrogate anywhere: the units in hex, because JSON has no string for them.
  add(unicodeString, R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "0041dc00"}})", [](auto& v) {
    static constexpr std::array<char16_t, 2> units = {u'A', 0xdc00};
    v.arm.unicodeString = Utf16View(units);
  });
  add(unicodeString, R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "d800"}})", [](auto& v) {
    static constexpr std::array<char16_t, 1> units = {0xd800};
    v.arm.unicodeString = Utf16View(units);
  });
  add(unicodeString, R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "d800d83dde00"}})", [](auto& v) {
    static constexpr std::array<char16_t, 3> units = {0xd800, 0xd83d, 0xde00};
    v.arm.unicodeString = Utf16View(units);
  });
  // The first and the last of each kind of surrogate.
  add(unicodeString, R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": "\ud800\udc00\udbff\udfff\ue000"})",
      [](auto& v) {
        static constexpr std::array<char16_t, 5> units = {0xd800, 0xdc00, 0xdbff, 0xdfff, 0xe000};
        v.arm.unicodeString = Utf16View(units);
      });
  add(unicodeString, R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "dfff"}})", [](auto& v) {
    static constexpr std::array<char16_t, 1> units = {0xdfff};
    v.arm.unicodeString = Utf16View(units);
  });
  add(unicodeString, R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "dbff"}})", [](auto& v) {
    static constexpr std::array<char16_t, 1> units = {0xdbff};
    v.arm.unicodeString = Utf16View(units);
  });
  add(byteArray6, R"({"type": "FWP_BYTE_ARRAY6_TYPE", "byteArray6": "0001020304ff"})",
      [](auto& v) { v.arm.byteArray6 = {0, 1, 2, 3, 4, 255}; });
  add(bitmapIndex, R"({"type": "FWP_BITMAP_INDEX_TYPE", "uint8": 63})", [](auto& v) { v.arm.uint8 = 63; });
  add(bitmapArray64, R"({"type": "FWP_BITMAP_ARRAY64_TYPE", "bitmapArray64": "00010203040506ff"})",
      [](auto& v) { v.arm.bitmapArray64 = {0, 1, 2, 3, 4, 5, 6, 255}; });
  add(v4AddrMask, R"({"type": "FWP_V4_ADDR_MASK", "v4AddrMask": {"addr": "10.0.0.0", "mask": "255.0.0.0"}})",
      [](auto& v) { v.v4AddrMask = {.addr = 0x0a000000, .mask = 0xff000000}; });
  add(v6AddrMask, R"({"type": "FWP_V6_ADDR_MASK", "v6AddrMask": {"addr": "2001:db8::", "prefixLength": 255}})",
      [](auto& v) { v.v6AddrMask = {.addr = {0x20, 0x01, 0x0d, 0xb8}, .prefixLength = 255}; });
  add(range,
      R"({"type": "FWP_RANGE_TYPE", "rangeValue": {"valueLow": {"type": "FWP_UINT32", "uint32": 1}, )"
      R"("valueHigh": {"type": "FWP_SID", "sid": null}}})",
      [](auto& v) {
        v.rangeValue = {Value(uint32), Value(DataType::sid, true)};
        v.rangeValue.valueLow.arm.uint32 = 1;
      });
  add(DataType{255}, R"({"type": 255})", [](auto&) {});
  return all;
}

TEST(EventToJson, OfEveryDataType) {
  std::vector<Written> all = written_values();
  for (const Written& written : all) EXPECT_EQ(to_json(tunnel(written.value)), tunnel_json(written.json));
}

TEST(EventToJson, OfNullPointers) {
  for (const DataType type : all_data_types) {
    if (!is_pointer_type(type)) continue;
    const std::string json =
        R"({"type": ")" + std::string(c_name(type)) + R"(", ")" + std::string(arm_name(type)) + R"(": null})";
    EXPECT_EQ(to_json(tunnel(ConditionValue(type, true))), tunnel_json(json));
  }
}

// A range has no arm for masks; the result is still JSON.
TEST(EventToJson, OfMasksInARange) {
  ConditionValue value(DataType::range);
  value.rangeValue = {Value(DataType::v4AddrMask), Value(DataType{1000})};
  EXPECT_EQ(to_json(tunnel(value)),
            tunnel_json(R"({"type": "FWP_RANGE_TYPE", "rangeValue": {"valueLow": {"type": "FWP_V4_ADDR_MASK"}, )"
                        R"("valueHigh": {"type": 1000}}})"));
}

TEST(ResultToJson, OfAValidEvent) {
  const Event event = transport();
  const Result result{.label = "a", .report = {event, validate(event)}, .canonical = true};
  EXPECT_EQ(result.report.verdict(), Verdict::valid);
  EXPECT_EQ(to_json(result),
            R"({"label": "a", "format": "ndr20", "revision": 0, "verdict": "valid", "canonical": true, "event": )" +
                testing::transport_json() + R"(, "findings": [], "error": null})");
}

TEST(ResultToJson, OfAnInvalidEvent) {
  Event event = transport();
  event.failureErrorCode = 0;
  event.failurePoint = FailurePoint{3};
  const Result result{
      .label = "b", .format = Format::native32, .report = {event, validate(event)}, .canonical = std::nullopt};
  EXPECT_EQ(result.report.verdict(), Verdict::invalid);
  const std::string json = to_json(result);
  EXPECT_TRUE(json.starts_with(R"({"label": "b", "format": "native32", "revision": 0, "verdict": "invalid", )"
                               R"("canonical": null, "event": {"failureErrorCode": 0, )"))
      << json;
  EXPECT_TRUE(json.ends_with(
      R"("findings": [{"rule": "failure-point-range", "severity": "error", "field": "failurePoint", "message": ")" +
      explain({Rule::failurePointRange, Step::failurePoint}, event) +
      R"("}, {"rule": "error-code-success", "severity": "warning", "field": "failureErrorCode", "message": ")" +
      explain({Rule::errorCodeSuccess, Step::failureErrorCode}, event) + R"("}], "error": null})"))
      << json;
}

TEST(ResultToJson, NamesTheWholePathOfAFinding) {
  ConditionValue torn(DataType::v4AddrMask);
  torn.v4AddrMask = {0, 0x00ffffff};
  const Event event = tunnel(torn);
  const std::string json = to_json(Result{.label = "b", .report = {event, validate(event)}, .canonical = false});
  EXPECT_NE(
      json.find(R"({"rule": "v4-mask-contiguous", "severity": "error", "field": "localSubNet.v4AddrMask.mask", )"),
      std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("rule": "subnet-type", "severity": "error", "field": "remoteSubNet.type", )"),
            std::string::npos)
      << json;
}

TEST(ResultToJson, WithOnlyWarningsIsValid) {
  Event event = transport();
  event.failureErrorCode = 0;
  const Result result{.label = "b", .report = {event, validate(event)}, .canonical = false};
  EXPECT_EQ(result.report.verdict(), Verdict::valid);
  EXPECT_NE(to_json(result).find(R"("verdict": "valid", "canonical": false, )"), std::string::npos);
}

TEST(ResultToJson, OfAMalformedInput) {
  const DecodeError error{ErrorCode::unionTagMismatch, FieldPath(Step::localSubNet) / Step::type, 36};
  const Result result{.label = "c", .revision = Revision::r1, .report = {std::unexpected(error), {}}, .canonical = {}};
  EXPECT_EQ(result.report.verdict(), Verdict::malformed);
  EXPECT_EQ(
      to_json(result),
      R"({"label": "c", "format": "ndr20", "revision": 1, "verdict": "malformed", "canonical": null, "event": null, )"
      R"("findings": [], "error": {"code": "union-tag-mismatch", "offset": 36, "field": "localSubNet.type", )"
      R"("message": ")" +
          std::string(message(ErrorCode::unionTagMismatch)) + R"("}})");
}

// A label may be any file name; the output is printable ASCII.
TEST(ResultToJson, EscapesLabels) {
  const auto label_of = [](std::string_view label) {
    const Result result{.label = label, .report = {transport(), {}}, .canonical = {}};
    const std::string json = to_json(result);
    return json.substr(10, json.find(R"(, "format")") - 10);
  };
  EXPECT_EQ(label_of(""), R"("")");
  EXPECT_EQ(label_of("a b/c\\d\"\n\x7f"), R"("a b/c\\d\"\u000a\u007f")");
  EXPECT_EQ(label_of("gr\xc3\xbc\xc3\x9f"), R"("gr\u00fc\u00df")");
  EXPECT_EQ(label_of("\xe2\x82\xac\xf0\x9f\x98\x80"), R"("\u20ac\ud83d\ude00")");
  // Not UTF-8: a trailing byte alone, a leading byte alone, overlong, a surrogate, above U+10FFFF.
  EXPECT_EQ(label_of("\x80"), R"("\ufffd")");
  EXPECT_EQ(label_of("\xc3"), R"("\ufffd")");
  EXPECT_EQ(label_of("\xc3z"), R"("\ufffdz")");
  EXPECT_EQ(label_of("\xc0\x80"), R"("\ufffd\ufffd")");
  EXPECT_EQ(label_of("\xe0\x80\x80"), R"("\ufffd\ufffd\ufffd")");
  EXPECT_EQ(label_of("\xed\xa0\x80"), R"("\ufffd\ufffd\ufffd")");
  EXPECT_EQ(label_of("\xf4\x90\x80\x80"), R"("\ufffd\ufffd\ufffd\ufffd")");
  EXPECT_EQ(label_of("\xff"), R"("\ufffd")");
}

}  // namespace
}  // namespace qmforge
