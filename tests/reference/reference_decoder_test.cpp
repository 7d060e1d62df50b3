// The reference decoder alone, on bytes that other engines wrote. tests/vectors/ compares it with the library on
// malformed input.
#include "reference/reference_decoder.h"

#include <gtest/gtest.h>

#include <span>

#include "support/hex.h"
#include "support/labelled_bytes.h"

namespace qmforge::reference {
namespace {

using testing::from_hex;

class KnownVectors : public ::testing::TestWithParam<testing::KnownVector> {};

TEST_P(KnownVectors, HaveTheDocumentedFields) {
  const Decoded decoded(GetParam().bytes, {.format = GetParam().format});
  ASSERT_TRUE(decoded.result().has_value());
  const Event& event = *decoded.result();
  EXPECT_EQ(event.revision, Revision::r0);
  EXPECT_EQ(event.failureErrorCode, 0x35eeu);
  EXPECT_EQ(event.failurePoint, FailurePoint::peer);
  EXPECT_EQ(event.keyingModuleType, KeyModuleType::ikev2);
  EXPECT_EQ(event.qmState, QmSaState::final);
  EXPECT_EQ(event.saRole, SaRole::responder);
  EXPECT_EQ(event.has_subnets(), GetParam().shape != "transport");
  EXPECT_EQ(event.qmFilterId, 0x0102030405060708u);
}

INSTANTIATE_TEST_SUITE_P(All, KnownVectors, ::testing::ValuesIn(testing::known_vectors()), [](const auto& param) {
  std::string name = param.param.label;
  name[name.find('-')] = '_';
  return name;
});

// A memory image of a 64-bit tunnel, its base address 0x10000: a v4 mask and a SID, whose two sub-authorities
// end the image.
TEST(Image, PointersPointIntoIt) {
  const auto image = from_hex(
      "ee350000 02000000 02000000 02000000 01000000 01000000"  // 0
      "00010000 aaaaaaaa 4000010000000000"                     // 24: FWP_V4_ADDR_MASK, to 0x40
      "0d000000 bbbbbbbb 4800010000000000"                     // 40: FWP_SID, to 0x48
      "0807060504030201"                                       // 56
      "0000000a 000000ff"                                      // 64
      "01 02 000000000005 20000000 20020000");                 // 72
  const Decoded decoded(image, {.format = Format::native64});
  ASSERT_TRUE(decoded.result().has_value());
  const Event& event = *decoded.result();
  ASSERT_EQ(event.localSubNet.type, DataType::v4AddrMask);
  EXPECT_EQ(event.localSubNet.v4AddrMask, (V4AddrMask{0x0a000000, 0xff000000}));
  ASSERT_EQ(event.remoteSubNet.type, DataType::sid);
  const Sid& sid = event.remoteSubNet.arm.sid;
  EXPECT_EQ(sid.revision, 1);
  ASSERT_EQ(sid.subAuthority.size(), 2u);
  EXPECT_EQ(sid.subAuthority[0], 32u);
  EXPECT_EQ(sid.subAuthority[1], 544u);

  const auto cut_short = std::span<const std::byte>(image).first(image.size() - 1);
  const Decoded shorter(cut_short, {.format = Format::native64});
  ASSERT_FALSE(shorter.result().has_value());
  EXPECT_EQ(shorter.result().error(),
            (DecodeError{ErrorCode::badAddress, FieldPath(Step::remoteSubNet) / Step::sid, 48}));
}

}  // namespace
}  // namespace qmforge::reference
