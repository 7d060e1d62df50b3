// Every error of the NDR encodings, by hand: the bytes, and the code, offset and field by docs/format.md 3. The
// simulator's catalogue of faults covers every place; these are cases that a person can check with that page.
#include "both_decoders.h"

namespace qmforge {
namespace {

using testing::from_hex;
using testing::is_malformed;

// Six u32: error 0x35ee, failurePoint 2, keyingModuleType 2, qmState 2, saRole 1, then the traffic type.
const std::string transport_enums = "ee350000 02000000 02000000 02000000 01000000 00000000";
const std::string tunnel_enums = "ee350000 02000000 02000000 02000000 01000000 01000000";
const std::string filter = "0807060504030201";
const std::string transport_body = transport_enums + "00000000 00000000" + filter;
/// A tunnel whose local value is `local` (type, discriminant, arm) and whose remote one is FWP_EMPTY.
std::string tunnel_body(const std::string& local, const std::string& pointees) {
  return tunnel_enums + "01000000" + local + "01000000 00000000 00000000" + "00000000" + filter + pointees;
}
std::string header(const std::string& length) { return "01100800 cccccccc" + length + "00000000"; }

constexpr DecodeOptions ndr20{Format::ndr20};
constexpr DecodeOptions body{Format::ndr20Body};
constexpr DecodeOptions ndr64{Format::ndr64};

TEST(HeaderErrors, AreReportedFieldByField) {
  const auto malformed = [](const std::string& hex, ErrorCode code, std::uint64_t offset, std::string_view field) {
    return is_malformed(from_hex(hex), ndr20, code, offset, field);
  };
  EXPECT_TRUE(malformed("", ErrorCode::truncated, 0, "Version"));
  EXPECT_TRUE(malformed("00", ErrorCode::headerVersion, 0, "Version"));
  EXPECT_TRUE(
      malformed("02100800 cccccccc 28000000 00000000" + transport_body, ErrorCode::headerVersion, 0, "Version"));
  EXPECT_TRUE(malformed("01", ErrorCode::truncated, 1, "Endianness"));
  EXPECT_TRUE(malformed("0101", ErrorCode::headerEndianness, 1, "Endianness"));
  EXPECT_TRUE(
      malformed("01110800 cccccccc 28000000 00000000" + transport_body, ErrorCode::headerEndianness, 1, "Endianness"));
  EXPECT_TRUE(malformed("0110", ErrorCode::truncated, 2, "CommonHeaderLength"));
  EXPECT_TRUE(malformed("011008", ErrorCode::truncated, 2, "CommonHeaderLength"));
  EXPECT_TRUE(malformed("01100008 cccccccc 28000000 00000000" + transport_body, ErrorCode::headerLength, 2,
                        "CommonHeaderLength"));
  // The common header is little-endian, whatever Endianness is.
  EXPECT_TRUE(malformed("01000008 cccccccc 00000028 00000000" + transport_body, ErrorCode::headerLength, 2,
                        "CommonHeaderLength"));
  EXPECT_TRUE(malformed("01100800", ErrorCode::truncated, 4, "Filler"));
  EXPECT_TRUE(malformed("01100800 cccccccc", ErrorCode::truncated, 8, "ObjectBufferLength"));
  EXPECT_TRUE(malformed("01100800 cccccccc 28000000", ErrorCode::truncated, 12, "Filler"));
}

TEST(HeaderErrors, ObjectBufferLengthBoundsTheBody) {
  const auto malformed = [](const std::string& hex, ErrorCode code, std::uint64_t offset, std::string_view field) {
    return is_malformed(from_hex(hex), ndr20, code, offset, field);
  };
  EXPECT_TRUE(malformed(header("29000000") + transport_body + "00000000 00000000", ErrorCode::objectLength, 8,
                        "ObjectBufferLength"));
  EXPECT_TRUE(malformed(header("2c000000") + transport_body + "00000000 00000000", ErrorCode::objectLength, 8,
                        "ObjectBufferLength"));
  EXPECT_TRUE(malformed(header("30000000") + transport_body, ErrorCode::objectLength, 8, "ObjectBufferLength"));
  EXPECT_TRUE(malformed(header("f8ffffff") + transport_body, ErrorCode::objectLength, 8, "ObjectBufferLength"));
  // It is in the byte order of Endianness: 0x28 big-endian would be 0x28000000 little-endian.
  EXPECT_TRUE(malformed("01000800 cccccccc 28000000 00000000" + transport_body, ErrorCode::objectLength, 8,
                        "ObjectBufferLength"));
  EXPECT_TRUE(malformed(header("20000000") + transport_body, ErrorCode::truncated, 48, "qmFilterId"));
  EXPECT_TRUE(malformed(header("00000000"), ErrorCode::truncated, 16, "failureErrorCode"));
}

TEST(TrailingBytes, AreReportedInsideTheBodyAndAfterIt) {
  const std::string eight = "00000000 00000000";
  EXPECT_TRUE(
      is_malformed(from_hex(header("30000000") + transport_body + eight), ndr20, ErrorCode::trailingBytes, 56, ""));
  EXPECT_TRUE(
      is_malformed(from_hex(header("28000000") + transport_body + "00"), ndr20, ErrorCode::trailingBytes, 56, ""));
  EXPECT_TRUE(is_malformed(from_hex(header("30000000") + transport_body + eight + "00"), ndr20,
                           ErrorCode::trailingBytes, 56, ""));
  EXPECT_TRUE(is_malformed(from_hex(transport_body + eight), body, ErrorCode::trailingBytes, 40, ""));
  EXPECT_TRUE(decode(from_hex(transport_body + "ffffffffffffff"), body).has_value());
}

TEST(Truncated, IsReportedAtTheFirstFieldThatDoesNotFit) {
  const auto bytes = from_hex(transport_body);
  const struct {
    std::size_t begin, end;
    std::string_view field;
  } parts[] = {{0, 4, "failureErrorCode"}, {4, 8, "failurePoint"},   {8, 12, "keyingModuleType"},
               {12, 16, "qmState"},        {16, 20, "saRole"},       {20, 24, "saTrafficType"},
               {24, 28, "localSubNet"},    {28, 32, "remoteSubNet"}, {32, 40, "qmFilterId"}};
  for (const auto& part : parts)
    for (std::size_t size = part.begin; size < part.end; ++size)
      EXPECT_TRUE(is_malformed(std::span(bytes).first(size), body, ErrorCode::truncated, part.begin, part.field))
          << size;
}

TEST(Truncated, HasTheOffsetAfterAlignment) {
  // Tunnel v6/v4: the v4 mask begins at 84, after 17 bytes at 64 and 3 of padding; the input ends inside the padding.
  const std::string v6_v4 = tunnel_enums + "01000000 01010000 01010000 00000200 01000000 00010000 00010000 04000200" +
                            filter + "20010db8000100000000000000000000 30";
  for (const char* padding : {"", "00", "0000", "000000", "000000 00", "000000 000000"})
    EXPECT_TRUE(is_malformed(from_hex(v6_v4 + padding), body, ErrorCode::truncated, 84, "remoteSubNet.v4AddrMask.addr"))
        << padding;
  EXPECT_TRUE(is_malformed(from_hex(v6_v4 + "000000 00000000 000000"), body, ErrorCode::truncated, 88,
                           "remoteSubNet.v4AddrMask.mask"));
}

TEST(Truncated, IsReportedForTheMembersOfRevision1) {
  const DecodeOptions options{Format::ndr20Body, Revision::r1};
  EXPECT_TRUE(is_malformed(from_hex(transport_body), options, ErrorCode::truncated, 40, "mmSaLuid"));
  EXPECT_TRUE(is_malformed(from_hex(transport_body + filter + "00112233445566778899aabbccddee"), options,
                           ErrorCode::truncated, 48, "mmProviderContextKey"));
}

TEST(UnionTags, AreComparedBeforeTheArmIsSelected) {
  const auto malformed = [](const std::string& hex, ErrorCode code, std::uint64_t offset, std::string_view field) {
    return is_malformed(from_hex(hex), body, code, offset, field);
  };
  const std::string enums2 = "ee350000 02000000 02000000 02000000 01000000 02000000";
  EXPECT_TRUE(
      malformed(transport_enums + "01000000 00000000" + filter, ErrorCode::unionTagMismatch, 24, "localSubNet"));
  EXPECT_TRUE(
      malformed(transport_enums + "00000000 01000000" + filter, ErrorCode::unionTagMismatch, 28, "remoteSubNet"));
  EXPECT_TRUE(malformed(enums2 + "01000000 02000000" + filter, ErrorCode::unionTagMismatch, 24, "localSubNet"));
  EXPECT_TRUE(malformed(enums2 + "02000000 02000000" + filter, ErrorCode::unionTagUnknown, 24, "localSubNet"));
  EXPECT_TRUE(
      malformed(tunnel_body("00010000 01010000 00000200", ""), ErrorCode::unionTagMismatch, 32, "localSubNet.type"));
  for (const char* type : {"15000000", "ff000000", "03010000", "ffffffff", "00000100"})
    EXPECT_TRUE(malformed(tunnel_body(std::string(type) + type + "00000000", ""), ErrorCode::unionTagUnknown, 32,
                          "localSubNet.type"))
        << type;
  EXPECT_TRUE(
      malformed(tunnel_body("15000000 16000000 00000000", ""), ErrorCode::unionTagMismatch, 32, "localSubNet.type"));
}

TEST(UnionTags, MasksAndRangesAreUnknownInARange) {
  for (const char* type : {"00010000", "01010000", "02010000"})
    EXPECT_TRUE(
        is_malformed(from_hex(tunnel_body("02010000 02010000 00000200",
                                          std::string("03000000 03000000 01000000") + type + type + "00000200")),
                     body, ErrorCode::unionTagUnknown, 64 + 16, "localSubNet.rangeValue.valueHigh.type"))
        << type;
}

TEST(Arrays, MaxCountIsComparedWithSizeIsBeforeTheElementsAreRead) {
  const std::string blob = "0c000000 0c000000 00000200";
  const auto malformed = [&](const std::string& pointee, ErrorCode code, std::uint64_t offset, std::string_view field) {
    return is_malformed(from_hex(tunnel_body(blob, pointee)), body, code, offset, field);
  };
  EXPECT_TRUE(malformed("05000000 04000200 06000000 0102030405", ErrorCode::arrayCountMismatch, 72,
                        "localSubNet.byteBlob.data"));
  EXPECT_TRUE(malformed("05000000 04000200 ffffffff 0102030405", ErrorCode::arrayCountMismatch, 72,
                        "localSubNet.byteBlob.data"));
  EXPECT_TRUE(malformed("05000000 04000200 05000000 01020304", ErrorCode::truncated, 76, "localSubNet.byteBlob.data"));
  EXPECT_TRUE(malformed("ffffffff 04000200 ffffffff 01020304", ErrorCode::truncated, 76, "localSubNet.byteBlob.data"));
  EXPECT_TRUE(malformed("05000000 04000200", ErrorCode::truncated, 72, "localSubNet.byteBlob.data"));
}

TEST(Arrays, ASidsMaxCountComesFirst) {
  const std::string sid = "0d000000 0d000000 00000200";
  const auto malformed = [&](const std::string& pointee, ErrorCode code, std::uint64_t offset, std::string_view field) {
    return is_malformed(from_hex(tunnel_body(sid, pointee)), body, code, offset, field);
  };
  EXPECT_TRUE(malformed("03000000 01 02 000000000005 20000000 20020000", ErrorCode::arrayCountMismatch, 64,
                        "localSubNet.sid.SubAuthority"));
  EXPECT_TRUE(malformed("02000000 01", ErrorCode::truncated, 69, "localSubNet.sid.SubAuthorityCount"));
  EXPECT_TRUE(malformed("02000000 01 02 0000000000", ErrorCode::truncated, 70, "localSubNet.sid.IdentifierAuthority"));
  EXPECT_TRUE(
      malformed("02000000 01 02 000000000005 20000000", ErrorCode::truncated, 76, "localSubNet.sid.SubAuthority"));
}

TEST(Arrays, ATokensSidsAreReadAfterTheirArray) {
  const std::string token = "0f000000 0f000000 00000200";
  const auto malformed = [&](const std::string& pointee, ErrorCode code, std::uint64_t offset, std::string_view field) {
    return is_malformed(from_hex(tunnel_body(token, pointee)), body, code, offset, field);
  };
  const std::string two = "02000000 04000200 00000000 00000000";
  EXPECT_TRUE(malformed(two + "01000000", ErrorCode::arrayCountMismatch, 80, "localSubNet.tokenInformation.sids"));
  EXPECT_TRUE(malformed(two + "02000000 00000000 07000000 00000000", ErrorCode::truncated, 84,
                        "localSubNet.tokenInformation.sids"));
  // The first element's SID is NULL; the second's follows both.
  EXPECT_TRUE(malformed(two + "02000000 00000000 07000000 08000200 07000000" + "02000000 01 01",
                        ErrorCode::arrayCountMismatch, 100, "localSubNet.tokenInformation.sids[1].sid.SubAuthority"));
  EXPECT_TRUE(malformed("00000000 00000000 01000000 04000200 02000000", ErrorCode::arrayCountMismatch, 80,
                        "localSubNet.tokenInformation.restrictedSids"));
}

TEST(Strings, AreCheckedCountByCount) {
  const std::string string = "11000000 11000000 00000200";
  const auto malformed = [&](const std::string& pointee, ErrorCode code, std::uint64_t offset) {
    return is_malformed(from_hex(tunnel_body(string, pointee)), body, code, offset, "localSubNet.unicodeString");
  };
  EXPECT_TRUE(malformed("02000000 01000000 02000000 41000000", ErrorCode::stringOffset, 68));
  EXPECT_TRUE(malformed("02000000 00000000 03000000 41000000", ErrorCode::stringLength, 72));
  EXPECT_TRUE(malformed("02000000 00000000 00000000 41000000", ErrorCode::stringUnterminated, 72));
  EXPECT_TRUE(malformed("02000000 00000000 02000000 41004200", ErrorCode::stringUnterminated, 72));
  EXPECT_TRUE(malformed("02000000 00000000 02000000 410000", ErrorCode::truncated, 76));
  EXPECT_TRUE(malformed("ffffffff 00000000 ffffffff 41000000", ErrorCode::truncated, 76));
  EXPECT_TRUE(decode(from_hex(tunnel_body(string, "09000000 00000000 02000000 41000000")), body).has_value());
}

// NDR64: bytes up to a tunnel's values, every union and every value aligned to 8.
std::string tunnel64(const std::string& local, const std::string& pointees) {
  return tunnel_enums + "01000000 00000000" + local + "01000000 00000000 00000000 00000000 00000000 00000000" + filter +
         pointees;
}

TEST(Ndr64, CountsHave64Bits) {
  const std::string blob = "0c000000 00000000 0c000000 00000000 00000200 00000000";
  EXPECT_TRUE(is_malformed(from_hex(tunnel64(blob, "01000000 00000000 04000200 00000000 01000000 01000000 aa")), ndr64,
                           ErrorCode::arrayCountMismatch, 104, "localSubNet.byteBlob.data"));
  const std::string string = "11000000 00000000 11000000 00000000 00000200 00000000";
  EXPECT_TRUE(is_malformed(from_hex(tunnel64(string, "0100000000000000 0000000001000000 0100000000000000 0000")), ndr64,
                           ErrorCode::stringOffset, 96, "localSubNet.unicodeString"));
  EXPECT_TRUE(is_malformed(from_hex(tunnel64(string, "0100000000000000 0000000000000000 0100000001000000 0000")), ndr64,
                           ErrorCode::stringLength, 104, "localSubNet.unicodeString"));
  // A length that no input can have: two times it wraps to 0 in 64 bits.
  EXPECT_TRUE(is_malformed(from_hex(tunnel64(string, "0000000000000080 0000000000000000 0000000000000080 0000")), ndr64,
                           ErrorCode::truncated, 112, "localSubNet.unicodeString"));
}

TEST(Ndr64, APointerIsNullOnlyIfAll64BitsAreZero) {
  const auto bytes = from_hex(tunnel64("00010000 00000000 00010000 00000000 00000000 01000000", "0000000a 000000ff"));
  const auto event = decode(bytes, ndr64);
  ASSERT_TRUE(event);
  EXPECT_FALSE(event->localSubNet.is_null);
  EXPECT_EQ(event->localSubNet.v4AddrMask, (V4AddrMask{0x0a000000, 0xff000000}));
}

TEST(Ndr64, PaddingAtTheEndOfAStructureIsRequired) {
  const std::string range = "02010000 00000000 02010000 00000000 00000200 00000000";
  const std::string low = "03000000 00000000 03000000 00000000 01000000 00000000";
  const std::string high = "03000000 00000000 03000000 00000000 63000000";
  for (const char* padding : {"", "00", "0000", "000000"})
    EXPECT_TRUE(is_malformed(from_hex(tunnel64(range, low + high + padding)), ndr64, ErrorCode::truncated, 88 + 24 + 20,
                             "localSubNet.rangeValue.valueHigh"))
        << padding;
  EXPECT_TRUE(decode(from_hex(tunnel64(range, low + high + "ffffffff")), ndr64).has_value());
}

TEST(BigEndian, EveryIntegerIsSwapped) {
  const auto bytes = from_hex(
      "01000800 cccccccc 00000058 00000000"
      "000035ee 00000002 00000002 00000002 00000001 00000001"
      "00000001 0000000d 0000000d 00020000"
      "00000001 00000000 00000000 00000000 0102030405060708"
      "00000002 01 02 000000000005 00000020 00000220"
      "00000000");
  const auto event = decode(bytes);
  ASSERT_TRUE(event) << testing::describe(event);
  EXPECT_TRUE(testing::decoders_agree(bytes, ndr20));
  EXPECT_EQ(event->failureErrorCode, 13806u);
  EXPECT_EQ(event->qmFilterId, 0x0102030405060708u);
  ASSERT_EQ(event->localSubNet.type, DataType::sid);
  EXPECT_EQ(event->localSubNet.arm.sid.subAuthority[1], 544u);
}

}  // namespace
}  // namespace qmforge
