// Faults at the limits of numbers: counts of 8 and 32 bits, lengths that are the same in both byte orders, images at
// either end of the address space.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sim/fault_answers.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

EncodedMessage encoded(const Event& event, const EncodeOptions& options) {
  EncodedMessage message;
  EXPECT_TRUE(encode(event, options, message));
  return message;
}

/// Success if the result is the expected one at each site of each of the faults.
void expect_answers(const EncodedMessage& message, const std::vector<Fault>& faults) {
  for (const Fault fault : faults)
    for (const Site& site : sites(fault, message))
      ASSERT_TRUE(gives_expected(message, apply(fault, site, message))) << described({fault, site});
}

std::vector<Fault> every_fault() {
  std::vector<Fault> faults;
  for (const FaultInfo& entry : fault_catalogue()) faults.push_back(entry.fault);
  return faults;
}

Event string_event(std::u16string_view text) {
  ConditionValue value(DataType::unicodeString);
  value.arm.unicodeString = Utf16View(std::span<const char16_t>(text));
  return tunnel_event(value);
}

Event blob_event(const std::vector<std::byte>& bytes) {
  ConditionValue value(DataType::byteBlob);
  value.arm.byteBlob = {static_cast<std::uint32_t>(bytes.size()), bytes.data()};
  return tunnel_event(value);
}

/// ndr20 with this ObjectBufferLength, a multiple of 8.
EncodedMessage message_of_length(std::uint64_t object_length) {
  std::vector<std::byte> bytes(8);
  const std::uint64_t overhead = encoded(blob_event(bytes), {}).bytes.size() - 16 - bytes.size();
  bytes.resize(object_length - overhead);
  return encoded(blob_event(bytes), {});
}

TEST(FaultLimits, ASubAuthorityCountIsAByte) {
  const std::vector<std::uint32_t> most(255, 7);
  ConditionValue value(DataType::sid);
  value.arm.sid = {1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(most)};
  for (const EncodeOptions& form : canonical_forms())
    expect_answers(encoded(tunnel_event(value), form),
                   {Fault::sizeIsDiffers, Fault::maxCountDiffers, Fault::countBeyondData, Fault::countWraps});
}

TEST(FaultLimits, AStringsMaxCountHas32Bits) {
  const Event event = string_event(u"ten units.");
  for (const EncodeOptions& form : canonical_forms()) {
    EncodeOptions most = form;
    most.string_slack = 0xffffffff - 11;  // with the NUL, max_count is all ones
    const EncodedMessage message = encoded(event, most);
    expect_answers(message, every_fault());
    if (form.format == Format::native64 || form.format == Format::native32) continue;
    // No 32-bit actual_count exceeds it, so only smaller values of max_count are sites.
    for (const Site& site : sites(Fault::stringLongerThanMax, message)) EXPECT_LT(site.value, 11U);
  }
}

TEST(FaultLimits, ACountThatTheDataHoldsIsNotTooLarge) {
  const std::u16string text(0x10004, u'a');
  const Event event = string_event(text);
  for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64}) {
    const EncodedMessage message = encoded(event, {.format = format});
    const std::vector<Site> found = sites(Fault::stringBeyondData, message);
    EXPECT_EQ(found.size(), 3U) << "the data holds 0xffff units";
    for (const Site& site : found) EXPECT_GT(site.value, text.size() + 1);
    expect_answers(message, {Fault::stringBeyondData});
  }
}

TEST(FaultLimits, APalindromicLengthCannotBeSwapped) {
  const EncodedMessage alike = message_of_length(0x00010100);
  EXPECT_TRUE(sites(Fault::objectLengthSwapped, alike).empty());
  EXPECT_TRUE(sites(Fault::headerEndiannessFlipped, alike).empty());
  const EncodedMessage differing = message_of_length(0x00010108);
  EXPECT_EQ(sites(Fault::objectLengthSwapped, differing).size(), 1U);
  EXPECT_EQ(sites(Fault::headerEndiannessFlipped, differing).size(), 1U);
  expect_answers(differing, {Fault::objectLengthSwapped, Fault::headerEndiannessFlipped});
}

TEST(FaultLimits, ASwappedLengthMayBeShortAndNotAMultipleOf8) {
  const EncodedMessage message = message_of_length(0x01000000);  // swapped: 1
  EXPECT_EQ(sites(Fault::objectLengthSwapped, message).size(), 1U);
  expect_answers(message, {Fault::objectLengthSwapped, Fault::headerEndiannessFlipped});
}

TEST(FaultLimits, AnEmptyPointeeAfterTheStructureIsNotAMemberOfIt) {
  const std::byte nothing{};
  ConditionValue value(DataType::byteBlob);
  value.arm.byteBlob = {.size = 0, .data = &nothing};
  for (const Format format : {Format::native64, Format::native32}) {
    unsigned after_structure = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      const EncodedMessage message = encoded(tunnel_event(value), {.format = format, .placement = {.seed = seed}});
      after_structure += std::ranges::any_of(message.map.fields, [&](const WireField& field) {
        return field.offset == message.map.object_end && field.end() == field.offset;
      });
      expect_answers(message, {Fault::truncatedInput});
    }
    EXPECT_GT(after_structure, 0U) << to_string(format);
  }
}

TEST(FaultLimits, AnImageAtTheEndOfTheAddressSpaceHasNoAddressAfterIt) {
  const Event event = known_event("tunnel_token");
  for (const Format format : {Format::native64, Format::native32}) {
    const std::uint64_t size = encoded(event, {.format = format}).bytes.size();
    const std::uint64_t highest = format == Format::native64 ? ~std::uint64_t{0} : 0xffffffff;
    const EncodedMessage last = encoded(event, {.format = format, .image_base = highest - size + 1});
    EXPECT_TRUE(sites(Fault::addressJustOutside, last).empty()) << to_string(format);
    expect_answers(last, every_fault());
    const EncodedMessage last_but_one = encoded(event, {.format = format, .image_base = highest - size});
    EXPECT_FALSE(sites(Fault::addressJustOutside, last_but_one).empty()) << to_string(format);
    expect_answers(last_but_one, every_fault());
  }
}

// The address below 1 is NULL, so it is not an address outside the image.
TEST(FaultLimits, AnImageAtAddressOneHasNoAddressBeforeIt) {
  const Event event = known_event("tunnel_token");
  for (const Format format : {Format::native64, Format::native32}) {
    const EncodedMessage message = encoded(event, {.format = format, .image_base = 1});
    for (const Site& site : sites(Fault::addressOutside, message)) EXPECT_NE(site.value, 0U);
    expect_answers(message, every_fault());
  }
}

// A pointer to itself is legal if the image holds as many bytes from there as its type has.
TEST(FaultLimits, APointerAtTheImagesEndCannotPointToItself) {
  Value low(DataType::uint64);
  low.arm.uint64 = 1;
  Value high(DataType::byteArray16);
  high.arm.byteArray16 = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  const Event event = tunnel_event(shapes::range_of(low, high));
  std::size_t with = 0;
  std::size_t without = 0;
  for (const Format format : {Format::native64, Format::native32}) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      const EncodedMessage message = encoded(event, {.format = format, .placement = {.seed = seed}});
      const std::size_t found = sites(Fault::addressOfItself, message).size();
      ++(found == 2 ? with : without);
      expect_answers(message, {Fault::addressOfItself, Fault::addressOfStructure, Fault::addressMisaligned});
    }
  }
  EXPECT_GT(with, 0U);
  EXPECT_GT(without, 0U);
}

std::vector<std::uint64_t> host_bits(const ConditionValue& subnet) {
  std::vector<std::uint64_t> values;
  for (const Site& site : rule_sites(Fault::hostBitsSet, tunnel_event(subnet, subnet))) {
    if (site.field == 0) values.push_back(site.value);
    const InvalidEvent broken = break_rule(Fault::hostBitsSet, site, tunnel_event(subnet, subnet));
    const Findings found = validate(broken.event);
    EXPECT_NE(std::ranges::find(found, broken.finding), found.end());
  }
  return values;
}

TEST(FaultLimits, ASubnetOfOneHostHasNoHostBits) {
  using Values = std::vector<std::uint64_t>;
  EXPECT_EQ(host_bits(test::v4(0x0a000000, 0xffffffff)), Values{});
  EXPECT_EQ(host_bits(test::v4(0x0a000000, 0xfffffffe)), (Values{1}));
  EXPECT_EQ(host_bits(test::v4(0x0a000000, 0xfffffffc)), (Values{2, 1}));
  EXPECT_EQ(host_bits(test::v6({0xfe, 0x80}, 128)), Values{});
  EXPECT_EQ(host_bits(test::v6({0xfe, 0x80}, 127)), (Values{127}));
  EXPECT_EQ(host_bits(test::v6({0xfe, 0x80}, 126)), (Values{126, 127}));
}

}  // namespace
}  // namespace qmforge::sim
