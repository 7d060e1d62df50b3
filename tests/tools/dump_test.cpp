// Hex dumps that point at bytes.
#include "dump.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace qmforge::tools {
namespace {

std::vector<std::byte> counting(std::size_t size) {
  std::vector<std::byte> bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i);
  return bytes;
}

TEST(Dump, ShowsTheMarkedRowAndItsNeighbours) {
  EXPECT_EQ(dump(counting(100), {36, 40}, {}),
            "    0010  10 11 12 13 14 15 16 17  18 19 1a 1b 1c 1d 1e 1f  |................|\n"
            "    0020  20 21 22 23 24 25 26 27  28 29 2a 2b 2c 2d 2e 2f  | !\"#$%&'()*+,-./|\n"
            "                      ^^ ^^ ^^ ^^\n"
            "    0030  30 31 32 33 34 35 36 37  38 39 3a 3b 3c 3d 3e 3f  |0123456789:;<=>?|\n");
}

TEST(Dump, MarksAcrossRows) {
  EXPECT_EQ(dump(counting(34), {14, 18}, {}),
            "    0000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|\n"
            "                                                     ^^ ^^\n"
            "    0010  10 11 12 13 14 15 16 17  18 19 1a 1b 1c 1d 1e 1f  |................|\n"
            "          ^^ ^^\n"
            "    0020  20 21                                             | !|\n");
}

TEST(Dump, ShowsMissingBytes) {
  EXPECT_EQ(dump(counting(6), {4, 8}, {}),
            "    0000  00 01 02 03 04 05 -- --                           |......|\n"
            "                      ^^ ^^ ^^ ^^\n");
  EXPECT_EQ(dump(counting(16), {20, 21}, {}),
            "    0000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|\n"
            "    0010  -- -- -- -- --                                    ||\n"
            "                      ^^\n");
  EXPECT_EQ(dump({}, {0, 1}, {}),
            "    0000  --                                                ||\n"
            "          ^^\n");
}

TEST(Dump, ShortensALongStretch) {
  const std::string text = dump(counting(256), {3, 255}, {});
  EXPECT_EQ(std::ranges::count(text, '\n'), 9);  // four rows, each with its marks, and one about the rest
  EXPECT_TRUE(text.ends_with("          ... and 191 more bytes\n")) << text;
}

TEST(Dump, ShowsFourMarkedRowsAndTheNext) {
  const std::string text = dump(counting(256), {0, 64}, {});
  EXPECT_EQ(std::ranges::count(text, '\n'), 9);  // four rows with their marks, and the next
  EXPECT_NE(text.find("\n    0040  40 "), std::string::npos) << text;
  EXPECT_EQ(text.find("more bytes"), std::string::npos) << text;
  EXPECT_TRUE(dump(counting(256), {0, 65}, {}).ends_with("          ... and 1 more bytes\n"));
  EXPECT_EQ(std::ranges::count(dump(counting(64), {0, 64}, {}), '\n'), 8) << "there is no next row";
}

TEST(Dump, ShowsPrintableAscii) {
  const std::vector<std::byte> bytes = {std::byte{0x1f}, std::byte{0x20}, std::byte{0x7e}, std::byte{0x7f}};
  EXPECT_TRUE(dump(bytes, {0, 4}, {}).contains("  |. ~.|\n"));
}

TEST(Dump, HasFourDigitsOfOffsetsUpTo64KiB) {
  EXPECT_TRUE(dump(std::vector<std::byte>(0xffff), {0xfffe, 0xffff}, {}).starts_with("    ffe0  00 "));
  EXPECT_TRUE(dump(std::vector<std::byte>(4), {0x10000, 0x10001}, {}).starts_with("    0000fff0  "));
}

TEST(Dump, WidensItsOffsets) {
  const std::string text = dump(std::vector<std::byte>(0x10001), {0x10000, 0x10001}, {});
  EXPECT_TRUE(text.starts_with("    0000fff0  00 ")) << text;
  EXPECT_TRUE(text.ends_with("\n              ^^\n")) << text;
}

TEST(Dump, HasColours) {
  EXPECT_EQ(dump(counting(2), {1, 2}, {.colours = true}),
            "    \x1b[2m0000\x1b[0m  00 \x1b[1;31m01\x1b[0m                                             "
            "\x1b[2m|..|\x1b[0m\n"
            "         \x1b[1;31m    ^^\x1b[0m\n");
}

}  // namespace
}  // namespace qmforge::tools
