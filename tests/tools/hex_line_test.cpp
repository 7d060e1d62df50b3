// Lines of labelled bytes.
#include "hex_line.h"

#include <gtest/gtest.h>

#include <string>
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

TEST(HexLine, MayHaveNoBytes) {
  std::vector<std::byte> bytes(3);
  EXPECT_EQ(parse_hex_line("empty ", bytes), "empty");
  EXPECT_TRUE(bytes.empty());
  EXPECT_EQ(parse_hex_line("empty \t ", bytes), "empty");
}

TEST(HexLine, ReportsErrorsWithTheirColumn) {
  std::vector<std::byte> bytes;
  const auto error = [&bytes](std::string_view line) { return parse_hex_line(line, bytes).error(); };
  EXPECT_EQ(error("a 012"), "3 hex digits: half a byte is left over");
  EXPECT_EQ(error("a  0g"), "column 5: 'g' is not a hex digit");
  EXPECT_EQ(error("a 00 0 00"), "column 7: half a byte: an odd number of hex digits");
  EXPECT_EQ(error("a 0\xc3\xa9"), "column 4: the byte 0xc3 is not a hex digit");
  EXPECT_EQ(error("a 0x00 0x0g"), "column 11: 'g' is not a hex digit");
  EXPECT_EQ(error("alone"),
            "one word that is not hex: a line is `label hexbytes`, and `label ` with a blank is an empty input");
  // One wrong digit does not turn hex into base64.
  EXPECT_EQ(error("a 0110080000000000000000000000000z"), "column 34: 'z' is not a hex digit");
}

struct Written {
  std::string line;
  std::string label;
  std::string hex;
};

TEST(HexLine, AcceptsSeparatorsPrefixesAndComments) {
  for (const Written& written : std::vector<Written>{
           {"a 01 10 08", "a", "011008"},
           {"a 01:10:08", "a", "011008"},
           {"a 01, 10, 08", "a", "011008"},
           {"a 0x01 0x10", "a", "0110"},
           {"a 0x0110", "a", "0110"},
           {"a 0X01 0X10", "a", "0110"},
           {"0X01, 0X10, 0X08,", "", "011008"},
           {R"(a \x01\x10)", "a", "0110"},
           {"a 0110 # a comment", "a", "0110"},
           {"a 0110 // a comment", "a", "0110"},
           {"a # no bytes", "a", ""},
           {"  a 0110", "a", "0110"},
           // no label
           {"0110", "", "0110"},
           {"0x0110", "", "0110"},
           {"01:10:08", "", "011008"},
           {"01 10 08 00", "", "01100800"},
           {"0x01, 0x10, 0x08,", "", "011008"},
           {"01100800 cccccccc 28000000", "", "01100800cccccccc28000000"},
           {"01100800cccccccc28000000 # bytes", "", "01100800cccccccc28000000"},
           {"ARAIAMzMzMxQAAAAAAAAAO41AAA=", "", "01100800cccccccc5000000000000000ee350000"},
           {"a ARAIAMzMzMxQAAAAAAAAAO41AAA=", "a", "01100800cccccccc5000000000000000ee350000"},
           {"a ARAIAMzMzMxQAAAAAAAAAO41AA==", "a", "01100800cccccccc5000000000000000ee3500"},
           {"a ARAIAMzMzMxQAAAAAAAAAO41AAAF", "a", "01100800cccccccc5000000000000000ee35000005"},
           // a label that could be hex
           {"ab 0110", "ab", "0110"},
           {"0000 01 10 08", "0000", "011008"},
           {"ab ", "ab", ""},
       }) {
    std::vector<std::byte> bytes = from_hex("ffff");
    const auto label = parse_hex_line(written.line, bytes);
    ASSERT_TRUE(label.has_value()) << written.line << ": " << label.error();
    EXPECT_EQ(*label, written.label) << written.line;
    EXPECT_EQ(bytes, from_hex(written.hex)) << written.line;
  }
}

TEST(HexLine, GroupsWithoutALabelHaveTwoFourEightOrSixteenDigits) {
  for (const Written& written : std::vector<Written>{{"0110 0800 cccc", "", "01100800cccc"},
                                                     {"0110080000000000 2800000000000000 3600000000000000", "",
                                                      "011008000000000028000000000000003600000000000000"},
                                                     {"011008 001122 334455", "011008", "001122334455"},
                                                     {"01 10 0800", "01", "100800"},
                                                     {"0110 0800", "0110", "0800"}}) {
    std::vector<std::byte> bytes;
    const auto label = parse_hex_line(written.line, bytes);
    ASSERT_TRUE(label.has_value()) << written.line << ": " << label.error();
    EXPECT_EQ(*label, written.label) << written.line;
    EXPECT_EQ(bytes, from_hex(written.hex)) << written.line;
  }
}

TEST(HexLine, ABlankPrecedesAComment) {
  std::vector<std::byte> bytes;
  EXPECT_EQ(parse_hex_line("a 01#02", bytes).error(), "column 5: '#' is not a hex digit");
  EXPECT_EQ(parse_hex_line("a 01//02", bytes).error(), "column 5: '/' is not a hex digit");
  EXPECT_EQ(parse_hex_line("a 01 /02", bytes).error(), "column 6: '/' is not a hex digit");
  EXPECT_TRUE(parse_hex_line("a 01 //02", bytes));
}

TEST(HexLine, Base64HasSixteenCharactersOrMoreInFours) {
  std::vector<std::byte> bytes;
  EXPECT_EQ(parse_hex_line("a +/+/+/+/+/+/+/+/", bytes), "a");
  EXPECT_EQ(bytes, from_hex("fbffbffbffbffbffbffbffbf"));
  EXPECT_EQ(parse_hex_line("a QUJDREVGR0hJ", bytes).error(), "column 3: 'Q' is not a hex digit") << "12 characters";
  EXPECT_FALSE(parse_hex_line("a QUJDREVGR0hJQUJDR", bytes)) << "17 characters";
  EXPECT_FALSE(parse_hex_line("a QUJDREVGR0hJQUJ===", bytes));
  EXPECT_FALSE(parse_hex_line("a QUJDREVGR0hJQU=J", bytes));
  EXPECT_FALSE(parse_hex_line("a QUJDREVGR0hJQU-J", bytes));
  // One digit in sixteen that is not hex is enough.
  EXPECT_TRUE(parse_hex_line("a 0110080000000000000000000000zz00", bytes));
}

TEST(HexDump, RowsAreJoined) {
  const std::string sixteen = "000102030405060708090a0b0c0d0e0f";
  for (const std::vector<std::string>& rows : std::vector<std::vector<std::string>>{
           {"00000000: 0001 0203 0405 0607 0809 0a0b 0c0d 0e0f  ................",
            "00000010: abcd                                     ab"},
           {"00000000: 0001 0203 0405 0607  abcdefgh", "00000008: 0809 0a0b 0c0d 0e0f  abcdefgh", "00000010: abcd  .."},
           {"00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|", "00000010  ab cd  |..|",
            "00000012"},
           {"0000  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f   aaaaaaaaaaaaaaaa", "0010  ab cd      ab"},
           {"000000 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f  >................<", "000010 ab cd  >..<",
            "000012"}}) {
    std::vector<std::byte> bytes;
    for (const std::string& row : rows) EXPECT_TRUE(append_dump_row(row, bytes)) << row;
    EXPECT_EQ(bytes, from_hex(sixteen + "abcd")) << rows[0];
    EXPECT_FALSE(append_dump_row("00000000: 0001", bytes)) << "another dump begins";
  }
  // Two blanks end the bytes, also before characters that could be hex.
  std::vector<std::byte> short_row;
  EXPECT_TRUE(append_dump_row("0000  61 62  ab", short_row));
  EXPECT_EQ(short_row, from_hex("6162"));
  std::vector<std::byte> none;
  for (const char* line : {"0000 0110", "0000", "0000:", "00: 01", "a 0110", "0010  01 10", ""})
    EXPECT_FALSE(append_dump_row(line, none)) << line;
}

TEST(HexLine, OfThreeGroupsOfOneLengthHasNoLabel) {
  for (const std::string group : {"01", "0123", "01234567", "0123456789abcdef"}) {
    std::vector<std::byte> bytes;
    EXPECT_EQ(parse_hex_line(group + ' ' + group + ' ' + group, bytes), "") << group;
    EXPECT_EQ(bytes.size(), 3 * group.size() / 2) << group;
  }
}

TEST(HexDump, OfXxdHasUpTo256BytesARow) {
  std::string row = "00000000:";
  for (int i = 0; i < 128; ++i) row += " 0102";
  std::vector<std::byte> bytes;
  EXPECT_TRUE(append_dump_row(row + "  ....", bytes));
  EXPECT_EQ(bytes.size(), 256U);
}

TEST(HexLine, IsWrittenInTheFormThatIsRead) {
  EXPECT_EQ(hex_line("a", from_hex("00ff7f")), "a 00ff7f\n");
  EXPECT_EQ(hex_line("a", {}), "a \n");
}

TEST(HexLine, BlankLinesAndCommentsAreSkipped) {
  for (const char* line : {"", " ", "\t ", "#", "# a 00", "#a 00", " # a"})
    EXPECT_TRUE(is_blank_or_comment(line)) << line;
  for (const char* line : {"a 00", "a #"}) EXPECT_FALSE(is_blank_or_comment(line)) << line;
}

TEST(HexLine, LabelsAreOneWord) {
  for (const char* label : {"a", "a#", "ndr20-tunnel_v4", "caf\xc3\xa9", "1"}) EXPECT_TRUE(is_label(label)) << label;
  for (const char* label : {"", " ", "a b", "#a", "a\n", "a\t", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\x9b"})
    EXPECT_FALSE(is_label(label)) << label;
}

}  // namespace
}  // namespace qmforge::tools
