// The errors of from_json: field and message.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "examples.h"
#include "qmforge/json.h"

namespace qmforge {
namespace {

using ::testing::HasSubstr;
using testing::labelled;
using testing::replaced;
using ::testing::StartsWith;
using testing::transport_json;
using testing::tunnel_json;

JsonError error_of(const std::string& text, Revision revision = Revision::r0) {
  std::pmr::monotonic_buffer_resource storage;
  const auto read = from_json(text, revision, storage);
  if (!read) return read.error();
  return {"", "(no error)"};
}

void expect_error(const std::string& text, const std::string& field, const std::string& message) {
  const JsonError error = error_of(text);
  EXPECT_EQ(error.field, field) << text;
  EXPECT_EQ(error.message, message) << text;
}

TEST(JsonErrors, OfTextThatIsNotJson) {
  for (const std::string& text : {std::string(""),
                                  std::string("{"),
                                  std::string("{\"label\"}"),
                                  labelled(transport_json()) + "x",
                                  std::string("{'label': 1}"),
                                  std::string("{\"label\": NaN}"),
                                  std::string("{\"label\": Infinity}"),
                                  std::string("{\"label\": 01}"),
                                  std::string("{\"label\": .5}"),
                                  std::string("{\"label\": \"\\x\"}"),
                                  std::string("{\"label\": \"\\u12g4\"}"),
                                  std::string("{\"label\": \"\\ud8"),
                                  std::string("{\"label\": \"\x01\"}"),
                                  std::string("{\"label\": \"\xff\"}"),
                                  std::string("{\"label\": \"\xed\xa0\x80\"}"),
                                  std::string("]"),
                                  std::string("{\"label\": 1,}"),
                                  std::string("{\"label\": \"a\\"),
                                  std::string(R"({"label": "\ud800"})"),
                                  std::string(R"({"label": "\udc00a"})"),
                                  std::string(R"({"label": "\ud800\ud800"})")}) {
    const JsonError error = error_of(text);
    EXPECT_EQ(error.field, "") << text;
    EXPECT_THAT(error.message, StartsWith("is not JSON")) << text;
  }
}

// The number of the byte counts the bytes of the original text, with its escapes.
TEST(JsonErrors, NameTheByteOfASyntaxError) {
  EXPECT_THAT(error_of(R"({"label": "a" x)").message, StartsWith("is not JSON, at byte 15: "));
  EXPECT_THAT(error_of(R"({"label": "\ud800\udc00" x)").message, StartsWith("is not JSON, at byte 26: "));
}

TEST(JsonErrors, OfANumberThatNoDoubleHolds) {
  EXPECT_THAT(error_of(R"({"label": 1e999})").message, StartsWith("is not JSON: number overflow"));
}

TEST(JsonErrors, OfTooDeepNesting) {
  expect_error(std::string(33, '['), "", "is nested more than 32 deep");
  expect_error(std::string(1000000, '['), "", "is nested more than 32 deep");
}

TEST(JsonErrors, OfDuplicateKeys) {
  expect_error(R"({"label": "a", "label": "b"})", "label", "is a duplicate key");
  expect_error(R"({"label": "a", "\u006cabel": "b"})", "label", "is a duplicate key");
  expect_error(labelled(replaced(transport_json(), R"("saRole")", R"("qmState")")), "event.qmState",
               "is a duplicate key");
  expect_error(R"({"event": [1, {}, {"a": [{"x": 1, "y": {"x": 1}, "x": 2}]}]})", "event[2].a[0].x",
               "is a duplicate key");
}

TEST(JsonErrors, OfTheOutermostObject) {
  expect_error("5", "", "must be an object, not 5");
  expect_error("[]", "", "must be an object, not an array");
  expect_error("{}", "label", "is missing");
  expect_error(R"({"label": "a"})", "event", "is missing");
  expect_error(R"({"label": 5})", "label", "must be a string, not 5");
  expect_error(R"({"label": "a", "event": null})", "event", "must be an object, not null");
  for (const std::string revision : {"2", "-1", "0.0", "\"0\"", "null"}) {
    const JsonError error = error_of(R"({"label": "a", "revision": )" + revision + R"(, "event": {}})");
    EXPECT_EQ(error.field, "revision") << revision;
    EXPECT_THAT(error.message, StartsWith("must be ")) << revision;
  }
}

TEST(JsonErrors, OfMissingMembers) {
  const std::string event = replaced(transport_json(), R"("failureErrorName": "ERROR_IPSEC_IKE_POLICY_MATCH", )", "");
  for (const std::string key : {"failureErrorCode", "failurePoint", "keyingModuleType", "qmState", "saRole",
                                "saTrafficType", "localSubNet", "remoteSubNet", "qmFilterId"}) {
    const std::size_t begin = event.find('"' + key + '"');
    const std::size_t comma = event.find(", ", begin);
    std::string without = event;
    if (comma == std::string::npos) {
      without = event.substr(0, begin - 2) + '}';
    } else {
      without.erase(begin, comma + 2 - begin);
    }
    expect_error(labelled(without), "event." + key, "is missing");
  }
}

TEST(JsonErrors, OfMissingMembersOfRevision1) {
  const JsonError luid = error_of(labelled(transport_json()), Revision::r1);
  EXPECT_EQ(luid.field, "event.mmSaLuid");
  EXPECT_EQ(luid.message, "is missing");
  const JsonError key = error_of(
      labelled(replaced(transport_json(), R"("qmFilterId")", R"("mmSaLuid": "1", "qmFilterId")")), Revision::r1);
  EXPECT_EQ(key.field, "event.mmProviderContextKey");
  EXPECT_EQ(key.message, "is missing");
}

TEST(JsonErrors, OfUnknownMembers) {
  const auto with = [](std::string_view member) {
    return labelled(replaced(transport_json(), R"("saRole")", std::string(member) + R"(: 1, "saRole")"));
  };
  expect_error(with(R"("role")"), "event.role", "is an unknown key");
  expect_error(with(R"("")"), R"(event."")", "is an unknown key");
  expect_error(with(R"("sa role")"), R"(event."sa role")", "is an unknown key");
  expect_error(with(R"("\ud83d\ude00\u0007")"), R"(event."\ud83d\ude00\u0007")", "is an unknown key");
  // Letters, digits and underscores need no quotation marks; their neighbours do.
  for (const char c : std::string("AZaz09_"))
    expect_error(with(std::string("\"") + c + '"'), std::string("event.") + c, "is an unknown key");
  for (const char c : std::string("@[`{/:^"))
    expect_error(with(std::string("\"") + c + '"'), std::string("event.\"") + c + '"', "is an unknown key");
  // Members of revision 1 in revision 0.
  expect_error(with(R"("mmSaLuid")"), "event.mmSaLuid", "is an unknown key");
  const std::string endless(1000, 'a');
  EXPECT_EQ(error_of(with('"' + endless + '"')).field, "event.\"" + endless.substr(0, 60) + "\" ...");
}

TEST(JsonErrors, OfNumbers) {
  const auto with_code = [](std::string_view code) { return labelled(replaced(transport_json(), "13868", code)); };
  const std::string must = "must be a whole number from 0 to 4294967295, not ";
  expect_error(with_code("4294967296"), "event.failureErrorCode", must + "4294967296");
  expect_error(with_code("-1"), "event.failureErrorCode", must + "-1");
  expect_error(with_code("18446744073709551615"), "event.failureErrorCode", must + "18446744073709551615");
  expect_error(with_code("1.0"), "event.failureErrorCode", must + "1.0");
  expect_error(with_code("1e3"), "event.failureErrorCode", must + "1000.0");
  expect_error(with_code("\"1\""), "event.failureErrorCode", must + "\"1\"");
  expect_error(with_code("null"), "event.failureErrorCode", must + "null");
  expect_error(with_code("true"), "event.failureErrorCode", must + "true");
  expect_error(with_code("[]"), "event.failureErrorCode", must + "an array");
  expect_error(with_code("{}"), "event.failureErrorCode", must + "an object");
  EXPECT_THAT(error_of(with_code("99999999999999999999999")).message, StartsWith(must));
}

TEST(JsonErrors, OfNumbersOf64Bits) {
  for (const std::string text :
       {"-1", "1.0", "1e3", "9007199254740993", "18446744073709551616", "\"\"", "\"-1\"", "\"+1\"", "\"01\"", "\"0x1\"",
        "\" 1\"", "\"1 \"", "\"1.0\"", "\"18446744073709551616\"", "null"}) {
    const JsonError error = error_of(labelled(replaced(transport_json(), R"("72623859790382856")", text)));
    EXPECT_EQ(error.field, "event.qmFilterId") << text;
    EXPECT_THAT(error.message, StartsWith("must be a decimal number from 0 to 18446744073709551615, "
                                          "as a string where it is above 2^53, not "));
  }
}

TEST(JsonErrors, OfEnumerations) {
  const auto with = [](std::string_view from, std::string_view to) {
    return labelled(replaced(transport_json(), from, to));
  };
  expect_error(with(R"("IPSEC_FAILURE_PEER")", R"("IPSEC_FAILURE_YOU")"), "event.failurePoint",
               "must be a number or one of IPSEC_FAILURE_NONE, IPSEC_FAILURE_ME, IPSEC_FAILURE_PEER, "
               "not \"IPSEC_FAILURE_YOU\"");
  expect_error(with(R"("IKEEXT_SA_ROLE_RESPONDER")", R"("IKEEXT_SA_ROLE_MAX")"), "event.saRole",
               "must be a number or one of IKEEXT_SA_ROLE_INITIATOR, IKEEXT_SA_ROLE_RESPONDER, "
               "not \"IKEEXT_SA_ROLE_MAX\"");
  expect_error(with(R"("IKEEXT_KEY_MODULE_IKEV2")", "-1"), "event.keyingModuleType",
               "must be a whole number from 0 to 4294967295, not -1");
  EXPECT_EQ(error_of(with(R"("IKEEXT_QM_SA_STATE_FINAL")", "null")).field, "event.qmState");
  EXPECT_EQ(error_of(with(R"("IPSEC_TRAFFIC_TYPE_TRANSPORT")", "\"\"")).field, "event.saTrafficType");
}

TEST(JsonErrors, OfTheErrorName) {
  expect_error(labelled(replaced(transport_json(), "13868", "13806")), "event.failureErrorName",
               "must be null or the name of failureErrorCode 13806, not \"ERROR_IPSEC_IKE_POLICY_MATCH\"");
  EXPECT_EQ(error_of(labelled(replaced(transport_json(), R"("ERROR_IPSEC_IKE_POLICY_MATCH")", "5"))).field,
            "event.failureErrorName");
  const auto with = [](std::string_view code, std::string_view name) {
    return labelled(replaced(replaced(transport_json(), "13868", code), "ERROR_IPSEC_IKE_POLICY_MATCH", name));
  };
  // The name of a code without a name is null, not "".
  expect_error(with("1", ""), "event.failureErrorName", "must be null or the name of failureErrorCode 1, not \"\"");
  const std::string no_code = replaced(transport_json(), R"("failureErrorCode": 13868, )", "");
  expect_error(labelled(replaced(no_code, "ERROR_IPSEC_IKE_POLICY_MATCH", "ERROR_BOGUS")), "event.failureErrorName",
               "must be a name of winerror.h that qmforge knows (or give failureErrorCode), not \"ERROR_BOGUS\"");
  expect_error(labelled(replaced(no_code, R"("ERROR_IPSEC_IKE_POLICY_MATCH")", "null")), "event.failureErrorCode",
               "is missing");
}

TEST(JsonErrors, OfTheGuid) {
  const std::string event =
      replaced(transport_json(), R"("qmFilterId")", R"("mmSaLuid": "1", "mmProviderContextKey": "{1}", "qmFilterId")");
  const JsonError error = error_of(labelled(event), Revision::r1);
  EXPECT_EQ(error.field, "event.mmProviderContextKey");
  EXPECT_EQ(error.message, "must be a GUID such as \"{12345678-9abc-def0-0102-030405060708}\", not \"{1}\"");
}

TEST(JsonErrors, OfSubnetsOutsideATunnel) {
  using testing::event_json;
  const std::string must = "must be null: only a tunnel (IPSEC_TRAFFIC_TYPE_TUNNEL) has subnets, not an object";
  expect_error(labelled(event_json("0", R"({"type": 0})", "null")), "event.localSubNet", must);
  expect_error(labelled(event_json("0", "null", R"({"type": 0})")), "event.remoteSubNet", must);
  expect_error(labelled(event_json("2", R"({"type": 0})", "null")), "event.localSubNet", must);
  expect_error(labelled(event_json("1", "null", R"({"type": 0})")), "event.localSubNet",
               "must not be null: a tunnel has two subnets");
  expect_error(labelled(event_json("1", R"({"type": 0})", "null")), "event.remoteSubNet",
               "must not be null: a tunnel has two subnets");
  expect_error(labelled(event_json("1", R"({"type": 0})", "\"\"")), "event.remoteSubNet",
               "must be an object, not \"\"");
}

// A local subnet, and the path of its error (after `event.localSubNet`).
struct BadValue {
  std::string json;
  std::string path;
  std::string message;
};

std::vector<BadValue> bad_values() {
  const std::string high = "must be a whole number from ";
  return {
      {"{}", ".type", "is missing"},
      {R"({"type": null})", ".type", high + "0 to 4294967295, not null"},
      {R"({"type": -1})", ".type", high + "0 to 4294967295, not -1"},
      {R"({"type": "FWP_UINT9"})", ".type", "must be a number or the name of an FWP_DATA_TYPE, not \"FWP_UINT9\""},
      {R"({"type": "FWP_EMPTY", "uint8": 1})", ".uint8", "is an unknown key"},
      {R"({"type": 21, "uint8": 1})", ".uint8", "is an unknown key"},
      {R"({"type": "FWP_UINT8"})", ".uint8", "is missing"},
      {R"({"type": "FWP_UINT8", "uint16": 1})", ".uint16", "is an unknown key"},
      {R"({"type": "FWP_UINT8", "uint8": 1, "uint16": 1})", ".uint16", "is an unknown key"},
      {R"({"type": "FWP_UINT8", "uint8": null})", ".uint8", "must not be null: FWP_UINT8 is not a pointer"},
      {R"({"type": "FWP_UINT8", "uint8": 256})", ".uint8", high + "0 to 255, not 256"},
      {R"({"type": "FWP_BITMAP_INDEX_TYPE", "uint8": -1})", ".uint8", high + "0 to 255, not -1"},
      {R"({"type": "FWP_UINT16", "uint16": 65536})", ".uint16", high + "0 to 65535, not 65536"},
      {R"({"type": "FWP_UINT32", "uint32": 4294967296})", ".uint32", high + "0 to 4294967295, not 4294967296"},
      {R"({"type": "FWP_UINT64", "uint64": 9007199254740993})", ".uint64",
       "must be a decimal number from 0 to 18446744073709551615, as a string where it is above 2^53, "
       "not 9007199254740993"},
      {R"({"type": "FWP_INT8", "int8": 128})", ".int8", high + "-128 to 127, not 128"},
      {R"({"type": "FWP_INT8", "int8": -129})", ".int8", high + "-128 to 127, not -129"},
      {R"({"type": "FWP_INT16", "int16": -32769})", ".int16", high + "-32768 to 32767, not -32769"},
      {R"({"type": "FWP_INT32", "int32": 2147483648})", ".int32", high + "-2147483648 to 2147483647, not 2147483648"},
      {R"({"type": "FWP_INT64", "int64": "9223372036854775808"})", ".int64",
       "must be a decimal number from -9223372036854775808 to 9223372036854775807, as a string where it is above 2^53, "
       "not "
       "\"9223372036854775808\""},
      {R"({"type": "FWP_INT64", "int64": "-0"})", ".int64",
       "must be a decimal number from -9223372036854775808 to 9223372036854775807, as a string where it is above 2^53, "
       "not \"-0\""},
      {R"({"type": "FWP_FLOAT", "float32": 1.5})", ".float32", "must be a string, not 1.5"},
      {R"({"type": "FWP_FLOAT", "float32": "3fc0000"})", ".float32",
       "must be the number's bits as 8 hex digits, not \"3fc0000\""},
      {R"({"type": "FWP_DOUBLE", "double64": "3fc00000"})", ".double64",
       "must be the number's bits as 16 hex digits, not \"3fc00000\""},
      {R"({"type": "FWP_DOUBLE", "double64": "3fc000000000000g"})", ".double64",
       "must be the number's bits as 16 hex digits, not \"3fc000000000000g\""},
      {R"({"type": "FWP_BYTE_ARRAY16_TYPE", "byteArray16": "00"})", ".byteArray16",
       "must be 32 hex digits, not \"00\""},
      {R"({"type": "FWP_BYTE_ARRAY6_TYPE", "byteArray6": "00000000000g"})", ".byteArray6",
       "must be 12 hex digits, not \"00000000000g\""},
      {R"({"type": "FWP_BITMAP_ARRAY64_TYPE", "bitmapArray64": "000000000000000000"})", ".bitmapArray64",
       "must be 16 hex digits, not \"000000000000000000\""},
      {R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": "00"})", ".byteBlob", "must be an object, not \"00\""},
      {R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 1}})", ".byteBlob.data", "is missing"},
      {R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"data": null}})", ".byteBlob.size", "is missing"},
      {R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 1, "data": "000"}})", ".byteBlob.data",
       "must be null or hex digits, two for each byte, not \"000\""},
      {R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 1, "data": "0x"}})", ".byteBlob.data",
       "must be null or hex digits, two for each byte, not \"0x\""},
      {R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 2, "data": "00"}})", ".byteBlob.size",
       "must be the number of data's bytes, 1, not 2"},
      {R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 5, "data": ""}})", ".byteBlob.size",
       "must be the number of data's bytes, 0, not 5"},
      {R"({"type": "FWP_SECURITY_DESCRIPTOR_TYPE", "sd": {"size": 0, "data": "00"}})", ".sd.size",
       "must be the number of data's bytes, 1, not 0"},
      {R"({"type": "FWP_TOKEN_ACCESS_INFORMATION_TYPE", "tokenAccessInformation": {"size": 0, "data": "", "more": 1}})",
       ".tokenAccessInformation.more", "is an unknown key"},
      {R"({"type": "FWP_SID", "sid": "S-1"})", ".sid",
       "must be a SID such as \"S-1-5-32-544\" with up to 255 sub-authorities, not \"S-1\""},
      {R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 1, "sids": [], )"
       R"("restrictedSidCount": 0, "restrictedSids": null}})",
       ".tokenInformation.sidCount", "must be the number of elements, 0, not 1"},
      {R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 1, "sids": null, )"
       R"("restrictedSidCount": 0, "restrictedSids": [{"sid": null, "attributes": 1}]}})",
       ".tokenInformation.restrictedSidCount", "must be the number of elements, 1, not 0"},
      {R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 1, "sids": {}, )"
       R"("restrictedSidCount": 0, "restrictedSids": null}})",
       ".tokenInformation.sids", "must be an array, not an object"},
      {R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 2, "sids": [{"sid": null, )"
       R"("attributes": 1}, {"sid": 5, "attributes": 1}], "restrictedSidCount": 0, "restrictedSids": null}})",
       ".tokenInformation.sids[1].sid", "must be a string, not 5"},
      {R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 1, "sids": [{"sid": null}], )"
       R"("restrictedSidCount": 0, "restrictedSids": null}})",
       ".tokenInformation.sids[0].attributes", "is missing"},
      {R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 1, "sids": [7], )"
       R"("restrictedSidCount": 0, "restrictedSids": null}})",
       ".tokenInformation.sids[0]", "must be an object, not 7"},
      {R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 0, "sids": null}})",
       ".tokenInformation.restrictedSidCount", "is missing"},
      {R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": 5})", ".unicodeString",
       "must be a string or {\"utf16\": \"hex\"}, not 5"},
      {R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {}})", ".unicodeString.utf16", "is missing"},
      {R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "d800", "a": 1}})", ".unicodeString.a",
       "is an unknown key"},
      {R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "d80"}})", ".unicodeString.utf16",
       "must be hex digits, four for each unit, not \"d80\""},
      {R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "d800004g"}})", ".unicodeString.utf16",
       "must be hex digits, four for each unit, not \"d800004g\""},
      // Each string has one form.
      {R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": "0041d83dde00"}})", ".unicodeString",
       "must be a string, because its units are well-formed UTF-16"},
      {R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": ""}})", ".unicodeString",
       "must be a string, because its units are well-formed UTF-16"},
      {R"({"type": "FWP_V4_ADDR_MASK", "v4AddrMask": {"addr": "10.0.0.0/8", "mask": "255.0.0.0"}})", ".v4AddrMask.addr",
       "must be an IPv4 address such as \"10.0.0.0\", not \"10.0.0.0/8\""},
      {R"({"type": "FWP_V4_ADDR_MASK", "v4AddrMask": {"addr": "10.0.0.0"}})", ".v4AddrMask.mask", "is missing"},
      {R"({"type": "FWP_V4_ADDR_MASK", "v4AddrMask": {"addr": "10.0.0.0", "mask": 8}})", ".v4AddrMask.mask",
       "must be a string, not 8"},
      {R"({"type": "FWP_V6_ADDR_MASK", "v6AddrMask": {"addr": "10.0.0.0", "prefixLength": 8}})", ".v6AddrMask.addr",
       "must be an IPv6 address such as \"2001:db8::\", not \"10.0.0.0\""},
      {R"({"type": "FWP_V6_ADDR_MASK", "v6AddrMask": {"addr": "::", "prefixLength": 256}})", ".v6AddrMask.prefixLength",
       high + "0 to 255, not 256"},
      {R"({"type": "FWP_V6_ADDR_MASK", "v6AddrMask": {"addr": "::", "prefixLength": 1, "zone": 1}})",
       ".v6AddrMask.zone", "is an unknown key"},
      {R"({"type": "FWP_RANGE_TYPE", "rangeValue": {"valueLow": {"type": 0}}})", ".rangeValue.valueHigh", "is missing"},
      {R"({"type": "FWP_RANGE_TYPE", "rangeValue": {"valueLow": {"type": 0}, "valueHigh": null}})",
       ".rangeValue.valueHigh", "must be an object, not null"},
      {R"({"type": "FWP_RANGE_TYPE", "rangeValue": {"valueLow": {"type": "FWP_UINT8", "uint8": 300}, )"
       R"("valueHigh": {"type": 0}}})",
       ".rangeValue.valueLow.uint8", high + "0 to 255, not 300"},
      // A range holds neither masks nor ranges.
      {R"({"type": "FWP_RANGE_TYPE", "rangeValue": {"valueLow": {"type": "FWP_V4_ADDR_MASK", "v4AddrMask": null}, )"
       R"("valueHigh": {"type": 0}}})",
       ".rangeValue.valueLow.v4AddrMask", "is an unknown key"},
  };
}

TEST(JsonErrors, OfValues) {
  for (const BadValue& bad : bad_values())
    expect_error(labelled(tunnel_json(bad.json)), "event.localSubNet" + bad.path, bad.message);
  const JsonError remote = error_of(labelled(testing::event_json("1", R"({"type": 0})", R"({"type": "x"})")));
  EXPECT_EQ(remote.field, "event.remoteSubNet.type");
}

TEST(JsonErrors, ShortenLongValues) {
  const JsonError error = error_of(R"({"label": "a", "revision": ")" + std::string(100000, 'x') + R"("})");
  EXPECT_LT(error.message.size(), 200U);
  EXPECT_THAT(error.message, HasSubstr("xxx\" ..."));
}

}  // namespace
}  // namespace qmforge
