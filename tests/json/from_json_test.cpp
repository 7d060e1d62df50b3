// The forms that from_json accepts in addition to those of to_json (round_trip_test.cpp).
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>

#include "examples.h"
#include "qmforge/json.h"

namespace qmforge {
namespace {

using testing::labelled;
using testing::replaced;
using testing::transport_json;
using testing::tunnel_json;

class FromJson : public ::testing::Test {
 protected:
  Event read(const std::string& text, Revision revision = Revision::r0) {
    auto read = from_json(text, revision, storage_);
    EXPECT_TRUE(read.has_value()) << text << '\n' << read.error().field << ' ' << read.error().message;
    if (!read) return {};
    label_ = read->label;
    return read->event;
  }
  ConditionValue read_local(const std::string& value) { return read(labelled(tunnel_json(value))).localSubNet; }

  std::pmr::monotonic_buffer_resource storage_;
  std::string label_;
};

TEST_F(FromJson, ReadsLabelAndEvent) {
  const Event event = read(labelled(transport_json()));
  EXPECT_EQ(label_, "a");
  EXPECT_EQ(event.revision, Revision::r0);
  EXPECT_EQ(event.failureErrorCode, 13868U);
  EXPECT_EQ(event.failurePoint, FailurePoint::peer);
  EXPECT_EQ(event.keyingModuleType, KeyModuleType::ikev2);
  EXPECT_EQ(event.qmState, QmSaState::final);
  EXPECT_EQ(event.saRole, SaRole::responder);
  EXPECT_EQ(event.saTrafficType, TrafficType::transport);
  EXPECT_EQ(event.qmFilterId, 0x0102030405060708U);
}

TEST_F(FromJson, PrefersTheRevisionOfTheObject) {
  const std::string r1_event =
      replaced(transport_json(), R"("72623859790382856"})",
               R"("1", "mmSaLuid": "2", "mmProviderContextKey": "{12345678-9abc-def0-0102-030405060708}"})");
  EXPECT_EQ(read(labelled(r1_event), Revision::r1).mmSaLuid, 2U);
  EXPECT_EQ(read(R"({"label": "a", "revision": 1, "event": )" + r1_event + '}').revision, Revision::r1);
  EXPECT_EQ(read(R"({"label": "a", "revision": 0, "event": )" + transport_json() + '}', Revision::r1).revision,
            Revision::r0);
}

TEST_F(FromJson, IgnoresTheOtherMembersOfAResult) {
  read(
      R"({"label": "a", "format": "ndr64", "verdict": [], "canonical": {}, "fault": {"a": [[[{"b": 1e300}]]]}, "event": )" +
      transport_json() + R"(, "findings": null, "error": 1.5, "anything": "x"})");
}

TEST_F(FromJson, AcceptsMembersInAnyOrderAndAnyBlanks) {
  const Event event = read("\t{\r\n\"event\" :" + transport_json() + ",\"label\":\"b\" } \n");
  EXPECT_EQ(event.failureErrorCode, 13868U);
  EXPECT_EQ(label_, "b");
}

TEST_F(FromJson, DoesNotNeedAnErrorName) {
  read(labelled(replaced(transport_json(), R"("failureErrorName": "ERROR_IPSEC_IKE_POLICY_MATCH", )", "")));
  read(labelled(replaced(transport_json(), R"("ERROR_IPSEC_IKE_POLICY_MATCH")", "null")));
}

TEST_F(FromJson, AcceptsNumbersForEnumerations) {
  std::string json = replaced(transport_json(), R"("IPSEC_FAILURE_PEER")", "2");
  json = replaced(json, R"("IKEEXT_KEY_MODULE_IKEV2")", "3");
  json = replaced(json, R"("IKEEXT_QM_SA_STATE_FINAL")", "4294967295");
  json = replaced(json, R"("IPSEC_TRAFFIC_TYPE_TRANSPORT")", "2");
  const Event event = read(labelled(json));
  EXPECT_EQ(event.failurePoint, FailurePoint::peer);
  EXPECT_EQ(event.keyingModuleType, KeyModuleType{3});
  EXPECT_EQ(event.qmState, QmSaState{4294967295});
  EXPECT_EQ(event.saTrafficType, TrafficType{2});

  json = replaced(tunnel_json(R"({"type": 256, "v4AddrMask": {"addr": "1.2.3.4", "mask": "0.0.0.0"}})"),
                  R"("IPSEC_TRAFFIC_TYPE_TUNNEL")", "1");
  EXPECT_EQ(read(labelled(json)).localSubNet.v4AddrMask, (V4AddrMask{0x01020304, 0}));
}

TEST_F(FromJson, AcceptsTypesWithoutAnArm) {
  EXPECT_EQ(read_local(R"({"type": 0})").type, DataType::empty);
  EXPECT_EQ(read_local(R"({"type": 255})").type, DataType{255});
}

TEST_F(FromJson, AcceptsHexInEitherCase) {
  EXPECT_EQ(read_local(R"({"type": "FWP_FLOAT", "float32": "3FC00000"})").arm.float32, 0x3fc00000U);
  EXPECT_EQ(read_local(R"({"type": "FWP_BYTE_ARRAY6_TYPE", "byteArray6": "ABCDEFabcdef"})"),
            read_local(R"({"type": "FWP_BYTE_ARRAY6_TYPE", "byteArray6": "abcdefABCDEF"})"));
}

TEST_F(FromJson, DistinguishesAnEmptyArrayFromNull) {
  EXPECT_NE(read_local(R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 0, "data": ""}})").arm.byteBlob.data,
            nullptr);
  EXPECT_EQ(read_local(R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 7, "data": null}})").arm.byteBlob,
            (ByteBlob{7, nullptr}));
  const TokenInformation token =
      read_local(R"({"type": "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation": {"sidCount": 0, "sids": [], )"
                 R"("restrictedSidCount": 3, "restrictedSids": null}})")
          .arm.tokenInformation;
  EXPECT_FALSE(token.sids.is_null());
  EXPECT_EQ(token.sids.size(), 0U);
  EXPECT_TRUE(token.restrictedSids.is_null());
  EXPECT_EQ(token.restrictedSidCount, 3U);
}

// An allocator that returns a null pointer for zero bytes.
class ThriftyResource : public std::pmr::memory_resource {
  void* do_allocate(std::size_t size, std::size_t alignment) override {
    return size == 0 ? nullptr : memory_.allocate(size, alignment);
  }
  void do_deallocate(void* /*at*/, std::size_t /*size*/, std::size_t /*alignment*/) override {}
  [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

  std::pmr::monotonic_buffer_resource memory_;
};

TEST(FromJsonStorage, AllocatesForAnEmptyArray) {
  ThriftyResource storage;
  const auto read =
      from_json(labelled(tunnel_json(R"({"type": "FWP_BYTE_BLOB_TYPE", "byteBlob": {"size": 0, "data": ""}})")),
                Revision::r0, storage);
  ASSERT_TRUE(read.has_value());
  EXPECT_NE(read->event.localSubNet.arm.byteBlob.data, nullptr);
}

// All ways to write a unit are equal.
TEST_F(FromJson, ReadsStringsAsUnits) {
  const auto units = [this](const std::string& literal) {
    const Utf16View view =
        read_local(R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": ")" + literal + "\"}").arm.unicodeString;
    return std::u16string(view.begin(), view.end());
  };
  EXPECT_EQ(units(""), u"");
  EXPECT_EQ(units("A\\u0041\\u00e9\xc3\xa9"), u"AA\u00e9\u00e9");
  EXPECT_EQ(units("\\\"\\\\\\/\\b\\f\\n\\r\\t"), u"\"\\/\b\f\n\r\t");
  EXPECT_EQ(units("\\\\u0041"), u"\\u0041");  // an escaped backslash, then letters
  EXPECT_EQ(units("\\u0000"), std::u16string(1, u'\0'));
  EXPECT_EQ(units("\\u0001d800"),
            u"\x0001"
            u"d800");
  EXPECT_EQ(units("\\uD83D\\uDE00"), u"\U0001f600");
  EXPECT_EQ(units("\xf0\x9f\x98\x80"), u"\U0001f600");
}

TEST_F(FromJson, ReadsUnitsThatAreNotWellFormed) {
  const auto units = [this](const std::string& hex) {
    const Utf16View view =
        read_local(R"({"type": "FWP_UNICODE_STRING_TYPE", "unicodeString": {"utf16": ")" + hex + "\"}}")
            .arm.unicodeString;
    return std::u16string(view.begin(), view.end());
  };
  EXPECT_EQ(units("DE000030d83d"), (std::u16string{char16_t{0xde00}, u'0', char16_t{0xd83d}}));
  EXPECT_EQ(units("d83dd83dde00"), (std::u16string{char16_t{0xd83d}, char16_t{0xd83d}, char16_t{0xde00}}));
}

TEST_F(FromJson, ReadsAnEventByItself) {
  EXPECT_EQ(read(transport_json()).failureErrorCode, 13868U);
  EXPECT_EQ(label_, "");
}

TEST_F(FromJson, AcceptsTheErrorNameForItsCode) {
  const std::string no_code = replaced(transport_json(), R"("failureErrorCode": 13868, )", "");
  EXPECT_EQ(read(labelled(no_code)).failureErrorCode, 13868U);
  EXPECT_EQ(read(labelled(replaced(no_code, "ERROR_IPSEC_IKE_POLICY_MATCH",
                                   "HRESULT_FROM_WIN32(ERROR_IPSEC_IKE_INVALID_COOKIE)")))
                .failureErrorCode,
            0x80073616U);
}

TEST_F(FromJson, AcceptsExactNumbersFor64Bits) {
  const auto filter = [this](std::string_view number) {
    return read(labelled(replaced(transport_json(), R"("72623859790382856")", number))).qmFilterId;
  };
  EXPECT_EQ(filter("5"), 5U);
  EXPECT_EQ(filter("9007199254740992"), 9007199254740992U);
  EXPECT_EQ(read_local(R"({"type": "FWP_INT64", "int64": -9007199254740992})").arm.int64, -9007199254740992);
}

TEST_F(FromJson, ReadsLabelsAsUtf8) {
  read(R"({"label": "\u0001\u00fc\u20ac\ud83d\ude00\n", "event": )" + transport_json() + '}');
  EXPECT_EQ(label_, "\x01\xc3\xbc\xe2\x82\xac\xf0\x9f\x98\x80\n");
  // Each side of the surrogates.
  read(R"({"label": "\ud7ff\ue000\uffff", "event": )" + transport_json() + '}');
  EXPECT_EQ(label_, "\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf");
}

TEST_F(FromJson, AcceptsEscapedKeys) {
  read(R"({"\u006cabel": "a", "event": )" + transport_json() + '}');
  EXPECT_EQ(label_, "a");
}

TEST_F(FromJson, AcceptsThirtyTwoLevels) {
  const auto nested = [](std::size_t depth) {
    return R"({"label": "a", "other": )" + std::string(depth - 1, '[') + std::string(depth - 1, ']') +
           R"(, "event": )" + transport_json() + '}';
  };
  read(nested(32));
  EXPECT_FALSE(from_json(nested(33), Revision::r0, storage_).has_value());
  // Brackets in strings open no levels and close none.
  read(replaced(nested(2), R"("label": "a")", R"("label": ")" + std::string(100, '[') + R"(\"[{")"));
  std::string closing;
  for (int level = 0; level < 33; ++level) closing += R"(["]]}", )";
  const auto rejected = from_json(closing, Revision::r0, storage_);
  ASSERT_FALSE(rejected.has_value());
  EXPECT_EQ(rejected.error().message, "is nested more than 32 deep");
}

}  // namespace
}  // namespace qmforge
