// IPv4 and IPv6 addresses as text. The IPv6 cases are those of RFC 5952 and RFC 4291.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "qmforge/text.h"
#include "support/hex.h"

namespace qmforge {
namespace {

using Address = std::array<std::uint8_t, 16>;

Address address(std::string_view hex) {
  const auto bytes = testing::from_hex(hex);
  Address address{};
  EXPECT_EQ(bytes.size(), address.size());
  std::ranges::transform(bytes, address.begin(), [](std::byte byte) { return std::to_integer<std::uint8_t>(byte); });
  return address;
}

TEST(V4Text, WritesFourNumbersInHostOrder) {
  EXPECT_EQ(v4_text(0), "0.0.0.0");
  EXPECT_EQ(v4_text(0x0a000000), "10.0.0.0");
  EXPECT_EQ(v4_text(0xc0a80102), "192.168.1.2");
  EXPECT_EQ(v4_text(0xffffffff), "255.255.255.255");
}

TEST(V4Text, ParsesItsOwnOutput) {
  for (const std::uint32_t addr : {0U, 0x0a000000U, 0xc0a80102U, 0x01020304U, 0xffffffffU})
    EXPECT_EQ(v4_from_text(v4_text(addr)), addr);
}

TEST(V4Text, RejectsOtherForms) {
  for (const char* text :
       {"", "10", "10.0.0", "10.0.0.", ".10.0.0.0", "10.0.0.0.", "10.0.0.0.0", "10.0.0.256", "10.0.0.-1", "10.0.0.01",
        "10.0.0.0x1", " 10.0.0.0", "10.0.0.0 ", "10..0.0", "10.0.0.0/8", "10.0.0.+1", "1.2.3.1000"})
    EXPECT_EQ(v4_from_text(text), std::nullopt) << text;
}

struct V6Case {
  const char* hex;
  const char* text;
};

// Bytes, and how RFC 5952 writes them.
constexpr V6Case v6_cases[] = {
    {"00000000000000000000000000000000", "::"},
    {"00000000000000000000000000000001", "::1"},
    {"20010db8000000000000000000000000", "2001:db8::"},
    {"20010db8000000000000000000020001", "2001:db8::2:1"},         // 4.2.1
    {"20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"},  // 4.2.2: one group is not shortened
    {"20010db8000000000001000000000001", "2001:db8::1:0:0:1"},     // 4.2.3: the first of equals
    {"20010000000000010000000000000001", "2001:0:0:1::1"},         // 4.2.3: the longest
    {"20010db8aaaabbbbccccddddeeee0001", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1"},
    {"000100020003000400050006000700ff", "1:2:3:4:5:6:7:ff"},
    {"00010002000300040005000600000000", "1:2:3:4:5:6::"},
    {"00000000000300040005000600070008", "::3:4:5:6:7:8"},
    {"00010000000000000000000000000000", "1::"},
    {"00000002000300040005000600070000", "0:2:3:4:5:6:7:0"},
    {"fe800000000000000000000000000001", "fe80::1"},
    {"00000000000000000000ffffc0a80001", "::ffff:192.168.0.1"},  // 5: mapped addresses in mixed notation
    {"00000000000000000000ffff00000000", "::ffff:0.0.0.0"},
    {"000000000000000000000000c0a80001", "::c0a8:1"},  // and no others
    {"0064ff9b0000000000000000c0000221", "64:ff9b::c000:221"},
    {"00000000000000000000fffec0a80001", "::fffe:c0a8:1"},
    {"00010000000000000000ffffc0a80001", "1::ffff:c0a8:1"},
    {"00000000000000000001ffffc0a80001", "::1:ffff:c0a8:1"},
    {"ffffffffffffffffffffffffffffffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
};

TEST(V6Text, WritesTheFormOfRfc5952) {
  for (const V6Case& c : v6_cases) EXPECT_EQ(v6_text(address(c.hex)), c.text);
}

TEST(V6Text, ParsesItsOwnOutput) {
  for (const V6Case& c : v6_cases) EXPECT_EQ(v6_from_text(c.text), address(c.hex)) << c.text;
}

TEST(V6Text, ParsesEveryFormOfRfc4291) {
  const Address expected = address("20010db8000000000000ff0000428329");
  for (const char* text :
       {"2001:db8::ff00:42:8329", "2001:0db8:0000:0000:0000:ff00:0042:8329", "2001:DB8:0:0:0:FF00:42:8329",
        "2001:db8:0:0:0:ff00:0.66.131.41", "2001:db8::ff00:0.66.131.41", "2001:db8:0:0::ff00:42:8329"})
    EXPECT_EQ(v6_from_text(text), expected) << text;
  EXPECT_EQ(v6_from_text("1:2:3:4:5:6:7::"), address("00010002000300040005000600070000"));
  EXPECT_EQ(v6_from_text("::2:3:4:5:6:7:8"), address("00000002000300040005000600070008"));
}

TEST(V6Text, RejectsOtherForms) {
  for (const char* text : {"",
                           ":",
                           ":::",
                           "1",
                           "1:2:3:4:5:6:7",
                           "1:2:3:4:5:6:7:8:9",
                           "1::2::3",
                           "1:2:3:4:5:6:7:8::",
                           "1:2:3:4::5:6:7:8",
                           "12345::",
                           "00001::",
                           "g::",
                           "::1%eth0",
                           "::/64",
                           "1:2:3:4:5:6:7:1.2.3.4",
                           "::1.2.3",
                           "1.2.3.4::",
                           "1.2.3.4",
                           "::1.2.3.4:5",
                           " ::",
                           ":: ",
                           ":1::",
                           "::1:",
                           "1:::2",
                           "-1::",
                           "+1::",
                           "0x1::",
                           "1:2:3:4:5:6:7:"})
    EXPECT_EQ(v6_from_text(text), std::nullopt) << text;
}

}  // namespace
}  // namespace qmforge
