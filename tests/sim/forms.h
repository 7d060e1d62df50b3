// Events and legal forms of encoding them, for the tests of the encoder and of the faults.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/odometer.h"

namespace qmforge::sim {

inline void PrintTo(const EncodeOptions& options, std::ostream* out) {
  *out << "a form of " << to_string(options.format);
}

}  // namespace qmforge::sim

namespace qmforge::testing {

/// The options that decode what these options encode.
inline DecodeOptions decode_options(const sim::EncodeOptions& options, Revision revision) {
  return {.format = options.format, .revision = revision, .image_base = options.image_base};
}

/// The name of a test whose parameter is a form: `ndr20_body_12`.
inline constexpr auto form_name = [](const auto& tested) {
  std::string name(qmforge::to_string(tested.param.format));
  std::ranges::replace(name, '-', '_');
  return name + "_" + std::to_string(tested.index);
};

/// The canonical form of each format, big-endian ndr20, and forms that differ from these in one option each.
inline std::vector<sim::EncodeOptions> legal_forms() {
  std::vector<sim::EncodeOptions> forms;
  const auto add = [&forms](sim::EncodeOptions form) { forms.push_back(form); };
  for (const Format format : all_formats) add({.format = format});
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const Format format : all_formats) add({.format = format, .padding_seed = seed});
  }
  for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64}) {
    add({.format = format, .referents = {.first = 1, .step = 0}});
    add({.format = format, .referents = {.first = 0xffffffffffffffff, .step = 1}});
    add({.format = format, .referents = {.first = 0x100000000, .step = 0x100000000}});
    add({.format = format, .referents = {.seed = 1}});
    add({.format = format, .referents = {.seed = 2}});
    add({.format = format, .string_slack = 1});
    add({.format = format, .string_slack = 0xfffff000});
  }
  for (const Format format : {Format::ndr20Body, Format::ndr64})
    for (std::uint8_t trailing = 1; trailing < 8; ++trailing) add({.format = format, .trailing = trailing});
  add({.order = std::endian::big});
  add({.order = std::endian::big, .padding_seed = 3});
  add({.common_filler = 0x01020304, .object_filler = 0xfffefdfc});
  add({.order = std::endian::big, .common_filler = 0, .object_filler = 0xffffffff});
  for (const Format format : {Format::native64, Format::native32}) {
    add({.format = format, .image_base = 0});
    add({.format = format, .image_base = 0x7ffe0001});
    add({.format = format, .placement = {.share = true}});
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U})
      add({.format = format, .padding_seed = seed, .placement = {.seed = seed, .share = seed % 2 == 0}});
  }
  add({.format = Format::native64, .image_base = 0xffffff0000000000});
  return forms;
}

namespace shapes {

/// The events or values that `generate` gives for each sequence of answers.
template <class Made, class Generate>
std::vector<Made> walk(Generate generate) {
  std::vector<Made> all;
  sim::Odometer odometer;
  do {
    all.push_back(generate(odometer));
  } while (odometer.next());
  return all;
}

inline ConditionValue range_of(const Value& low, const Value& high) {
  ConditionValue value(DataType::range);
  value.rangeValue = {low, high};
  return value;
}

/// Arrays of no, one and the most elements; NULL arrays with a count; NULL SIDs.
inline std::vector<Value> odd_values() {
  static constexpr std::array<std::byte, 300> bytes{std::byte{0xa5}};
  static constexpr std::array<std::uint32_t, 255> numbers{0x01020304, 0xffffffff};
  static constexpr std::u16string_view text = u"\xd800z";
  const auto sid = [](std::size_t count) {
    return Sid{1, {0xff, 0, 1, 2, 3, 4}, IntegerView<std::uint32_t>(std::span(numbers).first(count))};
  };
  static const std::array<SidAndAttributes, 4> sids = {
      {{sid(1), 0xffffffff}, {std::nullopt, 0}, {sid(0), 1}, {sid(5), 7}}};

  std::vector<Value> values;
  const auto add = [&values](DataType type) -> ValueArm& { return values.emplace_back(type).arm; };
  for (const ByteBlob blob : {ByteBlob{0, bytes.data()}, ByteBlob{0xffffffff, nullptr}, ByteBlob{0, nullptr},
                              ByteBlob{1, bytes.data()}, ByteBlob{300, bytes.data()}}) {
    add(DataType::byteBlob).byteBlob = blob;
    add(DataType::securityDescriptor).sd = blob;
    add(DataType::tokenAccessInformation).tokenAccessInformation = blob;
  }
  for (const std::size_t count : {0U, 1U, 2U, 3U, 15U, 255U}) add(DataType::sid).sid = sid(count);
  for (const std::size_t size : {0U, 1U, 2U})
    add(DataType::unicodeString).unicodeString = Utf16View(std::span<const char16_t>(text).first(size));
  const SidAndAttributesView null;
  for (const std::size_t size : {0U, 1U, 2U, 3U, 4U}) {
    const SidAndAttributesView some{std::span(sids).first(size)};
    const auto count = static_cast<std::uint32_t>(size);
    add(DataType::tokenInformation).tokenInformation = {count, 0, some, null};
    add(DataType::tokenInformation).tokenInformation = {7, count, null, some};
    add(DataType::tokenInformation).tokenInformation = {count, count, some, some};
  }
  add(DataType::tokenInformation).tokenInformation = {0xffffffff, 0, null, null};
  return values;
}

}  // namespace shapes

/// Subnets of every type, NULL and not; every type in either bound of a range; every unusual shape of a token, a SID, a
/// blob and a string.
inline std::vector<ConditionValue> every_subnet(sim::Subnet side, std::pmr::memory_resource& storage) {
  sim::Profile profile;
  profile.contents = sim::Contents::fixed;
  profile.inner_nuls = false;
  auto subnets = shapes::walk<ConditionValue>(
      [&](sim::Choices& choices) { return sim::generate_subnet(choices, profile, side, storage); });
  auto values =
      shapes::walk<Value>([&](sim::Choices& choices) { return sim::generate_value(choices, profile, storage); });
  const Value empty(DataType::empty);
  const Value null(DataType::double64, true);
  for (const Value& odd : shapes::odd_values()) {
    ConditionValue& subnet = subnets.emplace_back(odd.type);
    subnet.arm = odd.arm;
    values.push_back(odd);
  }
  for (const Value& value : values) {
    subnets.push_back(shapes::range_of(value, null));
    subnets.push_back(shapes::range_of(empty, value));
    subnets.push_back(shapes::range_of(value, value));
  }
  return subnets;
}

}  // namespace qmforge::testing
