// The names of enumeration values and formats, as in the C headers and docs/format.md.
#include "qmforge/names.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>
#include <string>

namespace qmforge {
namespace {

// The names in the IDL files.
TEST(CNames, AreThoseOfTheHeaders) {
  EXPECT_EQ(c_name(FailurePoint{0}), "IPSEC_FAILURE_NONE");
  EXPECT_EQ(c_name(FailurePoint{1}), "IPSEC_FAILURE_ME");
  EXPECT_EQ(c_name(FailurePoint{2}), "IPSEC_FAILURE_PEER");
  EXPECT_EQ(c_name(KeyModuleType{0}), "IKEEXT_KEY_MODULE_IKE");
  EXPECT_EQ(c_name(KeyModuleType{1}), "IKEEXT_KEY_MODULE_AUTHIP");
  EXPECT_EQ(c_name(KeyModuleType{2}), "IKEEXT_KEY_MODULE_IKEV2");
  EXPECT_EQ(c_name(QmSaState{0}), "IKEEXT_QM_SA_STATE_NONE");
  EXPECT_EQ(c_name(QmSaState{1}), "IKEEXT_QM_SA_STATE_INITIAL");
  EXPECT_EQ(c_name(QmSaState{2}), "IKEEXT_QM_SA_STATE_FINAL");
  EXPECT_EQ(c_name(QmSaState{3}), "IKEEXT_QM_SA_STATE_COMPLETE");
  EXPECT_EQ(c_name(SaRole{0}), "IKEEXT_SA_ROLE_INITIATOR");
  EXPECT_EQ(c_name(SaRole{1}), "IKEEXT_SA_ROLE_RESPONDER");
  EXPECT_EQ(c_name(TrafficType{0}), "IPSEC_TRAFFIC_TYPE_TRANSPORT");
  EXPECT_EQ(c_name(TrafficType{1}), "IPSEC_TRAFFIC_TYPE_TUNNEL");
}

struct TypeNames {
  std::uint32_t number;
  std::string_view c_name;
  std::string_view arm;
};

constexpr TypeNames type_names[] = {
    {0, "FWP_EMPTY", ""},
    {1, "FWP_UINT8", "uint8"},
    {2, "FWP_UINT16", "uint16"},
    {3, "FWP_UINT32", "uint32"},
    {4, "FWP_UINT64", "uint64"},
    {5, "FWP_INT8", "int8"},
    {6, "FWP_INT16", "int16"},
    {7, "FWP_INT32", "int32"},
    {8, "FWP_INT64", "int64"},
    {9, "FWP_FLOAT", "float32"},
    {10, "FWP_DOUBLE", "double64"},
    {11, "FWP_BYTE_ARRAY16_TYPE", "byteArray16"},
    {12, "FWP_BYTE_BLOB_TYPE", "byteBlob"},
    {13, "FWP_SID", "sid"},
    {14, "FWP_SECURITY_DESCRIPTOR_TYPE", "sd"},
    {15, "FWP_TOKEN_INFORMATION_TYPE", "tokenInformation"},
    {16, "FWP_TOKEN_ACCESS_INFORMATION_TYPE", "tokenAccessInformation"},
    {17, "FWP_UNICODE_STRING_TYPE", "unicodeString"},
    {18, "FWP_BYTE_ARRAY6_TYPE", "byteArray6"},
    {19, "FWP_BITMAP_INDEX_TYPE", "uint8"},
    {20, "FWP_BITMAP_ARRAY64_TYPE", "bitmapArray64"},
    {0x100, "FWP_V4_ADDR_MASK", "v4AddrMask"},
    {0x101, "FWP_V6_ADDR_MASK", "v6AddrMask"},
    {0x102, "FWP_RANGE_TYPE", "rangeValue"},
};

TEST(CNames, OfDataTypesAndTheirArms) {
  ASSERT_EQ(std::size(type_names), all_data_types.size());
  for (std::size_t i = 0; i < std::size(type_names); ++i) {
    const DataType type{type_names[i].number};
    EXPECT_EQ(all_data_types[i], type);
    EXPECT_EQ(c_name(type), type_names[i].c_name);
    EXPECT_EQ(arm_name(type), type_names[i].arm);
  }
}

// The MAX members exist only for parameter validation; 0xff and 0x103 are not types.
TEST(CNames, AreEmptyForEveryOtherNumber) {
  for (const std::uint32_t number : {3U, 0x80000000U, 0xffffffffU}) EXPECT_EQ(c_name(FailurePoint{number}), "");
  for (const std::uint32_t number : {3U, 0xffffffffU}) EXPECT_EQ(c_name(KeyModuleType{number}), "");
  for (const std::uint32_t number : {4U, 0xffffffffU}) EXPECT_EQ(c_name(QmSaState{number}), "");
  for (const std::uint32_t number : {2U, 0xffffffffU}) EXPECT_EQ(c_name(SaRole{number}), "");
  for (const std::uint32_t number : {2U, 0xffffffffU}) EXPECT_EQ(c_name(TrafficType{number}), "");
  for (const std::uint32_t number : {21U, 0xffU, 0x103U, 0x1000U, 0xffffffffU}) {
    EXPECT_EQ(c_name(DataType{number}), "");
    EXPECT_EQ(arm_name(DataType{number}), "");
  }
}

template <class Enum>
void expect_inverse() {
  for (std::uint32_t number = 0; number < member_count<Enum>; ++number)
    EXPECT_EQ(from_c_name<Enum>(c_name(Enum{number})), Enum{number});
  EXPECT_EQ(c_name(Enum{member_count<Enum>}), "");
  EXPECT_FALSE(is_valid(Enum{member_count<Enum>}));
  EXPECT_EQ(from_c_name<Enum>(""), std::nullopt);
  EXPECT_EQ(from_c_name<Enum>("FWP_UINT9"), std::nullopt);
}

TEST(FromCName, InvertsCName) {
  expect_inverse<FailurePoint>();
  expect_inverse<KeyModuleType>();
  expect_inverse<QmSaState>();
  expect_inverse<SaRole>();
  expect_inverse<TrafficType>();
  for (const DataType type : all_data_types) EXPECT_EQ(from_c_name<DataType>(c_name(type)), type);
  EXPECT_EQ(from_c_name<DataType>(""), std::nullopt);
  EXPECT_EQ(from_c_name<DataType>("FWP_DATA_TYPE_MAX"), std::nullopt);
}

TEST(FromCName, RejectsMaxMembersAndOtherCase) {
  EXPECT_EQ(from_c_name<FailurePoint>("IPSEC_FAILURE_POINT_MAX"), std::nullopt);
  EXPECT_EQ(from_c_name<FailurePoint>("ipsec_failure_me"), std::nullopt);
  EXPECT_EQ(from_c_name<FailurePoint>("IPSEC_FAILURE_ME "), std::nullopt);
  EXPECT_EQ(from_c_name<SaRole>("IPSEC_FAILURE_ME"), std::nullopt);
}

TEST(FormatNames, AreTheDocumentedOnes) {
  EXPECT_EQ(to_string(Format::ndr20), "ndr20");
  EXPECT_EQ(to_string(Format::ndr20Body), "ndr20-body");
  EXPECT_EQ(to_string(Format::ndr64), "ndr64");
  EXPECT_EQ(to_string(Format::native64), "native64");
  EXPECT_EQ(to_string(Format::native32), "native32");
  EXPECT_EQ(to_string(Format{5}), "");
}

TEST(FormatNames, CanBeParsed) {
  for (const Format format : all_formats) EXPECT_EQ(format_from_name(to_string(format)), format);
  for (const char* text : {"", "NDR20", "ndr", "ndr20-", "native"}) EXPECT_EQ(format_from_name(text), std::nullopt);
}

}  // namespace
}  // namespace qmforge
