// What the interpreters compute from the tables, against the sizes and offsets that Windows' headers have.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include "reference/image_reader.h"
#include "reference/ndr_reader.h"
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
  EXPECT_EQ(layout(qm_failure0, x64).size, 64u);
  EXPECT_EQ(layout(qm_failure0, x86).size, 48u);
  EXPECT_EQ(layout(qm_failure0, x64).alignment, 8u);
  EXPECT_EQ(layout(qm_failure0, x86).alignment, 8u);
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
  EXPECT_EQ(layout(qm_failure1, x64).size, 88u);
  EXPECT_EQ(layout(qm_failure1, x86).size, 72u);
}

TEST(Layout, WhatIsBelow) {
  EXPECT_EQ(layout(guid, x64).size, 16u);
  EXPECT_EQ(layout(guid, x64).alignment, 4u);
  EXPECT_EQ(layout(value, x64).size, 16u);
  EXPECT_EQ(layout(value, x86).size, 8u);
  EXPECT_EQ(layout(condition_value, x64).size, 16u);
  EXPECT_EQ(layout(condition_value, x86).size, 8u);
  EXPECT_EQ(layout(byte_blob, x64).size, 16u);
  EXPECT_EQ(layout(byte_blob, x86).size, 8u);
  EXPECT_EQ(member_offset(byte_blob, Step::data, x64), 8u);
  EXPECT_EQ(member_offset(byte_blob, Step::data, x86), 4u);
  EXPECT_EQ(layout(token_information, x64).size, 32u);
  EXPECT_EQ(layout(token_information, x86).size, 16u);
  EXPECT_EQ(layout(sid_and_attributes, x64).size, 16u);
  EXPECT_EQ(layout(sid_and_attributes, x86).size, 8u);
  EXPECT_EQ(layout(range, x64).size, 32u);
  EXPECT_EQ(layout(range, x86).size, 16u);
  EXPECT_EQ(layout(sid, x64).size, 8u);  // without its sub-authorities
  EXPECT_EQ(layout(v4_addr_mask, x64).size, 8u);
  EXPECT_EQ(layout(v6_addr_mask, x64).size, 17u);
  EXPECT_EQ(layout(v6_addr_mask, x64).alignment, 1u);
}

TEST(NdrAlignment, OfTheLargestPart) {
  EXPECT_EQ(alignment(condition_value, ndr20_little), 4u);
  EXPECT_EQ(alignment(condition_value, ndr64_little), 8u);
  EXPECT_EQ(alignment(qm_failure0, ndr20_little), 8u);
  EXPECT_EQ(alignment(sid, ndr64_little), 4u);
  EXPECT_EQ(alignment(v6_addr_mask, ndr64_little), 1u);
  EXPECT_EQ(alignment(guid, ndr64_little), 4u);
}

}  // namespace
}  // namespace qmforge::reference
