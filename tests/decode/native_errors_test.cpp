// The errors of memory images, by hand. The image begins at 0x10000; the structure is its first 64 or 48 bytes.
#include <algorithm>

#include "both_decoders.h"

namespace qmforge {
namespace {

using testing::from_hex;
using testing::is_malformed;

constexpr DecodeOptions native64{Format::native64};
constexpr DecodeOptions native32{Format::native32};

const std::string enums = "ee350000 02000000 02000000 02000000 01000000";
const std::string transport = "00000000";
const std::string tunnel = "01000000";
const std::string filter_id = "0807060504030201";
const std::string empty64 = "00000000 cccccccc cccccccccccccccc";
const std::string empty32 = "00000000 cccccccc";

/// A 64-bit tunnel of 64 bytes whose local value is of `type` with `arm` in its 8 bytes, followed by `rest`.
std::vector<std::byte> image64(const std::string& type, const std::string& arm, const std::string& rest) {
  return from_hex(enums + tunnel + type + "cccccccc" + arm + empty64 + filter_id + rest);
}

TEST(NativeErrors, ATruncatedStructureIsReportedAtItsFirstMissingMember) {
  const auto bytes = from_hex(enums + transport + empty64 + empty64 + filter_id);
  ASSERT_EQ(bytes.size(), 64u);
  const struct {
    std::size_t begin, end;
    std::string_view field;
  } parts[] = {{0, 4, "failureErrorCode"}, {20, 24, "saTrafficType"},     {24, 28, "localSubNet.type"},
               {32, 40, "localSubNet"},    {40, 44, "remoteSubNet.type"}, {48, 56, "remoteSubNet"},
               {56, 64, "qmFilterId"}};
  for (const auto& part : parts)
    for (std::size_t size = part.begin; size < part.end; ++size)
      EXPECT_TRUE(is_malformed(std::span(bytes).first(size), native64, ErrorCode::truncated, part.begin, part.field))
          << size;
  EXPECT_TRUE(is_malformed(std::span(bytes).first(30), native64, ErrorCode::truncated, 32, "localSubNet"));
  auto revision1 = bytes;
  revision1.resize(88);
  const DecodeOptions options{Format::native64, Revision::r1};
  for (std::size_t size = 64; size < 88; ++size)
    EXPECT_TRUE(is_malformed(std::span(revision1).first(size), options, ErrorCode::truncated, size < 72 ? 64 : 72,
                             size < 72 ? "mmSaLuid" : "mmProviderContextKey"));
}

TEST(NativeErrors, ATruncated32BitStructureIsReportedAtItsFirstMissingMember) {
  const auto bytes = from_hex(enums + transport + empty32 + empty32 + filter_id);
  ASSERT_EQ(bytes.size(), 48u);
  EXPECT_TRUE(decode(bytes, native32).has_value());
  EXPECT_TRUE(is_malformed(std::span(bytes).first(47), native32, ErrorCode::truncated, 40, "qmFilterId"));
  EXPECT_TRUE(is_malformed(std::span(bytes).first(39), native32, ErrorCode::truncated, 36, "remoteSubNet"));
}

TEST(NativeErrors, UnionsOfATransportEventAreIgnored) {
  const std::string anything = "ffffffff ffffffff ffffffffffffffff";
  const auto event = decode(from_hex(enums + transport + anything + anything + filter_id), native64);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->localSubNet.type, DataType::empty);
}

TEST(NativeErrors, UnknownTagsAreReportedAtTheDiscriminant) {
  EXPECT_TRUE(is_malformed(from_hex(enums + "02000000" + empty64 + empty64 + filter_id), native64,
                           ErrorCode::unionTagUnknown, 20, "saTrafficType"));
  EXPECT_TRUE(is_malformed(image64("15000000", "0000000000000000", ""), native64, ErrorCode::unionTagUnknown, 24,
                           "localSubNet.type"));
  EXPECT_TRUE(is_malformed(from_hex(enums + tunnel + empty64 + "03010000 cccccccc cccccccccccccccc" + filter_id),
                           native64, ErrorCode::unionTagUnknown, 40, "remoteSubNet.type"));
}

TEST(NativeErrors, APointerMustPointInsideTheImage) {
  const std::string mask = "0000000a 000000ff";
  const auto malformed = [&](const std::string& address) {
    return is_malformed(image64("00010000", address, mask), native64, ErrorCode::badAddress, 32,
                        "localSubNet.v4AddrMask");
  };
  EXPECT_TRUE(decode(image64("00010000", "4000010000000000", mask), native64).has_value());
  EXPECT_TRUE(decode(image64("00010000", "0000010000000000", mask), native64).has_value());  // the structure itself
  EXPECT_TRUE(malformed("4100010000000000"));                                                // its last byte is missing
  EXPECT_TRUE(malformed("4700010000000000"));                                                // the image's last byte
  EXPECT_TRUE(malformed("4800010000000000"));                                                // just outside
  EXPECT_TRUE(malformed("ffff000000000000"));                                                // just before
  EXPECT_TRUE(malformed("4000010001000000"));  // inside, were it not for the upper half
  EXPECT_TRUE(malformed("ffffffffffffffff"));
  EXPECT_TRUE(malformed("0100000000000000"));
}

TEST(NativeErrors, APointeeOfEachTypeMustBeEntirelyInsideTheImage) {
  const struct {
    std::string type;
    std::size_t size;
    std::string_view field;
  } types[] = {{"04000000", 8, "localSubNet.uint64"},
               {"08000000", 8, "localSubNet.int64"},
               {"0a000000", 8, "localSubNet.double64"},
               {"0b000000", 16, "localSubNet.byteArray16"},
               {"0c000000", 16, "localSubNet.byteBlob"},
               {"0e000000", 16, "localSubNet.sd"},
               {"0f000000", 32, "localSubNet.tokenInformation"},
               {"10000000", 16, "localSubNet.tokenAccessInformation"},
               {"12000000", 6, "localSubNet.byteArray6"},
               {"14000000", 8, "localSubNet.bitmapArray64"},
               {"00010000", 8, "localSubNet.v4AddrMask"},
               {"01010000", 17, "localSubNet.v6AddrMask"},
               {"02010000", 32, "localSubNet.rangeValue"}};
  for (const auto& [type, size, field] : types) {
    std::vector<std::byte> bytes = image64(type, "4000010000000000", "");
    bytes.resize(64 + size);
    EXPECT_TRUE(decode(bytes, native64).has_value()) << field;
    for (std::size_t there = 0; there < size; ++there)
      EXPECT_TRUE(is_malformed(std::span(bytes).first(64 + there), native64, ErrorCode::badAddress, 32, field));
    // Reading ends there: later errors are not reported.
    std::copy_n(bytes.begin() + 24, 16, bytes.begin() + 40);
    EXPECT_TRUE(is_malformed(std::span(bytes).first(64), native64, ErrorCode::badAddress, 32, field));
  }
}

TEST(NativeErrors, AnEmptyArrayMustPointInsideTheImage) {
  const auto blob = [](const std::string& data) {
    return image64("0c000000", "4000010000000000", "00000000 cccccccc" + data);
  };
  EXPECT_TRUE(decode(blob("4f00010000000000"), native64).has_value());
  EXPECT_TRUE(is_malformed(blob("5000010000000000"), native64, ErrorCode::badAddress, 72, "localSubNet.byteBlob.data"));
  EXPECT_TRUE(decode(blob("0000000000000000"), native64).has_value());
}

TEST(NativeErrors, AStringMustHaveANulInsideTheImage) {
  const auto malformed = [](const std::string& units) {
    return is_malformed(image64("11000000", "4000010000000000", units), native64, ErrorCode::stringUnterminated, 32,
                        "localSubNet.unicodeString");
  };
  EXPECT_TRUE(malformed("4100"));
  EXPECT_TRUE(malformed("4100 00"));
  EXPECT_TRUE(malformed("41"));
  const auto bytes = image64("11000000", "4100010000000000", "ff 4100 0000 4200 0000");
  const auto event = decode(bytes, native64);
  ASSERT_TRUE(event);
  ASSERT_EQ(event->localSubNet.arm.unicodeString.size(), 1u);
  EXPECT_EQ(event->localSubNet.arm.unicodeString[0], u'A');
}

TEST(NativeErrors, APartialSidIsABadAddress) {
  const auto sid = [](const std::string& bytes) { return image64("0d000000", "4000010000000000", bytes); };
  EXPECT_TRUE(decode(sid("01 02 000000000005 20000000 20020000"), native64).has_value());
  EXPECT_TRUE(is_malformed(sid("01 02 0000000000"), native64, ErrorCode::badAddress, 32, "localSubNet.sid"));
  EXPECT_TRUE(
      is_malformed(sid("01 02 000000000005 20000000 200200"), native64, ErrorCode::badAddress, 32, "localSubNet.sid"));
}

TEST(NativeErrors, EachElementOfATokenIsChecked) {
  // FWP_TOKEN_INFORMATION at 64: two sids at 96; the second one's SID points outside the image.
  const auto bytes = image64("0f000000", "4000010000000000",
                             "02000000 cccccccc 6000010000000000 00000000 cccccccc 0000000000000000"
                             "0000000000000000 07000000 cccccccc 0000020000000000 07000000 cccccccc");
  EXPECT_TRUE(is_malformed(bytes, native64, ErrorCode::badAddress, 112, "localSubNet.tokenInformation.sids[1].sid"));
  EXPECT_TRUE(is_malformed(std::span(bytes).first(127), native64, ErrorCode::badAddress, 72,
                           "localSubNet.tokenInformation.sids"));
}

TEST(NativeErrors, OffsetsDoNotDependOnTheImageBase) {
  const auto bytes = image64("00010000", "40f0ffff00000000", "0000000a 000000ff");
  EXPECT_FALSE(decode(bytes, native64).has_value());
  DecodeOptions options = native64;
  options.image_base = 0xfffff000;
  EXPECT_TRUE(decode(bytes, options).has_value());
}

}  // namespace
}  // namespace qmforge
