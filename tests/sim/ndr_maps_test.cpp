// Properties of an NDR stream's field map and of its referent ids. encode_test.cpp has those of every map.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "qmforge/sim/encode.h"
#include "reference/reference_decoder.h"
#include "sim/forms.h"
#include "sim/known_events.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

constexpr std::array ndr_formats = {Format::ndr20, Format::ndr20Body, Format::ndr64};

std::uint64_t number_of(const WireField& field, const std::vector<std::byte>& bytes) {
  std::uint64_t number = 0;
  for (std::uint64_t i = field.size; i-- > 0;)
    number = number << 8 | std::to_integer<std::uint64_t>(bytes[field.offset + i]);
  return number;
}

TEST(NdrMaps, HaveTheHeadersFields) {
  std::vector<std::byte> bytes;
  FieldMap map;
  ASSERT_TRUE(encode(transport_event(), {}, bytes, &map));
  using Entry = std::tuple<FieldKind, std::string, std::uint64_t, std::uint64_t>;
  std::vector<Entry> header;
  for (const WireField& field : map.fields)
    if (field.offset < 16) header.emplace_back(field.kind, field.path.to_string(), field.offset, field.size);
  constexpr auto field = FieldKind::headerField;
  constexpr auto filler = FieldKind::filler;
  EXPECT_EQ(header, (std::vector<Entry>{{field, "Version", 0, 1},
                                        {field, "Endianness", 1, 1},
                                        {field, "CommonHeaderLength", 2, 2},
                                        {filler, "Filler", 4, 4},
                                        {field, "ObjectBufferLength", 8, 4},
                                        {filler, "Filler", 12, 4}}));
}

/// A wire field without its place: kind, path, size, unit.
using Part = std::tuple<FieldKind, std::string, std::uint64_t, std::uint32_t>;

std::vector<Part> parts_of(const Event& event, Format format, const std::vector<FieldKind>& left_out) {
  std::vector<std::byte> bytes;
  FieldMap map;
  EXPECT_TRUE(encode(event, {.format = format}, bytes, &map));
  std::vector<Part> parts;
  for (const WireField& field : map.fields)
    if (std::ranges::find(left_out, field.kind) == left_out.end())
      parts.emplace_back(field.kind, field.path.to_string(), field.size, field.unit);
  std::ranges::sort(parts);
  return parts;
}

const std::vector<FieldKind> only_in_ndr = {FieldKind::headerField, FieldKind::filler,    FieldKind::outerTag,
                                            FieldKind::innerTag,    FieldKind::maxCount,  FieldKind::stringOffset,
                                            FieldKind::actualCount, FieldKind::alignment, FieldKind::structPadding,
                                            FieldKind::bodyPadding};

/// Events with each subnet on either side, in each revision.
template <class Check>
void for_every_subnet(Check check) {
  std::pmr::monotonic_buffer_resource storage;
  Event event = transport_event();
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    event.revision = revision;
    event.saTrafficType = TrafficType::transport;
    check(event);
    event.saTrafficType = TrafficType::tunnel;
    for (const ConditionValue& subnet : every_subnet(Subnet::local, storage)) {
      event.localSubNet = subnet;
      event.remoteSubNet = test::v6({0xfe, 0x80}, 10);
      check(event);
      std::swap(event.localSubNet, event.remoteSubNet);
      check(event);
      if (::testing::Test::HasFatalFailure()) return;
    }
  }
}

// image_maps_test.cpp compares an image's map with the reference decoder's tables.
TEST(NdrMaps, HaveEveryFieldOfTheImagesMap) {
  for_every_subnet([](const Event& event) {
    ASSERT_EQ(parts_of(event, Format::ndr20Body, only_in_ndr), parts_of(event, Format::native32, {FieldKind::slot}));
    ASSERT_EQ(parts_of(event, Format::ndr64, only_in_ndr), parts_of(event, Format::native64, {FieldKind::slot}));
  });
}

/// How many fields of a kind each path has.
std::map<std::string, std::size_t> paths_of(const FieldMap& map, FieldKind kind) {
  std::map<std::string, std::size_t> paths;
  for (const WireField& field : map.fields)
    if (field.kind == kind) ++paths[field.path.to_string()];
  return paths;
}

TEST(NdrMaps, HaveACountForEachArrayAndATagForEachType) {
  for_every_subnet([](const Event& event) {
    for (const Format format : ndr_formats) {
      std::vector<std::byte> bytes;
      FieldMap map;
      ASSERT_TRUE(encode(event, {.format = format}, bytes, &map));
      const auto strings = paths_of(map, FieldKind::units);
      auto counted = paths_of(map, FieldKind::elements);
      counted.insert(strings.begin(), strings.end());
      ASSERT_EQ(paths_of(map, FieldKind::maxCount), counted);
      ASSERT_EQ(paths_of(map, FieldKind::stringOffset), strings);
      ASSERT_EQ(paths_of(map, FieldKind::actualCount), strings);
      ASSERT_EQ(paths_of(map, FieldKind::innerTag), paths_of(map, FieldKind::type));
      ASSERT_EQ(paths_of(map, FieldKind::outerTag),
                (std::map<std::string, std::size_t>{{"localSubNet", 1}, {"remoteSubNet", 1}}));
      for (const WireField& field : map.fields) {
        if (field.kind != FieldKind::maxCount) continue;
        ASSERT_EQ(field.partner == WireField::none, strings.contains(field.path.to_string()));
      }
    }
  });
}

TEST(NdrMaps, PredictTheTruncatedFieldForEveryLength) {
  for_every_subnet([](const Event& event) {
    for (const Format format : {Format::ndr20Body, Format::ndr64}) {
      std::vector<std::byte> bytes;
      FieldMap map;
      ASSERT_TRUE(encode(event, {.format = format}, bytes, &map));
      if (bytes.size() > 220) continue;  // a shorter message has the same shape
      std::uint64_t read = 0;
      for (const WireField& field : map.fields) {
        if (!is_required(field.kind) || field.end() <= read) continue;
        read = field.end();
        const auto cut = std::span<const std::byte>(bytes).first(read - 1);
        const DecodeOptions options{.format = format, .revision = event.revision};
        const DecodeError expected{.code = ErrorCode::truncated, .field = field.path, .offset = field.offset};
        const reference::Decoded decoded(cut, options);
        ASSERT_FALSE(decoded.result());
        ASSERT_EQ(decoded.result().error(), expected) << field.path.to_string();
      }
    }
  });
}

/// Collects the ids of the outermost pointers in [first, last), each followed by those inside its pointee.
void collect_ids(const FieldMap& map, const std::vector<std::byte>& bytes, std::uint32_t first, std::uint32_t last,
                 std::vector<std::uint64_t>& ids) {
  std::vector<WireField> pointers;
  std::vector<bool> below(last - first);
  for (std::uint32_t i = first; i < last; ++i) {
    const WireField& field = map.fields[i];
    if (below[i - first] || field.kind != FieldKind::pointer || field.partner == WireField::none) continue;
    pointers.push_back(field);
    for (std::uint32_t k = field.partner; k < field.partner_end; ++k) below[k - first] = true;
  }
  for (const WireField& pointer : pointers) {
    ids.push_back(number_of(pointer, bytes));
    collect_ids(map, bytes, pointer.partner, pointer.partner_end, ids);
  }
}

TEST(ReferentIds, AreNumberedDepthFirstForEverySubnet) {
  for_every_subnet([](const Event& event) {
    for (const Format format : ndr_formats) {
      std::vector<std::byte> bytes;
      FieldMap map;
      ASSERT_TRUE(encode(event, {.format = format}, bytes, &map));
      std::vector<std::uint64_t> ids;
      collect_ids(map, bytes, 0, static_cast<std::uint32_t>(map.fields.size()), ids);
      for (std::size_t i = 0; i < ids.size(); ++i) ASSERT_EQ(ids[i], 0x20000 + 4 * i);
    }
  });
}

std::uint64_t remote_id(Format format, const Referents& referents) {
  std::vector<std::byte> bytes;
  FieldMap map;
  EXPECT_TRUE(
      encode(tunnel_event(test::v4(1, 2), test::v4(3, 4)), {.format = format, .referents = referents}, bytes, &map));
  const auto remote = std::ranges::find_if(map.fields, [](const WireField& field) {
    return field.kind == FieldKind::pointer && field.path.to_string() == "remoteSubNet.v4AddrMask";
  });
  return number_of(*remote, bytes);
}

TEST(ReferentIds, Have64BitsInNdr64AndTheLower32InNdr20) {
  const Referents wide{.first = 0x100000007, .step = 0x200000000};
  EXPECT_EQ(remote_id(Format::ndr64, wide), 0x300000007U);
  EXPECT_EQ(remote_id(Format::ndr20, wide), 7U);
  EXPECT_EQ(remote_id(Format::ndr64, {.first = 0x100000000, .step = 0x100000000}), 0x200000000U);
  EXPECT_EQ(remote_id(Format::ndr20, {.first = 0x100000000, .step = 0x100000000}), 1U) << "not NULL";
}

TEST(ReferentIds, AreOfEveryKindIfRandom) {
  std::size_t all_ones = 0;
  std::size_t small = 0;
  std::size_t lower_half_zero = 0;
  std::size_t others = 0;
  std::set<std::uint64_t> values;
  constexpr std::size_t drawn = 1000;
  for (std::uint64_t seed = 1; seed <= drawn; ++seed) {
    const std::uint64_t id = remote_id(Format::ndr64, {.seed = seed});
    values.insert(id);
    ++(id == ~std::uint64_t{0} ? all_ones : id <= 3 ? small : (id & 0xffffffff) == 0 ? lower_half_zero : others);
  }
  for (const std::size_t count : {all_ones, small, lower_half_zero, others}) {
    EXPECT_GT(count, drawn / 8);
    EXPECT_LT(count, drawn / 2);
  }
  for (const std::uint64_t id : {1U, 2U, 3U}) EXPECT_TRUE(values.contains(id));
  EXPECT_EQ(values.size(), lower_half_zero + others + 4) << "only the small ones and all ones occur twice";
}

}  // namespace
}  // namespace qmforge::sim
