// SIDs and GUIDs as text.
#include <gtest/gtest.h>

#include <memory_resource>
#include <string>
#include <vector>

#include "qmforge/text.h"

namespace qmforge {
namespace {

struct SidCase {
  std::uint8_t revision;
  std::uint64_t authority;
  std::vector<std::uint32_t> sub_authorities;
  std::string text;
};

Sid sid_of(const SidCase& c) {
  Sid sid{};
  sid.revision = c.revision;
  for (std::size_t i = 0; i < 6; ++i)
    sid.identifierAuthority[5 - i] = static_cast<std::uint8_t>(c.authority >> (8 * i));
  sid.subAuthority = IntegerView<std::uint32_t>(c.sub_authorities);
  return sid;
}

std::vector<SidCase> sid_cases() {
  std::vector<SidCase> cases = {
      {1, 5, {32, 544}, "S-1-5-32-544"},
      {1, 5, {}, "S-1-5"},
      {1, 0, {0}, "S-1-0-0"},
      {255, 0xffffffff, {4294967295}, "S-255-4294967295-4294967295"},
      {1, 0x100000000, {1}, "S-1-0x000100000000-1"},
      {0, 0xffffffffffff, {}, "S-0-0xffffffffffff"},
      {1, 0xabcdef012345, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, ""},
  };
  cases.back().text = "S-1-0xabcdef012345-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15";
  cases.push_back({1, 5, std::vector<std::uint32_t>(255, 7), "S-1-5"});
  for (int i = 0; i < 255; ++i) cases.back().text += "-7";
  return cases;
}

TEST(SidText, WritesTheFormOfMsDtyp) {
  for (const SidCase& c : sid_cases()) EXPECT_EQ(sid_text(sid_of(c)), c.text);
}

TEST(SidText, ParsesItsOwnOutput) {
  std::pmr::monotonic_buffer_resource storage;
  for (const SidCase& c : sid_cases()) EXPECT_EQ(sid_from_text(c.text, storage), sid_of(c)) << c.text;
  EXPECT_EQ(sid_from_text("S-1-0xABCDEF012345", storage), sid_from_text("S-1-0xabcdef012345", storage));
}

TEST(SidText, RejectsOtherForms) {
  std::pmr::monotonic_buffer_resource storage;
  std::string too_many = "S-1-5";
  for (int i = 0; i < 256; ++i) too_many += "-1";
  for (const std::string& text : {std::string(""),
                                  std::string("S"),
                                  std::string("S-"),
                                  std::string("S-1"),
                                  std::string("S-1-"),
                                  std::string("S-1-5-"),
                                  std::string("s-1-5"),
                                  std::string("S-1-5--1"),
                                  std::string("S-256-5"),
                                  std::string("S-1-5-4294967296"),
                                  std::string("S-1-281474976710656"),
                                  std::string("S-1-0x1"),
                                  std::string("S-1-0x0001000000000"),
                                  std::string("S-1-0x00010000000g"),
                                  std::string("S-1-5-01"),
                                  std::string("S-1-5-0x20"),
                                  std::string("S-1-5 "),
                                  std::string(" S-1-5"),
                                  std::string("S-1-5-+1"),
                                  too_many})
    EXPECT_EQ(sid_from_text(text, storage), std::nullopt) << text;
}

constexpr Guid guid = {
    .data1 = 0x12345678, .data2 = 0x9abc, .data3 = 0xdef0, .data4 = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08}};

TEST(GuidText, WritesBracesAndLowerCase) {
  EXPECT_EQ(guid_text(guid), "{12345678-9abc-def0-0102-030405060708}");
  EXPECT_EQ(guid_text(Guid{}), "{00000000-0000-0000-0000-000000000000}");
}

TEST(GuidText, ParsesEitherCase) {
  EXPECT_EQ(guid_from_text("{12345678-9abc-def0-0102-030405060708}"), guid);
  EXPECT_EQ(guid_from_text("{12345678-9ABC-DEF0-0102-030405060708}"), guid);
}

TEST(GuidText, RejectsOtherForms) {
  for (const char* text : {"", "12345678-9abc-def0-0102-030405060708", "{12345678-9abc-def0-0102-030405060708",
                           "{12345678-9abc-def0-0102-03040506070}", "{12345678-9abc-def0-0102-0304050607080}",
                           "{12345678+9abc-def0-0102-030405060708}", "{12345678-9abcd-ef0-0102-030405060708}",
                           "{1234567g-9abc-def0-0102-030405060708}", "{12345678-9abg-def0-0102-030405060708}",
                           "{12345678-9abc-deg0-0102-030405060708}", "{12345678-9abc-def0-010g-030405060708}",
                           "{12345678-9abc-def0-0102-03040506070g}", "(12345678-9abc-def0-0102-030405060708)",
                           "{12345678-9abc-def0-0102-030405060708)"})
    EXPECT_EQ(guid_from_text(text), std::nullopt) << text;
}

TEST(GuidText, RejectsOtherCharactersInEveryPlaceOfADigit) {
  const std::string text = guid_text(guid);
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (text[place] == '{' || text[place] == '-' || text[place] == '}') continue;
    std::string other = text;
    for (const char digit : std::string("09afAF")) {
      other[place] = digit;
      EXPECT_NE(guid_from_text(other), std::nullopt) << other;
    }
    for (const char neighbour : std::string("/:`g@G -+")) {
      other[place] = neighbour;
      EXPECT_EQ(guid_from_text(other), std::nullopt) << other;
    }
  }
}

}  // namespace
}  // namespace qmforge
