// Compares the sizes and offsets that the interpreters compute from the tables with those of Windows' headers.
#include <gtest/gtest.h>

#include <cstddef>

#include "reference/image_reader.h"
#include "reference/qm_failure_types.h"

namespace qmforge::reference {
namespace {

constexpr std::size_t x64 = 8;
constexpr std::size_t x86 = 4;

TEST(Layout, QmFailure0) {
  std::size_t offset = 0;
  for (const Step step : {Step::failureErrorCode, Step::failurePoint, Step::keyingModuleType, Step::qmState,
                          Step::saRole, Step::saTrafficType}) {
    EXPECT_EQ(member_offset(qm_failure0, step, x64), offset);
    EXPECT_EQ(member_offset(qm_failure0, step, x86), offset);
    offset += 4;
  }
  EXPECT_EQ(offset, 24u);
  EXPECT_EQ(member_offset(qm_failure0, Step::localSubNet, x64), 24u);
  EXPECT_EQ(member_offset(qm_failure0, Step::localSubNet, x86), 24u);
  EXPECT_EQ(member_offset(qm_failure0, Step::remoteSubNet, x64), 40u);
  EXPECT_EQ(member_offset(qm_failure0, Step::remoteSubNet, x86), 32u);
  EXPECT_EQ(member_offset(qm_failure0, Step::qmFilterId, x64), 56u);
  EXPECT_EQ(member_offset(qm_failure0, Step::qmFilterId, x86), 40u);
  EXPECT_EQ(size_in_memory(qm_failure0, x64), 64u);
  EXPECT_EQ(size_in_memory(qm_failure0, x86), 48u);
  EXPECT_EQ(qm_failure0.alignment.of_64_bits, 8u);
  EXPECT_EQ(qm_failure0.alignment.of_32_bits, 8u);
}

TEST(Layout, SubnetValues) {  // value 32 / 28 and 48 / 36, counted from the event's start
  EXPECT_EQ(24 + member_offset(condition_value, std::size_t{1}, x64), 32u);
  EXPECT_EQ(24 + member_offset(condition_value, std::size_t{1}, x86), 28u);
  EXPECT_EQ(40 + member_offset(condition_value, std::size_t{1}, x64), 48u);
  EXPECT_EQ(32 + member_offset(condition_value, std::size_t{1}, x86), 36u);
}

TEST(Layout, QmFailure1) {
  EXPECT_EQ(member_offset(qm_failure1, Step::mmSaLuid, x64), 64u);
  EXPECT_EQ(member_offset(qm_failure1, Step::mmSaLuid, x86), 48u);
  EXPECT_EQ(member_offset(qm_failure1, Step::mmProviderContextKey, x64), 72u);
  EXPECT_EQ(member_offset(qm_failure1, Step::mmProviderContextKey, x86), 56u);
  EXPECT_EQ(size_in_memory(qm_failure1, x64), 88u);
  EXPECT_EQ(size_in_memory(qm_failure1, x86), 72u);
}

TEST(Layout, OfNestedStructures) {
  EXPECT_EQ(size_in_memory(guid, x64), 16u);
  EXPECT_EQ(guid.alignment.of_64_bits, 4u);
  EXPECT_EQ(size_in_memory(value, x64), 16u);
  EXPECT_EQ(size_in_memory(value, x86), 8u);
  EXPECT_EQ(size_in_memory(condition_value, x64), 16u);
  EXPECT_EQ(size_in_memory(condition_value, x86), 8u);
  EXPECT_EQ(size_in_memory(byte_blob, x64), 16u);
  EXPECT_EQ(size_in_memory(byte_blob, x86), 8u);
  EXPECT_EQ(member_offset(byte_blob, Step::data, x64), 8u);
  EXPECT_EQ(member_offset(byte_blob, Step::data, x86), 4u);
  EXPECT_EQ(size_in_memory(token_information, x64), 32u);
  EXPECT_EQ(size_in_memory(token_information, x86), 16u);
  EXPECT_EQ(size_in_memory(sid_and_attributes, x64), 16u);
  EXPECT_EQ(size_in_memory(sid_and_attributes, x86), 8u);
  EXPECT_EQ(size_in_memory(range, x64), 32u);
  EXPECT_EQ(size_in_memory(range, x86), 16u);
  EXPECT_EQ(size_in_memory(sid, x64), 8u);  // without its sub-authorities
  EXPECT_EQ(size_in_memory(v4_addr_mask, x64), 8u);
  EXPECT_EQ(size_in_memory(v6_addr_mask, x64), 17u);
  EXPECT_EQ(v6_addr_mask.alignment.of_64_bits, 1u);
}

TEST(Alignment, IsThatOfTheLargestMember) {
  EXPECT_EQ(condition_value.alignment.of_32_bits, 4u);
  EXPECT_EQ(condition_value.alignment.of_64_bits, 8u);
  EXPECT_EQ(qm_failure0.alignment.of_32_bits, 8u);
  EXPECT_EQ(sid.alignment.of_64_bits, 4u);
  EXPECT_EQ(v6_addr_mask.alignment.of_64_bits, 1u);
  EXPECT_EQ(guid.alignment.of_64_bits, 4u);
}

}  // namespace
}  // namespace qmforge::reference
