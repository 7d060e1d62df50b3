// Lines of labelled bytes.
#include "hex_line.h"

#include <gtest/gtest.h>

#include <vector>

#include "support/hex.h"

namespace qmforge::tools {
namespace {

using testing::from_hex;

TEST(HexLine, IsALabelAndDigits) {
  std::vector<std::byte> bytes;
  EXPECT_EQ(parse_hex_line("a 00ff", bytes), "a");
  EXPECT_EQ(bytes, from_hex("00ff"));
  EXPECT_EQ(parse_hex_line("ndr20-tunnel_v4 0123456789abcdefABCDEF", bytes), "ndr20-tunnel_v4");
  EXPECT_EQ(bytes, from_hex("0123456789abcdefabcdef"));
  EXPECT_EQ(parse_hex_line("caf\xc3\xa9\t \t01 \t", bytes), "caf\xc3\xa9");
  EXPECT_EQ(bytes, from_hex("01"));
}

TEST(HexLine, MayHoldNoBytes) {
  std::vector<std::byte> bytes(3);
  EXPECT_EQ(parse_hex_line("empty ", bytes), "empty");
  EXPECT_TRUE(bytes.empty());
  EXPECT_EQ(parse_hex_line("empty \t ", bytes), "empty");
}

TEST(HexLine, SaysWhatIsWrong) {
  std::vector<std::byte> bytes;
  const auto error = [&bytes](std::string_view line) { return parse_hex_line(line, bytes).error(); };
  EXPECT_EQ(error("a 012"), "3 hex digits: half a byte is left");
  EXPECT_EQ(error("a  0g"), "column 5: 'g' is no hex digit");
  EXPECT_EQ(error("a 00 00"), "column 5: the byte 0x20 is no hex digit");
  EXPECT_EQ(error("a 0\xc3\xa9"), "column 4: the byte 0xc3 is no hex digit");
  EXPECT_EQ(error("a 0x00"), "column 4: 'x' is no hex digit");
  EXPECT_EQ(error(" 00"), "the line begins with a blank: a label is to stand there");
  EXPECT_EQ(error("0011"), "there is one word alone: a line is `label hexbytes`, an empty input `label ` with a blank");
}

TEST(HexLine, IsWrittenAsItIsRead) {
  EXPECT_EQ(hex_line("a", from_hex("00ff7f")), "a 00ff7f\n");
  EXPECT_EQ(hex_line("a", {}), "a \n");
}

TEST(HexLine, BlankLinesAndCommentsArePassedOver) {
  for (const char* line : {"", " ", "\t ", "#", "# a 00", "#a 00"}) EXPECT_TRUE(is_passed_over(line)) << line;
  for (const char* line : {"a 00", " # a", "a #"}) EXPECT_FALSE(is_passed_over(line)) << line;
}

TEST(HexLine, LabelsAreOneWord) {
  for (const char* label : {"a", "a#", "ndr20-tunnel_v4", "caf\xc3\xa9", "1"}) EXPECT_TRUE(is_label(label)) << label;
  for (const char* label : {"", " ", "a b", "#a", "a\n", "a\t", "\x7f"}) EXPECT_FALSE(is_label(label)) << label;
}

}  // namespace
}  // namespace qmforge::tools
