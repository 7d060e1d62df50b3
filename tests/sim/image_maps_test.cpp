// Compares the field map of a memory image with what the reference decoder reads by its tables: each wire field has the
// offset that the C compiler gives it, the path that errors use, and the kind that its type and role require.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "qmforge/sim/encode.h"
#include "reference/image_reader.h"
#include "reference/node.h"
#include "reference/qm_failure_types.h"
#include "sim/forms.h"
#include "sim/known_events.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;
using reference::Kind;
using reference::Node;
using reference::Type;

/// Builds the map of what the reference decoder read, depth first: the pointee follows its pointer.
class ExpectedMap {
 public:
  ExpectedMap(std::uint64_t base, std::size_t pointer_size) : base_(base), pointer_size_(pointer_size) {}

  std::vector<WireField> of(const Node& object) {
    end_ = reference::size_in_memory(*object.type, pointer_size_);
    read(object, 0, {}, FieldKind::integer, WireField::none);
    return std::move(data_);
  }

  /// Whether each pointee follows the one before it, aligned, with nothing else between them.
  bool in_order() const { return in_order_; }
  /// Where the last of them ends.
  std::uint64_t end() const { return end_; }

 private:
  std::uint32_t next() const { return static_cast<std::uint32_t>(data_.size()); }

  void add(FieldKind kind, const FieldPath& path, std::uint64_t at, std::uint64_t size, std::uint64_t unit = 1,
           std::uint32_t partner = WireField::none) {
    data_.push_back({kind, path, at, size, static_cast<std::uint32_t>(unit), partner, WireField::none});
  }

  /// `integer_kind`: what the wire field is if it is an integer; `size_is`: the wire field that counts the elements of
  /// an array.
  void read(const Node& node, std::uint64_t at, const FieldPath& path, FieldKind integer_kind, std::uint32_t size_is) {
    const Type& type = *node.type;
    switch (type.kind) {
      case Kind::integer: add(integer_kind, path, at, type.size); return;
      case Kind::bytes: add(FieldKind::bytes, path, at, type.size); return;
      case Kind::string: add(FieldKind::units, path, at, 2 * (node.number + 1), 2); return;
      case Kind::structure: read_structure(node, at, path); return;
      case Kind::alternatives: read_alternatives(node, at, path); return;
      case Kind::array: read_array(node, at, path, size_is); return;
      case Kind::pointer: {
        const std::uint32_t pointer = next();
        add(FieldKind::pointer, path, at, pointer_size_);
        if (node.children.empty()) return;
        place(node.children[0], node.number - base_);
        read(node.children[0], node.number - base_, path, FieldKind::integer, size_is);
        data_[pointer].partner = pointer + 1;
        data_[pointer].partner_end = next();
      }
    }
  }

  /// An empty pointee has an address, too, and so takes one byte.
  void place(const Node& pointee, std::uint64_t at) {
    const std::uint64_t alignment = pointee.type->alignment.with_pointers_of(pointer_size_);
    in_order_ &= at == (end_ + alignment - 1) / alignment * alignment;
    end_ = at + std::max<std::uint64_t>(1, size(pointee));
  }

  std::uint64_t size(const Node& node) const {
    const Type& type = *node.type;
    if (type.kind == Kind::string) return 2 * (node.number + 1);
    if (type.kind == Kind::array) return node.number * reference::size_in_memory(*type.target, pointer_size_);
    const bool conformant = reference::conformant_member(type) != nullptr;
    return reference::size_in_memory(type, pointer_size_) + (conformant ? size(node.children.back()) : 0);
  }

  void read_structure(const Node& node, std::uint64_t at, const FieldPath& path) {
    const Type& type = *node.type;
    if (type.indivisible) {
      add(FieldKind::guid, path, at, reference::size_in_memory(type, pointer_size_));
      return;
    }
    std::vector<std::uint32_t> indices;
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      const reference::Member& member = type.members[i];
      indices.push_back(next());
      read(node.children[i], at + reference::member_offset(type, i, pointer_size_), reference::below(path, member.step),
           kind_of_integer(type, i),
           member.governor == reference::no_governor ? WireField::none : indices[member.governor]);
    }
  }

  /// A member's role: what else in the structure depends on it.
  static FieldKind kind_of_integer(const Type& structure, std::size_t index) {
    using enum Step;
    const Step step = structure.members[index].step;
    for (const reference::Member& member : structure.members) {
      if (member.governor != index) continue;
      if (member.type->kind != Kind::alternatives) return FieldKind::sizeIs;
      return step == saTrafficType ? FieldKind::trafficType : FieldKind::type;
    }
    const bool enumeration = step == failurePoint || step == keyingModuleType || step == qmState || step == saRole;
    return enumeration ? FieldKind::enumeration : FieldKind::integer;
  }

  /// The bytes of a union have a wire field of their own, whichever arm is there. A subnet's is the arm of TUNNEL
  /// alone.
  void read_alternatives(const Node& node, std::uint64_t at, const FieldPath& path) {
    const Type& type = *node.type;
    const Type* const tunnel = type.discriminant == Step::none ? type.arms.back().type : nullptr;
    if (tunnel == nullptr) {
      add(FieldKind::slot, path, at, pointer_size_);
    } else if (node.children.empty()) {
      for (std::size_t i = 0; i < tunnel->members.size(); ++i)
        add(FieldKind::slot, reference::below(path, tunnel->members[i].step),
            at + reference::member_offset(*tunnel, i, pointer_size_),
            reference::size_in_memory(*tunnel->members[i].type, pointer_size_));
    }
    if (node.children.empty()) return;
    read(node.children[0], at, reference::below(path, reference::find_arm(type, node.number)->step), FieldKind::integer,
         WireField::none);
  }

  void read_array(const Node& node, std::uint64_t at, const FieldPath& path, std::uint32_t size_is) {
    const std::uint64_t stride = reference::size_in_memory(*node.type->target, pointer_size_);
    add(FieldKind::elements, path, at, node.number * stride, stride, size_is);
    std::uint32_t index = 0;
    for (const Node& element : node.children) {
      read(element, at + index * stride, path[index], FieldKind::integer, WireField::none);
      ++index;
    }
  }

  std::uint64_t base_;
  std::size_t pointer_size_;
  std::vector<WireField> data_;
  std::uint64_t end_ = 0;
  bool in_order_ = true;
};

bool is_same(const WireField& a, const WireField& b) {
  return a.kind == b.kind && a.path == b.path && a.offset == b.offset && a.size == b.size && a.unit == b.unit &&
         a.partner == b.partner && a.partner_end == b.partner_end;
}

std::string described(const WireField& field) {
  std::string text = std::string(to_string(field.kind)) + " " + field.path.to_string();
  for (const std::uint64_t number : {field.offset, field.size, std::uint64_t{field.unit}, std::uint64_t{field.partner},
                                     std::uint64_t{field.partner_end}})
    text += " " + std::to_string(number);
  return text;
}

void expect_reference_map(const Event& event, const EncodeOptions& form) {
  std::vector<std::byte> bytes;
  FieldMap map;
  ASSERT_TRUE(encode(event, form, bytes, &map));
  const std::size_t pointer_size = form.format == Format::native64 ? 8 : 4;
  const Type& type = event.revision == Revision::r0 ? reference::qm_failure0 : reference::qm_failure1;
  EXPECT_EQ(map.body_begin, 0U);
  EXPECT_EQ(map.object_end, reference::size_in_memory(type, pointer_size));

  reference::Heap heap;
  const auto object = reference::read_image(type, bytes, form.image_base, pointer_size, heap);
  ASSERT_TRUE(object);
  ExpectedMap drawn_up(form.image_base, pointer_size);
  const std::vector<WireField> expected = drawn_up.of(*object);
  for (std::size_t i = 0; i < std::min(expected.size(), map.fields.size()); ++i)
    ASSERT_TRUE(is_same(map.fields[i], expected[i])) << described(map.fields[i]) << ", not " << described(expected[i]);
  EXPECT_EQ(map.fields.size(), expected.size());
  if (form.placement == Placement{}) {
    EXPECT_TRUE(drawn_up.in_order()) << c_name(event.localSubNet.type) << ", " << c_name(event.remoteSubNet.type);
    EXPECT_EQ(bytes.size(), drawn_up.end());
  }
}

class ImageMaps : public ::testing::TestWithParam<EncodeOptions> {};

TEST_P(ImageMaps, EqualTheLayoutOfTheTypes) {
  std::pmr::monotonic_buffer_resource storage;
  Event event = transport_event();
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    event.revision = revision;
    event.saTrafficType = TrafficType::transport;
    expect_reference_map(event, GetParam());
    event.saTrafficType = TrafficType::tunnel;
    for (const ConditionValue& subnet : every_subnet(Subnet::local, storage)) {
      event.localSubNet = subnet;
      event.remoteSubNet = test::v6({0xfe, 0x80}, 10);
      expect_reference_map(event, GetParam());
      std::swap(event.localSubNet, event.remoteSubNet);
      expect_reference_map(event, GetParam());
      if (HasFatalFailure()) return;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(In, ImageMaps,
                         ::testing::Values(EncodeOptions{.format = Format::native64},
                                           EncodeOptions{.format = Format::native32},
                                           EncodeOptions{.format = Format::native64, .placement = {.seed = 1}},
                                           EncodeOptions{.format = Format::native32, .placement = {.seed = 2}}),
                         form_name);

/// The addresses of the two subnets' pointees, which are the same.
std::pair<std::uint64_t, std::uint64_t> shared_addresses(const ConditionValue& subnet, Format format) {
  std::vector<std::byte> bytes;
  FieldMap map;
  EXPECT_TRUE(encode(tunnel_event(subnet, subnet), {.format = format, .placement = {.share = true}}, bytes, &map));
  std::vector<std::uint64_t> addresses;
  for (const WireField& field : map.fields) {
    if (field.kind != FieldKind::pointer) continue;
    std::uint64_t address = 0;
    for (std::uint64_t i = field.size; i-- > 0;)
      address = address << 8 | std::to_integer<std::uint64_t>(bytes[field.offset + i]);
    addresses.push_back(address);
  }
  // The last pointer of each half: a blob's structure holds a pointer, so its bytes alone are shared.
  return {addresses[addresses.size() / 2 - 1], addresses.back()};
}

TEST(ImagesThatShare, HoldEqualPointeesOfEachTypeOnce) {
  std::pmr::monotonic_buffer_resource storage;
  std::set<DataType> shared;
  const std::array<std::byte, 1> byte{std::byte{7}};
  std::vector<ConditionValue> subnets = every_subnet(Subnet::local, storage);
  subnets.emplace_back(DataType::byteBlob).arm.byteBlob = {1, byte.data()};
  for (const ConditionValue& subnet : subnets) {
    if (subnet.is_null || !is_pointer_type(subnet.type)) continue;
    if (subnet.type == DataType::range || subnet.type == DataType::tokenInformation) continue;
    const bool blob = subnet.type == DataType::byteBlob || subnet.type == DataType::securityDescriptor ||
                      subnet.type == DataType::tokenAccessInformation;
    if (blob && (subnet.arm.byteBlob.data == nullptr || subnet.arm.byteBlob.size == 0)) continue;
    for (const Format format : {Format::native64, Format::native32}) {
      const auto [local, remote] = shared_addresses(subnet, format);
      EXPECT_EQ(local, remote) << c_name(subnet.type);
    }
    shared.insert(subnet.type);
  }
  EXPECT_EQ(shared.size(), 13U);
}

TEST(ImagesThatShare, CanHoldAnyNumberOfDifferentPointees) {
  std::array<std::array<std::uint32_t, 1>, 20> numbers{};
  std::vector<SidAndAttributes> sids;
  for (std::uint32_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = {i};
    sids.push_back({Sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(numbers[i])}, i});
  }
  ConditionValue subnet(DataType::tokenInformation);
  const SidAndAttributesView view{std::span<const SidAndAttributes>(sids)};
  subnet.arm.tokenInformation = {20, 20, view, view};
  const Event event = tunnel_event(subnet, subnet);
  std::vector<std::byte> bytes;
  for (const Format format : {Format::native64, Format::native32}) {
    const EncodeOptions form{.format = format, .placement = {.share = true}};
    ASSERT_TRUE(encode(event, form, bytes));
    const auto decoded = decode(bytes, decode_options(form, event.revision));
    ASSERT_TRUE(decoded);
    EXPECT_TRUE(*decoded == event);
  }
}

}  // namespace
}  // namespace qmforge::sim
