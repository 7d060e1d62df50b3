// Bytes as hex digits.
#include "qmforge/hex.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace qmforge {
namespace {

TEST(Hex, HasTwoLowerCaseDigitsForEachByte) {
  constexpr std::array bytes = {std::byte{0}, std::byte{0x0f}, std::byte{0xa0}, std::byte{0xff}};
  EXPECT_EQ(to_hex(bytes), "000fa0ff");
  EXPECT_EQ(to_hex({}), "");
}

TEST(Hex, IsReadInEitherCaseWithSpacesBetweenBytes) {
  const std::vector bytes = {std::byte{0x0f}, std::byte{0xa0}, std::byte{0xff}};
  for (const char* const text : {"0fa0ff", "0FA0FF", "0f a0 ff", "  0fa0   ff "})
    EXPECT_EQ(from_hex(text), bytes) << text;
  EXPECT_EQ(from_hex(""), std::vector<std::byte>());
  EXPECT_EQ(from_hex("  "), std::vector<std::byte>());
}

TEST(Hex, IsNothingElse) {
  for (const char* const text : {"0", "0fa", "0 f", "0x0f", "0g", "0f\ta0", "0f\n", "0f:a0", "0f,a0", "-1"})
    EXPECT_EQ(from_hex(text), std::nullopt) << text;
}

}  // namespace
}  // namespace qmforge
