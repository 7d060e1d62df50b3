// Messages with the expected and the actual value.
#include "qmforge/explain.h"

#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/hex.h"
#include "qmforge/validate.h"
#include "support/labelled_bytes.h"

namespace qmforge {
namespace {

std::vector<std::byte> vector_of(std::string_view label) {
  for (const testing::KnownVector& vector : testing::known_vectors())
    if (vector.label == label) return vector.bytes;
  ADD_FAILURE() << label;
  return {};
}

// The message for a known vector with some bytes replaced from an offset on, or truncated to a size.
struct Change {
  std::string_view label = "ndr20-tunnel_v4";
  std::size_t offset = 0;
  std::string_view hex = {};
  std::size_t size = 1000;
  DecodeOptions options = {};
};

std::string explained(const Change& change) {
  std::vector<std::byte> bytes = vector_of(change.label);
  const auto replacement = from_hex(change.hex);
  for (std::size_t i = 0; i < replacement->size(); ++i) bytes.at(change.offset + i) = (*replacement)[i];
  if (change.size != 1000) bytes.resize(change.size);
  const auto event = decode(bytes, change.options);
  if (event) return "(decodes)";
  return explain(event.error(), bytes, change.options);
}

TEST(ExplainError, OfTheHeader) {
  EXPECT_EQ(explained({.offset = 0, .hex = "02"}), "Version is 2, expected 1");
  EXPECT_EQ(explained({.offset = 1, .hex = "11"}), "Endianness is 0x11, expected 0x10 (little) or 0x0 (big)");
  EXPECT_EQ(explained({.offset = 2, .hex = "0010"}), "CommonHeaderLength is 4096, expected 8");
  EXPECT_EQ(explained({.offset = 8, .hex = "51"}), "ObjectBufferLength is 81, not a multiple of 8");
  EXPECT_EQ(explained({.size = 60}), "ObjectBufferLength is 80, but 44 bytes follow the header");
  EXPECT_EQ(explained({.size = 17}), "ObjectBufferLength is 80, but 1 byte follows the header");
}

TEST(ExplainError, OfTruncation) {
  EXPECT_EQ(explained({.size = 0}), "Version needs 1 byte at byte 0, but none is there: the input ends at byte 0");
  EXPECT_EQ(explained({.size = 14}), "Filler needs 4 bytes at byte 12, but 2 are there: the input ends at byte 14");
  EXPECT_EQ(
      explained({.offset = 8, .hex = "48"}),
      "remoteSubNet.v4AddrMask.addr needs 4 bytes at byte 88, but none is there: ObjectBufferLength ends the object "
      "at byte 88");
  EXPECT_EQ(
      explained({.offset = 8, .hex = "00"}),
      "failureErrorCode needs 4 bytes at byte 16, but none is there: ObjectBufferLength ends the object at byte 16");
  const DecodeOptions ndr64{.format = Format::ndr64};
  EXPECT_EQ(explained({.label = "ndr64-transport", .size = 41, .options = ndr64}),
            "qmFilterId needs 8 bytes at byte 40, but 1 is there: the input ends at byte 41");
  EXPECT_EQ(
      explained({.label = "ndr20-tunnel_blob5", .offset = 8, .hex = "50"}),
      "localSubNet.byteBlob.data needs 5 bytes at byte 92, but 4 are there: ObjectBufferLength ends the object at "
      "byte 96");
}

TEST(ExplainError, OfUnions) {
  EXPECT_EQ(explained({.offset = 40, .hex = "00"}),
            "the union's repeated discriminant is 0, expected 1, the value of saTrafficType");
  EXPECT_EQ(explained({.offset = 48, .hex = "07"}),
            "the union's repeated discriminant is 263, expected 256, the value of localSubNet.type");
  EXPECT_EQ(explained({.offset = 36, .hex = "0200000002"}),
            "the union has no arm for the discriminant 2, expected 0 (transport) or 1 (tunnel)");
  EXPECT_EQ(explained({.offset = 44, .hex = "ff000000ff00"}),
            "the union has no arm for the discriminant 255, expected 0 to 20 or 256 to 258 (FWP_CONDITION_VALUE0)");
}

TEST(ExplainError, OfCountsAndStrings) {
  EXPECT_EQ(explained({.label = "ndr20-tunnel_blob5", .offset = 88, .hex = "06"}),
            "max_count is 6, expected 5, the value of size");
  EXPECT_EQ(explained({.label = "ndr20-tunnel_sid", .offset = 80, .hex = "03"}),
            "max_count is 3, expected 2, the value of SubAuthorityCount");
  EXPECT_EQ(explained({.label = "ndr20-tunnel_str", .offset = 84, .hex = "01"}),
            "the string's offset is 1, expected 0");
  EXPECT_EQ(explained({.label = "ndr20-tunnel_str", .offset = 88, .hex = "0c"}),
            "actual_count is 12, above max_count, which is 11");
  EXPECT_EQ(explained({.label = "ndr20-tunnel_str", .offset = 88, .hex = "00"}),
            "actual_count is 0, expected at least 1, for the NUL");
  EXPECT_EQ(explained({.label = "ndr20-tunnel_str", .offset = 112, .hex = "41"}),
            "the last of the string's 11 units is 0x41, expected a NUL");
}

TEST(ExplainError, OfTrailingBytes) {
  EXPECT_EQ(explained({.size = 97}), "ObjectBufferLength ends the object at byte 96, but 1 byte follows");
  const DecodeOptions body{.format = Format::ndr64};
  EXPECT_EQ(explained({.label = "ndr64-transport", .size = 60, .options = body}),
            "the event ends at byte 48, but 12 bytes follow, expected at most 7 of padding");
}

TEST(ExplainError, OfAddresses) {
  const DecodeOptions options{.format = Format::native64, .image_base = 0x20000};
  // A tunnel whose local subnet is an IPv4 mask at the address given.
  const auto image = [](std::string_view address) {
    return *from_hex(std::string("ee3500000200000002000000020000000100000001000000") + "0001000000000000" +
                     std::string(address) + "0000000000000000" + "0000000000000000" + "0807060504030201");
  };
  const auto explained_image = [&options](const std::vector<std::byte>& bytes) {
    const auto event = decode(bytes, options);
    return event ? "(decodes)" : explain(event.error(), bytes, options);
  };
  EXPECT_EQ(explained_image(image("0000010000000000")),
            "the pointer is 0x10000, outside the image, 0x20000 up to 0x20040");
  EXPECT_EQ(explained_image(image("3c00020000000000")),
            "the pointer is 0x2003c, but its target ends outside the image, 0x20000 up to 0x20040");
  EXPECT_EQ(explained_image(std::vector<std::byte>(30)),
            "localSubNet needs 8 bytes at byte 32, but none is there: the input ends at byte 30");
}

// For an error of another input, the message is the rule's sentence.
TEST(ExplainError, OfAnErrorOfAnotherInput) {
  for (int code = 0; code < 13; ++code) {
    const DecodeError error{static_cast<ErrorCode>(code), {}, ~std::uint64_t{0}};
    if (error.code != ErrorCode::truncated) {
      EXPECT_EQ(explain(error, {}, {}), message(error.code));
    }
  }
}

ConditionValue v4(std::uint32_t addr, std::uint32_t mask) {
  ConditionValue value(DataType::v4AddrMask);
  value.v4AddrMask = {addr, mask};
  return value;
}
ConditionValue v6(std::uint8_t last, std::uint8_t prefix) {
  ConditionValue value(DataType::v6AddrMask);
  value.v6AddrMask = {{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last}, prefix};
  return value;
}

std::vector<std::string> explained(const Event& event) {
  std::vector<std::string> sentences;
  for (const Finding& finding : validate(event)) sentences.push_back(explain(finding, event));
  return sentences;
}

TEST(ExplainFinding, OfEnumerationsAndCodes) {
  Event event;
  event.failurePoint = FailurePoint{3};
  event.keyingModuleType = KeyModuleType{4294967295};
  event.qmState = QmSaState{4};
  event.saRole = SaRole{2};
  event.saTrafficType = TrafficType{2};
  event.failureErrorCode = 13897;
  EXPECT_EQ(
      explained(event),
      (std::vector<std::string>{
          "failurePoint is 3, expected 0 (IPSEC_FAILURE_NONE) to 2 (IPSEC_FAILURE_PEER)",
          "keyingModuleType is 4294967295, expected 0 (IKEEXT_KEY_MODULE_IKE) to 2 (IKEEXT_KEY_MODULE_IKEV2)",
          "qmState is 4, expected 0 (IKEEXT_QM_SA_STATE_NONE) to 3 (IKEEXT_QM_SA_STATE_COMPLETE)",
          "saRole is 2, expected 0 (IKEEXT_SA_ROLE_INITIATOR) to 1 (IKEEXT_SA_ROLE_RESPONDER)",
          "saTrafficType is 2, expected 0 (IPSEC_TRAFFIC_TYPE_TRANSPORT) to 1 (IPSEC_TRAFFIC_TYPE_TUNNEL)",
          "failureErrorCode is 13897 (ERROR_IPSEC_IKE_NEG_STATUS_END), which marks a range in winerror.h and is not "
          "an error"}));
  EXPECT_EQ(explained(Event()),
            (std::vector<std::string>{"failureErrorCode is 0 (ERROR_SUCCESS), expected the code of a failure"}));
}

TEST(ExplainFinding, OfSubnets) {
  Event event;
  event.failureErrorCode = 5;
  event.saTrafficType = TrafficType::tunnel;
  event.localSubNet = v4(0x0a010203, 0xff00ff00);
  event.remoteSubNet = v6(1, 129);
  EXPECT_EQ(explained(event),
            (std::vector<std::string>{
                "the mask is 255.0.255.0, expected one bits followed by zero bits",
                "10.1.2.3 has bits set outside the mask 255.0.255.0; the network is 10.0.2.0 mask 255.0.255.0",
                "the prefix length is 129, expected at most 128",
                "remoteSubNet is an IPv6 subnet, but localSubNet is an IPv4 subnet"}));
  event.localSubNet = v4(0x0a000001, 0xff000000);
  event.remoteSubNet = v6(1, 33);
  EXPECT_EQ(explained(event),
            (std::vector<std::string>{"10.0.0.1 has bits set outside the mask 255.0.0.0; the network is 10.0.0.0/8",
                                      "2001:db8::1 has bits set outside the prefix /33; the network is 2001:db8::/33",
                                      "remoteSubNet is an IPv6 subnet, but localSubNet is an IPv4 subnet"}));
  event.localSubNet = ConditionValue(DataType::v6AddrMask, true);
  event.remoteSubNet = ConditionValue(DataType::range, true);
  EXPECT_EQ(explained(event),
            (std::vector<std::string>{
                "localSubNet is a NULL pointer of type FWP_V6_ADDR_MASK, expected a subnet",
                "remoteSubNet is of type FWP_RANGE_TYPE, expected FWP_V4_ADDR_MASK or FWP_V6_ADDR_MASK"}));
}

}  // namespace
}  // namespace qmforge
