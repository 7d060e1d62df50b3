#include "reference/image_reader.h"

#include <algorithm>
#include <bit>

#include "qmforge/decode.h"
#include "reference/integers.h"

namespace qmforge::reference {

Layout layout(const Type& type, std::size_t pointer_size) {
  switch (type.kind) {
    case Kind::integer: return {type.size, type.size};
    case Kind::bytes: return {type.size, 1};
    case Kind::pointer: return {pointer_size, pointer_size};
    case Kind::array: return {0, layout(*type.target, pointer_size).alignment};
    case Kind::string: return {0, 2};
    case Kind::structure:
    case Kind::alternatives: break;
  }
  Layout whole{0, 1};
  for (const Member& member : type.members) {  // one after the other
    const Layout part = layout(*member.type, pointer_size);
    whole.size = aligned(whole.size, part.alignment) + part.size;
    whole.alignment = std::max(whole.alignment, part.alignment);
  }
  for (const Arm& arm : type.arms) {  // all in the same place
    if (arm.type == nullptr) continue;
    const Layout part = layout(*arm.type, pointer_size);
    whole.size = std::max(whole.size, part.size);
    whole.alignment = std::max(whole.alignment, part.alignment);
  }
  whole.size = aligned(whole.size, whole.alignment);
  return whole;
}

std::size_t member_offset(const Type& structure, std::size_t index, std::size_t pointer_size) {
  std::size_t offset = 0;
  for (std::size_t i = 0;; ++i) {
    const Layout part = layout(*structure.members[i].type, pointer_size);
    offset = aligned(offset, part.alignment);
    if (i == index) return offset;
    offset += part.size;
  }
}

std::size_t member_offset(const Type& structure, Step step, std::size_t pointer_size) {
  std::size_t index = 0;
  while (structure.members[index].step != step) ++index;
  return member_offset(structure, index, pointer_size);
}

namespace {

[[noreturn]] void fail(ErrorCode code, std::uint64_t offset, const FieldPath& path) {
  throw DecodeError{.code = code, .field = path, .offset = offset};
}

/// A datum's place in the image, and the name by which errors know it.
struct Place {
  std::uint64_t offset;
  FieldPath path;
};

class Reader {
 public:
  Reader(std::span<const std::byte> image, std::uint64_t base, std::size_t pointer_size, Heap& heap)
      : image_(image), base_(base), pointer_size_(pointer_size), heap_(heap) {}

  Node read_object(const Type& type) {
    require_all(type, {0, {}});
    Node object;
    read(type, object, {0, {}}, {}, no_value, {});
    return object;
  }

 private:
  static constexpr std::uint64_t no_value = 0;

  /// Every member, in layout order, has to lie inside the image.
  void require_all(const Type& type, const Place& at) const {
    if (type.kind == Kind::structure && !type.indivisible) {
      for (std::size_t i = 0; i < type.members.size(); ++i)
        require_all(*type.members[i].type, member_place(type, i, at));
      return;
    }
    if (const Type* const only = only_structure(type)) return require_all(*only, at);
    if (at.offset + layout(type, pointer_size_).size > image_.size()) fail(ErrorCode::truncated, at.offset, at.path);
  }

  /// A union's arm, if it is the only one that is not empty and a structure: the union is laid out as that.
  static const Type* only_structure(const Type& type) {
    const Type* found = nullptr;
    for (const Arm& arm : type.arms) {
      if (arm.type == nullptr) continue;
      if (found != nullptr || arm.type->kind != Kind::structure) return nullptr;
      found = arm.type;
    }
    return found;
  }

  [[nodiscard]] Place member_place(const Type& structure, std::size_t index, const Place& at) const {
    return {at.offset + member_offset(structure, index, pointer_size_), below(at.path, structure.members[index].step)};
  }

  // One function for each kind of type, all depth first. All of the type but a conformant array at its end is known to
  // lie inside the image. `pointer`: the pointer that led here, and so is wrong if what is here leads outside.
  // `governor`: the value of switch_is or size_is, `governor_place`: where that stands.

  void read(const Type& type, Node& node, const Place& at, const Place& pointer, std::uint64_t governor,
            const Place& governor_place) {
    node.type = &type;
    switch (type.kind) {
      case Kind::integer: node.number = integer(at.offset, type.size); break;
      case Kind::bytes: node.content = host(at.offset, type.size, 1); break;
      case Kind::structure: read_structure(type, node, at, pointer); break;
      case Kind::alternatives: read_alternatives(type, node, at, pointer, governor, governor_place); break;
      case Kind::pointer: read_pointer(type, node, at, governor); break;
      case Kind::array: read_elements(*type.target, node, at, pointer, governor); break;
      case Kind::string: read_string(node, at, pointer); break;
    }
  }

  void read_structure(const Type& type, Node& node, const Place& at, const Place& pointer) {
    node.children = heap_.make<Node>(type.members.size());
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      const Member& member = type.members[i];
      const bool governed = member.governor != no_governor;
      const std::uint64_t governor = governed ? node.children[member.governor].number & member.governor_mask : no_value;
      const Place governor_place = governed ? member_place(type, member.governor, at) : Place{};
      read(*member.type, node.children[i], member_place(type, i, at), pointer, governor, governor_place);
    }
  }

  void read_alternatives(const Type& type, Node& node, const Place& at, const Place& pointer, std::uint64_t governor,
                         const Place& governor_place) {
    node.number = governor;
    const Arm* const arm = find_arm(type, governor);
    if (arm == nullptr) fail(ErrorCode::unionTagUnknown, governor_place.offset, governor_place.path);
    if (arm->type == nullptr) return;
    node.children = heap_.make<Node>(1);
    read(*arm->type, node.children[0], {at.offset, below(at.path, arm->step)}, pointer, no_value, {});
  }

  void read_pointer(const Type& type, Node& node, const Place& at, std::uint64_t count) {
    node.number = integer(at.offset, pointer_size_);
    if (node.number == 0) return;
    if (node.number < base_ || node.number - base_ >= image_.size()) fail(ErrorCode::badAddress, at.offset, at.path);
    const Place pointee = {node.number - base_, at.path};
    require(pointee.offset, 1, layout(*type.target, pointer_size_).size, at);
    node.children = heap_.make<Node>(1);
    read(*type.target, node.children[0], pointee, at, count, {});
  }

  void read_elements(const Type& element, Node& node, const Place& at, const Place& pointer, std::uint64_t count) {
    const std::size_t size = layout(element, pointer_size_).size;
    require(at.offset, count, size, pointer);
    node.number = count;
    if (element.kind == Kind::integer) {
      node.content = host(at.offset, count * size, size);
      return;
    }
    node.children = heap_.make<Node>(count);
    for (std::uint32_t i = 0; i < count; ++i)
      read(element, node.children[i], {at.offset + i * size, at.path[i]}, pointer, no_value, {});
  }

  void read_string(Node& node, const Place& at, const Place& pointer) {
    std::uint64_t units = 0;
    while (true) {
      const std::uint64_t offset = at.offset + 2 * units;
      if (image_.size() - offset < 2) fail(ErrorCode::stringUnterminated, pointer.offset, pointer.path);
      if (integer(offset, 2) == 0) break;
      ++units;
    }
    node.number = units;
    node.content = host(at.offset, 2 * units, 2);
  }

  // Bytes.

  /// `count` times `size` bytes at `offset`, which is inside the image or its end, must be inside the image.
  void require(std::uint64_t offset, std::uint64_t count, std::size_t size, const Place& pointer) const {
    if (size != 0 && count > (image_.size() - offset) / size) fail(ErrorCode::badAddress, pointer.offset, pointer.path);
  }

  [[nodiscard]] std::uint64_t integer(std::uint64_t offset, std::size_t size) const {
    return to_integer(image_.subspan(offset, size), std::endian::little);
  }

  std::span<std::byte> host(std::uint64_t offset, std::uint64_t size, std::size_t element_size) {
    return to_host_order(heap_, image_.subspan(offset, size), element_size, std::endian::little);
  }

  std::span<const std::byte> image_;
  std::uint64_t base_;
  std::size_t pointer_size_;
  Heap& heap_;
};

}  // namespace

Node read_image(const Type& type, std::span<const std::byte> image, std::uint64_t base, std::size_t pointer_size,
                Heap& heap) {
  return Reader(image, base, pointer_size, heap).read_object(type);
}

}  // namespace qmforge::reference
