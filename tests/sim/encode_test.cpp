// Compares the encoder's output with bytes that other engines wrote, and with the documented sizes and offsets.
#include "qmforge/sim/encode.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>

#include "sim/forms.h"
#include "sim/known_events.h"
#include "support/hex.h"
#include "support/labelled_bytes.h"

namespace {

std::atomic<std::size_t> allocation_count;

std::size_t allocations() { return allocation_count; }

}  // namespace

// Counts the allocations of the whole program.
void* operator new(std::size_t size) {
  ++allocation_count;
  if (void* const memory = std::malloc(size)) return memory;  // NOLINT: operator new
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }               // NOLINT
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }  // NOLINT

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

std::vector<std::byte> encoded(const Event& event, const EncodeOptions& options, FieldMap* map = nullptr) {
  std::vector<std::byte> bytes;
  const auto written = encode(event, options, bytes, map);
  EXPECT_TRUE(written.has_value()) << (written ? "" : message(written.error().code));
  return bytes;
}

class WrittenVectors : public ::testing::TestWithParam<KnownVector> {};

TEST_P(WrittenVectors, EqualTheEncodersOutput) {
  std::vector<std::byte> expected = GetParam().bytes;
  if (GetParam().label == "ndr64-tunnel_token") {
    // Samba numbers both array pointers before the pointers of the first array. Depth first, the ids of the first
    // element's SID and of restrictedSids are swapped.
    std::byte& restricted_sids = expected[0x70];
    std::byte& first_sid = expected[0x80];
    ASSERT_EQ(restricted_sids, std::byte{0x08});
    ASSERT_EQ(first_sid, std::byte{0x0c});
    std::swap(restricted_sids, first_sid);
  }
  EXPECT_EQ(to_hex(encoded(known_event(GetParam().shape), {.format = GetParam().format})), to_hex(expected));
}

INSTANTIATE_TEST_SUITE_P(Engines, WrittenVectors, ::testing::ValuesIn(known_vectors()), [](const auto& tested) {
  std::string name = tested.param.label;
  std::ranges::replace(name, '-', '_');
  return name;
});

std::uint64_t number_at(std::span<const std::byte> bytes, std::size_t at, std::size_t size,
                        std::endian order = std::endian::little) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i)
    number =
        number << 8 | std::to_integer<std::uint64_t>(bytes[order == std::endian::big ? at + i : at + size - 1 - i]);
  return number;
}

Event revision_1(Event event) {
  event.revision = Revision::r1;
  return event;
}

TEST(Sizes, AreTheDocumentedOnes) {
  const auto size = [](const Event& event, Format format) { return encoded(event, {.format = format}).size(); };
  const Event transport = known_event("transport");
  const Event v4 = known_event("tunnel_v4");
  EXPECT_EQ(size(transport, Format::ndr20Body), 40U);
  EXPECT_EQ(size(v4, Format::ndr20Body), 80U);
  EXPECT_EQ(size(known_event("tunnel_v6"), Format::ndr20Body), 98U);
  EXPECT_EQ(size(revision_1(v4), Format::ndr20Body), 104U);
  EXPECT_EQ(size(transport, Format::ndr20), 16U + 40U);
  EXPECT_EQ(size(known_event("tunnel_v6"), Format::ndr20), 16U + 104U) << "padded to a multiple of 8";
  EXPECT_EQ(size(transport, Format::ndr64), 48U);
  EXPECT_EQ(size(v4, Format::ndr64), 112U);
  EXPECT_EQ(size(revision_1(v4), Format::ndr64), 136U);
  EXPECT_EQ(size(transport, Format::native64), 64U);
  EXPECT_EQ(size(transport, Format::native32), 48U);
  EXPECT_EQ(size(revision_1(transport), Format::native64), 88U);
  EXPECT_EQ(size(revision_1(transport), Format::native32), 72U);
  EXPECT_EQ(size(v4, Format::native64), 64U + 2 * 8);
}

TEST(Ndr20, AlignsQmFilterIdAfterAnInlineArm) {
  const auto bytes = encoded(tunnel_event(uint8_subnet(0x7f)), {.format = Format::ndr20Body});
  EXPECT_EQ(number_at(bytes, 56, 8), 0x0102030405060708U);
  EXPECT_EQ(number_at(bytes, 37, 3), 0U) << "before the next discriminant";
  EXPECT_EQ(number_at(bytes, 52, 4), 0U);
}

TEST(Ndr20, HasAHeaderWhoseFirstHalfIsLittleEndian) {
  const Event event = known_event("tunnel_v4");
  for (const std::endian order : {std::endian::little, std::endian::big}) {
    const auto bytes = encoded(event, {.order = order, .common_filler = 0x01020304, .object_filler = 0x05060708});
    EXPECT_EQ(number_at(bytes, 0, 1), 1U);
    EXPECT_EQ(number_at(bytes, 1, 1), order == std::endian::little ? 0x10U : 0U);
    EXPECT_EQ(number_at(bytes, 2, 2), 8U);
    EXPECT_EQ(number_at(bytes, 4, 4), 0x01020304U);
    EXPECT_EQ(number_at(bytes, 8, 4, order), 80U);
    EXPECT_EQ(number_at(bytes, 12, 4, order), 0x05060708U);
    EXPECT_EQ(number_at(bytes, 16, 4, order), 13806U);
    EXPECT_EQ(number_at(bytes, 16 + 56, 8, order), 0x0102030405060708U);
    EXPECT_EQ(number_at(bytes, 16 + 64, 4, order), 0xc0a80100U);
  }
}

TEST(Guids, HaveIntegersInTheByteOrderOfTheBody) {
  const Event event = revision_1(transport_event());
  const std::string tail = "0102030405060708";
  EXPECT_EQ(to_hex(encoded(event, {.format = Format::ndr20Body})).substr(96), "78563412bc9af0de" + tail);
  EXPECT_EQ(to_hex(encoded(event, {.order = std::endian::big})).substr(128), "123456789abcdef0" + tail);
  EXPECT_EQ(to_hex(encoded(event, {.format = Format::native32})).substr(112), "78563412bc9af0de" + tail);
}

TEST(Images, HaveTheDocumentedOffsets) {
  ConditionValue local(DataType::uint16);
  local.arm.uint16 = 0x1234;
  Event event = revision_1(tunnel_event(local, test::v4(0x0a000000, 0xff000000)));
  struct Offsets {
    Format format;
    std::size_t value, remote, remote_value, filter, luid, key, size, word;
  };
  for (const Offsets& at : {Offsets{Format::native64, 32, 40, 48, 56, 64, 72, 88, 8},
                            Offsets{Format::native32, 28, 32, 36, 40, 48, 56, 72, 4}}) {
    const auto bytes = encoded(event, {.format = at.format, .image_base = 0x20000});
    EXPECT_EQ(number_at(bytes, 20, 4), 1U);
    EXPECT_EQ(number_at(bytes, 24, 4), 2U);
    EXPECT_EQ(number_at(bytes, at.value, at.word), 0x1234U);
    EXPECT_EQ(number_at(bytes, at.remote, 4), 0x100U);
    EXPECT_EQ(number_at(bytes, at.remote_value, at.word), 0x20000 + at.size);
    EXPECT_EQ(number_at(bytes, at.filter, 8), event.qmFilterId);
    EXPECT_EQ(number_at(bytes, at.luid, 8), event.mmSaLuid);
    EXPECT_EQ(number_at(bytes, at.key, 4), event.mmProviderContextKey.data1);
    EXPECT_EQ(number_at(bytes, at.size, 4), 0x0a000000U);
    EXPECT_EQ(bytes.size(), at.size + 8);
  }
}

TEST(Images, FillUnusedBytesWithPadding) {
  const auto clean = encoded(transport_event(), {.format = Format::native64});
  const auto dirty = encoded(transport_event(), {.format = Format::native64, .padding_seed = 1});
  EXPECT_EQ(to_hex(clean).substr(0, 48), to_hex(dirty).substr(0, 48));
  EXPECT_EQ(number_at(clean, 24, 8), 0U);
  EXPECT_NE(number_at(dirty, 24, 8), 0U);
  EXPECT_NE(number_at(dirty, 48, 8), 0U);
  EXPECT_EQ(number_at(dirty, 56, 8), transport_event().qmFilterId);
}

TEST(Images, ShareEqualPointeesOnRequest) {
  const Event event = tunnel_event(test::v4(1, 2), test::v4(1, 2));
  EXPECT_EQ(encoded(event, {.format = Format::native64}).size(), 80U);
  const auto shared = encoded(event, {.format = Format::native64, .placement = {.share = true}});
  EXPECT_EQ(number_at(shared, 32, 8), number_at(shared, 48, 8));
}

TEST(Images, ScatterPointeesOnRequest) {
  const Event event = tunnel_event(test::v4(1, 2), test::v4(3, 4));
  bool unaligned = false;
  bool reversed = false;
  for (std::uint64_t seed = 1; seed < 50; ++seed) {
    const auto bytes = encoded(event, {.format = Format::native64, .placement = {.seed = seed}});
    unaligned |= number_at(bytes, 32, 8) % 4 != 0;
    reversed |= number_at(bytes, 32, 8) > number_at(bytes, 48, 8);
  }
  EXPECT_TRUE(unaligned);
  EXPECT_TRUE(reversed);
}

TEST(Referents, AreNumberedDepthFirstInEveryForm) {
  // In wire order: local, remote; in local's pointee: sids, restrictedSids; in sids: the first SID …
  const Event event = tunnel_event(known_event("tunnel_token").localSubNet, test::v4(1, 2));
  for (const Format format : {Format::ndr20, Format::ndr20Body, Format::ndr64}) {
    FieldMap map;
    const auto bytes = encoded(event, {.format = format}, &map);
    std::vector<std::uint64_t> ids;
    for (const WireField& field : map.fields)
      if (field.kind == FieldKind::pointer) ids.push_back(number_at(bytes, field.offset, field.size));
    EXPECT_EQ(ids, (std::vector<std::uint64_t>{0x20000, 0x20014, 0x20004, 0x2000c, 0x20008, 0, 0x20010}));
  }
}

TEST(Referents, AreNeverNull) {
  const Event event = known_event("tunnel_v4");
  for (const Referents referents :
       {Referents{.first = 0, .step = 0}, Referents{.first = 0xffffffffffffffff, .step = 1}}) {
    for (const Format format : {Format::ndr20Body, Format::ndr64}) {
      const auto bytes = encoded(event, {.format = format, .referents = referents});
      const std::size_t last = format == Format::ndr64 ? 80 : 52;
      EXPECT_EQ(number_at(bytes, last, format == Format::ndr64 ? 8 : 4), 1U);
    }
  }
}

TEST(Encode, EachOptionChangesOnlyItsOwnBytes) {
  // Random padding changes no wire field, and over many seeds every byte of padding.
  const Event event = known_event("tunnel_v6_v4");
  FieldMap map;
  const auto clean = encoded(event, {.format = Format::ndr64, .trailing = 5}, &map);
  std::vector<bool> touched(clean.size());
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    const auto dirty = encoded(event, {.format = Format::ndr64, .trailing = 5, .padding_seed = seed});
    ASSERT_EQ(dirty.size(), clean.size());
    for (std::size_t i = 0; i < clean.size(); ++i)
      if (dirty[i] != clean[i]) touched[i] = true;
  }
  std::vector<bool> padding(clean.size());
  for (const WireField& field : map.fields)
    if (field.kind == FieldKind::alignment || field.kind == FieldKind::structPadding ||
        field.kind == FieldKind::bodyPadding)
      std::fill_n(padding.begin() + static_cast<std::ptrdiff_t>(field.offset), field.size, true);
  EXPECT_EQ(touched, padding);
}

TEST(Encode, AllocatesOnlyToGrowTheBuffer) {
  for (const Format format : all_formats) {
    std::vector<std::byte> bytes;
    for (const KnownVector& vector : known_vectors())
      ASSERT_TRUE(encode(known_event(vector.shape), {.format = format}, bytes));
    const std::byte* const data = bytes.data();
    const std::size_t before = allocations();
    for (const std::string_view shape : {"transport", "tunnel_v4", "tunnel_v6_v4", "tunnel_token", "tunnel_str"})
      ASSERT_TRUE(encode(known_event(shape), {.format = format}, bytes));
    EXPECT_EQ(allocations(), before);
    EXPECT_EQ(bytes.data(), data);
  }
}

TEST(Encode, OverwritesTheBuffer) {
  for (const Format format : all_formats) {
    for (const KnownVector& vector : known_vectors()) {
      const Event event = known_event(vector.shape);
      std::vector<std::byte> bytes(1000, std::byte{0xff});
      ASSERT_TRUE(encode(event, {.format = format}, bytes));
      EXPECT_EQ(bytes, encoded(event, {.format = format}));
    }
  }
}

TEST(FieldMaps, CoverEveryByteInOrder) {
  std::pmr::monotonic_buffer_resource storage;
  for (const EncodeOptions& form : legal_forms()) {
    if (is_memory_image(form.format)) continue;
    for (const ConditionValue& subnet : every_subnet(Subnet::local, storage)) {
      FieldMap map;
      const auto bytes = encoded(revision_1(tunnel_event(subnet, uint8_subnet(1))), form, &map);
      EXPECT_EQ(map.body_begin, form.format == Format::ndr20 ? 16U : 0U);
      std::uint64_t end = 0;
      std::uint64_t elements_end = 0;  // of the last `elements`, whose members follow
      for (const WireField& field : map.fields) {
        if (field.kind != FieldKind::elements && field.end() <= elements_end) continue;
        ASSERT_EQ(field.offset, end) << to_string(field.kind) << " " << field.path.to_string();
        if (!is_required(field.kind)) {
          ASSERT_NE(field.size, 0U) << "empty padding";
        }
        end = field.end();
        if (field.kind == FieldKind::elements) elements_end = end;
        if (field.kind == FieldKind::bodyPadding) {
          EXPECT_GE(field.offset, map.object_end);
        }
      }
      EXPECT_EQ(end, bytes.size());
      EXPECT_LE(bytes.size() - map.object_end, 7U);
    }
  }
}

TEST(FieldMaps, LinkEachFieldToTheOneThatItMustEqual) {
  std::pmr::monotonic_buffer_resource storage;
  for (const Format format : all_formats) {
    const std::uint64_t base = is_memory_image(format) ? 0x10000 : 0;
    for (const ConditionValue& subnet : every_subnet(Subnet::remote, storage)) {
      FieldMap map;
      const auto bytes = encoded(tunnel_event(uint8_subnet(1), subnet), {.format = format}, &map);
      const auto number = [&](const WireField& field) { return number_at(bytes, field.offset, field.size); };
      for (const WireField& field : map.fields) {
        if (field.kind == FieldKind::pointer) {
          ASSERT_EQ(number(field) == 0, field.partner == WireField::none);
          if (field.partner == WireField::none) continue;
          ASSERT_LT(field.partner, field.partner_end);
          ASSERT_LE(field.partner_end, map.fields.size());
          if (base != 0) {
            ASSERT_EQ(number(field), base + map.fields[field.partner].offset);
          }
        } else if (field.kind == FieldKind::elements) {
          ASSERT_EQ(field.size, number(map.fields[field.partner]) * field.unit);
        } else if (field.kind == FieldKind::units && base == 0) {
          ASSERT_EQ(field.size, number(map.fields[field.partner]) * field.unit);
        } else if (field.kind == FieldKind::outerTag || field.kind == FieldKind::innerTag ||
                   (field.kind == FieldKind::maxCount && field.partner != WireField::none)) {
          ASSERT_EQ(number(field), number(map.fields[field.partner]));
        }
      }
    }
  }
}

}  // namespace
}  // namespace qmforge::sim
