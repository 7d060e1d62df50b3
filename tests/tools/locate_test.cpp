// The bytes that the program marks. The encoder makes a field map of any form of a message; the program, which does not
// know the form, must mark the same bytes.
#include "locate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/generate.h"
#include "qmforge/validate.h"

namespace qmforge::tools {
namespace {

sim::EncodeOptions some_form(Format format, std::uint64_t seed) {
  sim::EncodeOptions options{.format = format};
  options.order = seed % 2 == 0 ? std::endian::little : std::endian::big;
  options.referents.seed = seed;
  options.trailing = static_cast<std::uint8_t>(seed % 8);
  options.padding_seed = seed;
  options.string_slack = static_cast<std::uint32_t>(seed % 3);
  options.image_base = 0x7fff0000 + seed;
  options.placement = {.seed = seed, .share = seed % 5 == 0};
  return options;
}

// The bytes of a finding's field, from the field map of the same message.
const sim::WireField* in_map(const sim::FieldMap& map, FieldPath field) {
  if (field == FieldPath(Step::remoteSubNet)) field = field / Step::type;
  const auto found = std::ranges::find_if(map.fields, [&field](const sim::WireField& wire_field) {
    using enum sim::FieldKind;
    return wire_field.path == field &&
           (wire_field.kind == enumeration || wire_field.kind == trafficType || wire_field.kind == type ||
            wire_field.kind == pointer || wire_field.kind == integer || wire_field.kind == bytes);
  });
  return found == map.fields.end() ? nullptr : &*found;
}

TEST(Locate, FindsTheBytesOfEveryFinding) {
  std::array<std::size_t, 13> found{};
  for (const Format format : all_formats) {
    for (std::uint64_t seed = 1; seed < 600; ++seed) {
      std::pmr::monotonic_buffer_resource storage;
      sim::RandomChoices choices(seed);
      const Event event = sim::generate(choices, sim::Profile{}.for_format(format), storage);
      const sim::EncodeOptions form = some_form(format, seed);
      std::vector<std::byte> bytes;
      sim::FieldMap map;
      ASSERT_TRUE(sim::encode(event, form, bytes, &map).has_value());

      const DecodeOptions options{.format = format, .revision = event.revision, .image_base = form.image_base};
      const auto decoded = decode(bytes, options);
      ASSERT_TRUE(decoded.has_value());
      for (const Finding& finding : validate(*decoded)) {
        const sim::WireField* const wire_field = in_map(map, finding.field);
        ASSERT_NE(wire_field, nullptr) << finding.field.to_string();
        const auto range = locate(finding.field, *decoded, bytes, options);
        ASSERT_TRUE(range.has_value()) << finding.field.to_string();
        ASSERT_EQ(range->begin, wire_field->offset)
            << finding.field.to_string() << ' ' << to_string(format) << ' ' << seed;
        ASSERT_EQ(range->end, wire_field->end())
            << finding.field.to_string() << ' ' << to_string(format) << ' ' << seed;
        ++found[static_cast<std::size_t>(finding.rule)];
      }
    }
  }
  for (std::size_t rule = 0; rule < found.size(); ++rule) {
    const bool can_be = static_cast<Rule>(rule) != Rule::trafficTypeRange;  // it does not decode
    EXPECT_EQ(found[rule] != 0, can_be) << to_string(static_cast<Rule>(rule));
  }
}

TEST(Locate, HasNoBytesForFieldsThatAreNotThere) {
  std::pmr::monotonic_buffer_resource storage;
  sim::RandomChoices choices(1);
  const Event event = sim::generate(choices, {.traffic_type = TrafficType::transport}, storage);
  EXPECT_FALSE(locate(FieldPath(Step::localSubNet) / Step::v4AddrMask, event, {}, {}).has_value());
}

struct Size {
  ErrorCode code;
  Format format;
  std::uint64_t size;
};

// A malformed input of 100 bytes whose wire field at 36 is wrong.
TEST(Locate, HasTheSizeOfTheWrongField) {
  const std::vector<std::byte> input(100);
  using enum ErrorCode;
  for (const Size& expected : {Size{headerVersion, Format::ndr20, 1},
                               {headerEndianness, Format::ndr20, 1},
                               {headerLength, Format::ndr20, 2},
                               {objectLength, Format::ndr20, 4},
                               {unionTagMismatch, Format::ndr64, 4},
                               {unionTagUnknown, Format::native64, 4},
                               {arrayCountMismatch, Format::ndr20, 4},
                               {arrayCountMismatch, Format::ndr64, 8},
                               {stringOffset, Format::ndr20Body, 4},
                               {stringLength, Format::ndr64, 8},
                               {stringUnterminated, Format::native32, 4},
                               {badAddress, Format::native64, 8},
                               {badAddress, Format::native32, 4},
                               {trailingBytes, Format::ndr64, 64}}) {
    const ByteRange range = locate(DecodeError{expected.code, {}, 36}, input, {.format = expected.format});
    EXPECT_EQ(range.begin, 36U);
    EXPECT_EQ(range.end - range.begin, expected.size) << to_string(expected.code) << ' ' << to_string(expected.format);
  }
}

TEST(Locate, ShowsMissingBytes) {
  const auto range_of = [](std::uint64_t offset, std::size_t size) {
    return locate(DecodeError{ErrorCode::truncated, {}, offset}, std::vector<std::byte>(size), {});
  };
  EXPECT_EQ(range_of(0, 0).end, 1U);
  EXPECT_EQ(range_of(36, 38).end, 39U);  // two bytes are there, one is shown as missing
  EXPECT_EQ(range_of(36, 36).end, 37U);
  EXPECT_EQ(range_of(40, 36).begin, 40U);  // alignment moved the wire field past the end
  EXPECT_EQ(range_of(40, 36).end, 41U);
  EXPECT_EQ(range_of(36, 1000).end, 40U);  // an array that is too long
}

}  // namespace
}  // namespace qmforge::tools
