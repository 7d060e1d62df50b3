// The 26 vectors that other engines wrote: the events in them, and the result for each prefix, in revision 0, in
// revision 1 and in the other byte order.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/testing/events.h"
#include "qmforge/validate.h"
#include "reference/reference_decoder.h"
#include "support/agreement.h"
#include "support/labelled_bytes.h"
#include "vectors/fields.h"

namespace qmforge::testing {
namespace {

using Bytes = std::vector<std::byte>;

constexpr std::size_t header_size = 16;

/// FWP_CONDITION_VALUE0 of a type, its arm set by `set`.
template <class Set>
ConditionValue value_of(DataType type, Set set) {
  ConditionValue value(type);
  std::construct_at(&value.arm);
  set(value);
  return value;
}

ConditionValue uint32_range(std::uint32_t low, std::uint32_t high) {
  return value_of(DataType::range, [&](auto& value) {
    Range range{Value(DataType::uint32), Value(DataType::uint32)};
    range.valueLow.arm.uint32 = low;
    range.valueHigh.arm.uint32 = high;
    std::construct_at(&value.rangeValue, range);
  });
}

const ConditionValue fwp_empty{DataType::empty};

Sid administrators() {  // S-1-5-32-544
  static constexpr std::uint32_t sub_authorities[] = {32, 544};
  Sid sid{.revision = 1, .identifierAuthority = {0, 0, 0, 0, 0, 5}, .subAuthority = {}};
  sid.subAuthority = IntegerView<std::uint32_t>(sub_authorities);
  return sid;
}

ConditionValue token() {
  static const SidAndAttributes sids[] = {{.sid = administrators(), .attributes = 7},
                                          {.sid = std::nullopt, .attributes = 0x10}};
  static const SidAndAttributes restricted[] = {{.sid = administrators(), .attributes = 7}};
  return value_of(DataType::tokenInformation, [](auto& value) {
    std::construct_at(
        &value.arm.tokenInformation,
        TokenInformation{.sidCount = 2,
                         .restrictedSidCount = 1,
                         .sids = SidAndAttributesView(std::span<const SidAndAttributes>(sids)),
                         .restrictedSids = SidAndAttributesView(std::span<const SidAndAttributes>(restricted))});
  });
}

ConditionValue blob5() {
  static constexpr std::byte data[] = {std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}, std::byte{5}};
  return value_of(DataType::byteBlob,
                  [](auto& value) { std::construct_at(&value.arm.byteBlob, ByteBlob{sizeof data, data}); });
}

constexpr char16_t text[] = {'1', '0', '.', '0', '.', '0', '.', '0', '/', '8'};

ConditionValue prefix_string() {
  return value_of(DataType::unicodeString,
                  [](auto& value) { std::construct_at(&value.arm.unicodeString, std::span<const char16_t>(text)); });
}

ConditionValue sid() {
  return value_of(DataType::sid, [](auto& value) { std::construct_at(&value.arm.sid, administrators()); });
}

struct Expected {
  ConditionValue local = fwp_empty;
  ConditionValue remote = fwp_empty;
  std::vector<Finding> findings = {};
};

Finding subnet_type(Step subnet) { return {Rule::subnetType, FieldPath(subnet) / Step::type}; }

/// A tunnel whose subnets both have an invalid type: the given one, and FWP_EMPTY.
Expected not_a_subnet(const ConditionValue& local) {
  return {local, fwp_empty, {subnet_type(Step::localSubNet), subnet_type(Step::remoteSubNet)}};
}

Expected expected_of(const std::string& shape) {
  const ConditionValue ten = test::v4("10.0.0.0/8");
  if (shape == "transport") return {};
  if (shape == "tunnel_v4") return {test::v4("192.168.1.0/24"), ten};
  if (shape == "tunnel_v6") return {test::v6("2001:db8:1::/48"), test::v6("2001:db8:2::/64")};
  if (shape == "tunnel_v6_v4")
    return {test::v6("2001:db8:1::/48"), ten, {{Rule::subnetFamilyMismatch, Step::remoteSubNet}}};
  if (shape == "tunnel_empty_empty") return not_a_subnet(fwp_empty);
  if (shape == "tunnel_v4null_v4")
    return {ConditionValue(DataType::v4AddrMask, true),
            ten,
            {{Rule::subnetNull, FieldPath(Step::localSubNet) / Step::v4AddrMask}}};
  if (shape == "tunnel_u8") return not_a_subnet(value_of(DataType::uint8, [](auto& value) { value.arm.uint8 = 0x7f; }));
  if (shape == "tunnel_u64")
    return not_a_subnet(value_of(DataType::uint64, [](auto& value) { value.arm.uint64 = 0x1122334455667788; }));
  if (shape == "tunnel_blob5") return not_a_subnet(blob5());
  if (shape == "tunnel_sid") return not_a_subnet(sid());
  if (shape == "tunnel_token") return not_a_subnet(token());
  if (shape == "tunnel_str") return not_a_subnet(prefix_string());
  if (shape == "tunnel_range_u32") return not_a_subnet(uint32_range(1, 99));
  throw std::invalid_argument("no such shape: " + shape);
}

Event expected_event(const std::string& shape) {
  return shape == "transport" ? test::make_transport_event()
                              : test::make_tunnel_event(expected_of(shape).local, expected_of(shape).remote);
}

/// A body, its wire fields, and the event that it holds.
struct Body {
  std::string label;
  Format format;  // ndr20Body or ndr64
  Revision revision;
  Bytes bytes;
  std::vector<WireField> fields;
  Event event;

  [[nodiscard]] std::size_t object_size() const { return fields.back().offset + fields.back().size; }
};

Body body_of(const KnownVector& vector) {
  const bool has_header = vector.format == Format::ndr20;
  Body body{.label = vector.label,
            .format = has_header ? Format::ndr20Body : vector.format,
            .revision = Revision::r0,
            .bytes = vector.bytes,
            .fields = {},
            .event = expected_event(vector.shape)};
  if (has_header) body.bytes.erase(body.bytes.begin(), body.bytes.begin() + header_size);
  body.fields = fields_of(vector.shape, body.format);
  return body;
}

constexpr std::size_t guid_unit = 16;  // a GUID is the one wire field with integers of several sizes

/// Revision 1 adds 24 bytes to the structure, which does not change the alignment of what follows.
Body as_revision_1(Body body) {
  const Bytes added = from_hex("f0debc9a78563412  78563412 bc9a f0de 0102030405060708");
  const auto filter_id = std::find_if(body.fields.begin(), body.fields.end(),
                                      [](const WireField& field) { return field.path == "qmFilterId"; });
  const std::size_t end = filter_id->offset + filter_id->size;
  for (auto field = filter_id + 1; field != body.fields.end(); ++field) field->offset += added.size();
  body.fields.insert(filter_id + 1, {{end, 8, 8, "mmSaLuid"}, {end + 8, guid_unit, guid_unit, "mmProviderContextKey"}});
  body.bytes.insert(body.bytes.begin() + static_cast<std::ptrdiff_t>(end), added.begin(), added.end());
  body.label += "-r1";
  body.revision = Revision::r1;
  body.event.revision = Revision::r1;
  body.event.mmSaLuid = 0x123456789abcdef0;
  body.event.mmProviderContextKey = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
  return body;
}

Bytes big_endian(const Body& body) {
  Bytes swapped = body.bytes;
  const auto swap = [&](std::size_t at, std::size_t size) {
    const auto first = swapped.begin() + static_cast<std::ptrdiff_t>(at);
    std::reverse(first, first + static_cast<std::ptrdiff_t>(size));
  };
  for (const WireField& field : body.fields) {
    if (field.unit == guid_unit) {
      swap(field.offset, 4);
      swap(field.offset + 4, 2);
      swap(field.offset + 6, 2);
    } else {
      for (std::size_t at = 0; at < field.size; at += field.unit) swap(field.offset + at, field.unit);
    }
  }
  return swapped;
}

/// A body with a header of type serialization version 1 whose ObjectBufferLength is `length`.
Bytes with_header(const Bytes& body, std::uint32_t length, bool is_big_endian) {
  Bytes bytes = from_hex(is_big_endian ? "01000800cccccccc" : "01100800cccccccc");
  for (unsigned i = 0; i < 4; ++i)
    bytes.push_back(static_cast<std::byte>(length >> 8 * (is_big_endian ? 3 - i : i) & 0xff));
  bytes.resize(header_size);
  bytes.insert(bytes.end(), body.begin(), body.end());
  return bytes;
}

Bytes with_header(const Bytes& body, bool is_big_endian) {
  return with_header(body, static_cast<std::uint32_t>(body.size()), is_big_endian);
}

void expect_event(std::span<const std::byte> input, const DecodeOptions& options, const Event& expected) {
  EXPECT_EQ(disagreement(input, options), std::nullopt);
  const auto decoded = decode(input, options);
  const reference::Decoded reference(input, options);
  ASSERT_TRUE(decoded.has_value()) << describe(decoded);
  ASSERT_TRUE(reference.result().has_value()) << describe(reference.result());
  EXPECT_TRUE(*decoded == expected);
  EXPECT_TRUE(*reference.result() == expected);
}

void expect_error(std::span<const std::byte> input, const DecodeOptions& options, ErrorCode code, std::uint64_t offset,
                  const std::string& path) {
  const std::string expected = std::string(to_string(code)) + " at " + std::to_string(offset) + ", '" + path + "'";
  EXPECT_EQ(describe(decode(input, options)), expected) << "of the first " << input.size() << " bytes";
  EXPECT_EQ(describe(reference::Decoded(input, options).result()), expected)
      << "of the first " << input.size() << " bytes";
}

/// The first wire field that does not lie inside the first `size` bytes of a body.
const WireField& first_cut(const Body& body, std::size_t size) {
  return *std::find_if(body.fields.begin(), body.fields.end(),
                       [size](const WireField& field) { return field.offset + field.size > size; });
}

void expect_truncated_prefixes(const Body& body) {
  for (std::size_t size = 0; size < body.object_size(); ++size) {
    const WireField& cut = first_cut(body, size);
    expect_error(std::span<const std::byte>(body.bytes).first(size), {.format = body.format, .revision = body.revision},
                 ErrorCode::truncated, cut.offset, cut.path);
  }
}

class KnownVectors : public ::testing::TestWithParam<KnownVector> {
 protected:
  const KnownVector& vector = GetParam();
  const Body body = body_of(vector);
  const Body revision_1 = as_revision_1(body);
};

TEST_P(KnownVectors, DecodeToTheDocumentedEvents) {
  expect_event(vector.bytes, {.format = vector.format}, expected_event(vector.shape));
  expect_event(body.bytes, {.format = body.format}, expected_event(vector.shape));
}

TEST_P(KnownVectors, HaveTheDocumentedFindings) {
  const auto decoded = decode(vector.bytes, {.format = vector.format});
  ASSERT_TRUE(decoded.has_value());
  const Findings findings = validate(*decoded);
  const std::vector<Finding> expected = expected_of(vector.shape).findings;
  EXPECT_TRUE(std::equal(findings.begin(), findings.end(), expected.begin(), expected.end())) << describe(decoded);
  const bool is_subnet_shape = vector.shape == "transport" || vector.shape == "tunnel_v4" ||
                               vector.shape == "tunnel_v6" || vector.shape == "tunnel_v6_v4";
  EXPECT_EQ(findings.has_error(), !is_subnet_shape);
}

TEST_P(KnownVectors, ProperPrefixesAreMalformed) {
  for (std::size_t size = 0; size < vector.bytes.size(); ++size) {
    const auto prefix = std::span<const std::byte>(vector.bytes).first(size);
    EXPECT_EQ(disagreement(prefix, {.format = vector.format}), std::nullopt);
    EXPECT_FALSE(decode(prefix, {.format = vector.format}).has_value()) << size << " bytes";
  }
}

TEST_P(KnownVectors, EveryPrefixOfTheObjectIsTruncatedAtTheFieldThatItCuts) { expect_truncated_prefixes(body); }

TEST_P(KnownVectors, AsRevision1HaveTwoMoreMembers) {
  expect_event(revision_1.bytes, {.format = revision_1.format, .revision = Revision::r1}, revision_1.event);
  expect_truncated_prefixes(revision_1);
}

TEST_P(KnownVectors, UpToSevenBytesAfterABareBodyAreIgnored) {
  Bytes bytes(body.bytes.begin(), body.bytes.begin() + static_cast<std::ptrdiff_t>(body.object_size()));
  for (std::size_t padding = 0; padding < 8; ++padding) {
    expect_event(bytes, {.format = body.format}, body.event);
    bytes.push_back(std::byte{0xff});
  }
  expect_error(bytes, {.format = body.format}, ErrorCode::trailingBytes, body.object_size(), "");
}

TEST_P(KnownVectors, InBigEndianOrderDecodeToTheSameEvents) {
  if (body.format != Format::ndr20Body) return;  // NDR64 is little-endian
  expect_event(with_header(big_endian(body), true), {}, body.event);
  expect_event(with_header(big_endian(revision_1), true), {.revision = Revision::r1}, revision_1.event);
}

TEST_P(KnownVectors, EveryPrefixWithAHeaderIsTruncatedOrHasAWrongLength) {
  if (vector.format != Format::ndr20) return;
  struct Field {
    std::size_t offset;
    std::size_t size;
    std::string path;
  };
  const Field fields[] = {{0, 1, "Version"}, {1, 1, "Endianness"},         {2, 2, "CommonHeaderLength"},
                          {4, 4, "Filler"},  {8, 4, "ObjectBufferLength"}, {12, 4, "Filler"}};
  for (const Field& field : fields)
    for (std::size_t size = field.offset; size < field.offset + field.size; ++size)
      expect_error(std::span<const std::byte>(vector.bytes).first(size), {}, ErrorCode::truncated, field.offset,
                   field.path);
  for (std::size_t size = header_size; size < vector.bytes.size(); ++size)
    expect_error(std::span<const std::byte>(vector.bytes).first(size), {}, ErrorCode::objectLength, 8,
                 "ObjectBufferLength");
}

TEST_P(KnownVectors, ObjectBufferLengthBoundsTheObject) {
  if (vector.format != Format::ndr20) return;
  for (std::uint32_t length = 0; length < body.object_size();
       length += 8) {  // the rest of the object follows, but is outside
    const WireField& cut = first_cut(body, length);
    expect_error(with_header(body.bytes, length, false), {}, ErrorCode::truncated, header_size + cut.offset, cut.path);
    expect_error(with_header(big_endian(body), length, true), {}, ErrorCode::truncated, header_size + cut.offset,
                 cut.path);
  }
  Bytes longer = vector.bytes;
  longer.push_back(std::byte{0});
  expect_error(longer, {}, ErrorCode::trailingBytes, vector.bytes.size(), "");

  Bytes padded = body.bytes;
  padded.resize(padded.size() + 8);
  expect_error(with_header(padded, false), {}, ErrorCode::trailingBytes, header_size + body.object_size(), "");
}

INSTANTIATE_TEST_SUITE_P(All, KnownVectors, ::testing::ValuesIn(known_vectors()), [](const auto& param) {
  std::string name = param.param.label;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// The sizes of bodies in docs/format.md 2.3 and 2.4.
TEST(Sizes, AreTheDocumentedOnes) {
  std::map<std::string, Body> bodies;
  for (const KnownVector& vector : known_vectors()) bodies.emplace(vector.label, body_of(vector));
  const auto size = [&](const char* label) { return bodies.at(label).object_size(); };
  EXPECT_EQ(size("ndr20-transport"), 40u);
  EXPECT_EQ(size("ndr20-tunnel_v4"), 80u);
  EXPECT_EQ(size("ndr20-tunnel_v6"), 98u);
  EXPECT_EQ(as_revision_1(bodies.at("ndr20-tunnel_v4")).object_size(), 104u);
  EXPECT_EQ(size("ndr64-transport"), 48u);
  EXPECT_EQ(size("ndr64-tunnel_v4"), 112u);
  EXPECT_EQ(as_revision_1(bodies.at("ndr64-tunnel_v4")).object_size(), 136u);
}

}  // namespace
}  // namespace qmforge::testing
