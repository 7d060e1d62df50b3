#include "reference/image_reader.h"

#include <bit>

#include "qmforge/decode.h"
#include "reference/integers.h"

namespace qmforge::reference {

std::size_t size_in_memory(const Type& type, std::size_t pointer_size) {
  return type.in_memory.with_pointers_of(pointer_size);
}

std::size_t member_offset(const Type& structure, std::size_t index, std::size_t pointer_size) {
  return aligned(end_of_members(structure.members, index, pointer_size),
                 structure.members[index].type->alignment.with_pointers_of(pointer_size));
}

std::size_t member_offset(const Type& structure, Step step, std::size_t pointer_size) {
  std::size_t index = 0;
  while (structure.members[index].step != step) ++index;
  return member_offset(structure, index, pointer_size);
}

namespace {

/// The offset of a field in the image, and its path in errors.
struct Place {
  std::uint64_t offset;
  FieldPath path;
};

/// Functions that return bool return false if reading ended with an error, which is in `error`.
class Reader {
 public:
  Reader(std::span<const std::byte> image, std::uint64_t base, std::size_t pointer_size, Heap& heap)
      : image_(image), base_(base), pointer_size_(pointer_size), heap_(heap) {}

  [[nodiscard]] bool read_object(const Type& type, Node& object) {
    return require_all(type, {0, {}}) && read(type, object, {0, {}}, {}, no_value, {});
  }

  [[nodiscard]] const DecodeError& error() const { return error_; }

 private:
  static constexpr std::uint64_t no_value = 0;

  /// Checks, in layout order, that every member lies inside the image.
  [[nodiscard]] bool require_all(const Type& type, const Place& at) {
    if (at.offset + size(type) <= image_.size()) return true;
    if (type.kind == Kind::structure && !type.indivisible) {
      for (std::size_t i = 0; i < type.members.size(); ++i)
        if (!require_all(*type.members[i].type, member_place(type, i, at))) return false;
      return true;
    }
    if (const Type* const only = only_structure(type)) return require_all(*only, at);
    return fail(ErrorCode::truncated, at);
  }

  /// The arm of a union, if it is the only one that is not empty, and is a structure: the union has its layout.
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

  // One function for each kind of type, all depth first. The type, except a conformant array at its end, is known to
  // lie inside the image. `pointer`: the pointer to this pointee, which is wrong if the pointee is not inside the
  // image. `governor`: the value of switch_is or size_is; `governor_place`: its offset.

  [[nodiscard]] bool read(const Type& type, Node& node, const Place& at, const Place& pointer, std::uint64_t governor,
                          const Place& governor_place) {
    node.type = &type;
    switch (type.kind) {
      case Kind::integer: node.number = integer(at.offset, type.size); return true;
      case Kind::bytes: node.content = host(at.offset, type.size, 1); return true;
      case Kind::structure: return read_structure(type, node, at, pointer);
      case Kind::alternatives: return read_alternatives(type, node, at, pointer, governor, governor_place);
      case Kind::pointer: return read_pointer(type, node, at, governor);
      case Kind::array: return read_elements(*type.target, node, at, pointer, governor);
      case Kind::string: return read_string(node, at, pointer);
    }
    return false;
  }

  [[nodiscard]] bool read_structure(const Type& type, Node& node, const Place& at, const Place& pointer) {
    node.children = heap_.make<Node>(type.members.size());
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      const Member& member = type.members[i];
      const bool governed = member.governor != no_governor;
      const std::uint64_t governor = governed ? node.children[member.governor].number & member.governor_mask : no_value;
      const Place governor_place = governed ? member_place(type, member.governor, at) : Place{};
      if (!read(*member.type, node.children[i], member_place(type, i, at), pointer, governor, governor_place))
        return false;
    }
    return true;
  }

  [[nodiscard]] bool read_alternatives(const Type& type, Node& node, const Place& at, const Place& pointer,
                                       std::uint64_t governor, const Place& governor_place) {
    node.number = governor;
    const Arm* const arm = find_arm(type, governor);
    if (arm == nullptr) return fail(ErrorCode::unionTagUnknown, governor_place);
    if (arm->type == nullptr) return true;
    node.children = heap_.make<Node>(1);
    return read(*arm->type, node.children[0], {at.offset, below(at.path, arm->step)}, pointer, no_value, {});
  }

  [[nodiscard]] bool read_pointer(const Type& type, Node& node, const Place& at, std::uint64_t count) {
    node.number = integer(at.offset, pointer_size_);
    if (node.number == 0) return true;
    if (node.number < base_ || node.number - base_ >= image_.size()) return fail(ErrorCode::badAddress, at);
    const Place pointee = {node.number - base_, at.path};
    if (!require(pointee.offset, 1, size(*type.target), at)) return false;
    node.children = heap_.make<Node>(1);
    return read(*type.target, node.children[0], pointee, at, count, {});
  }

  [[nodiscard]] bool read_elements(const Type& element, Node& node, const Place& at, const Place& pointer,
                                   std::uint64_t count) {
    const std::size_t element_size = size(element);
    if (!require(at.offset, count, element_size, pointer)) return false;
    node.number = count;
    if (element.kind == Kind::integer) {
      node.content = host(at.offset, count * element_size, element_size);
      return true;
    }
    node.children = heap_.make<Node>(static_cast<std::size_t>(count));
    for (std::uint32_t i = 0; i < count; ++i) {
      const Place place = {at.offset + i * element_size, at.path[i]};
      if (!read(element, node.children[i], place, pointer, no_value, {})) return false;
    }
    return true;
  }

  [[nodiscard]] bool read_string(Node& node, const Place& at, const Place& pointer) {
    std::uint64_t end = at.offset;
    while (true) {
      if (image_.size() - end < 2) return fail(ErrorCode::stringUnterminated, pointer);
      if (integer(end, 2) == 0) break;
      end += 2;
    }
    node.number = (end - at.offset) / 2;
    node.content = host(at.offset, end - at.offset, 2);
    return true;
  }

  // Bytes.

  [[nodiscard]] std::size_t size(const Type& type) const { return size_in_memory(type, pointer_size_); }

  /// `count` times `size` bytes at `offset`, which is inside the image or its end, must be inside the image.
  [[nodiscard]] bool require(std::uint64_t offset, std::uint64_t count, std::size_t size, const Place& pointer) {
    return size == 0 || count <= (image_.size() - offset) / size || fail(ErrorCode::badAddress, pointer);
  }

  [[nodiscard]] std::uint64_t integer(std::uint64_t offset, std::size_t size) const {
    return to_integer(image_.subspan(static_cast<std::size_t>(offset), size), std::endian::little);
  }

  std::span<std::byte> host(std::uint64_t offset, std::uint64_t size, std::size_t element_size) {
    return to_host_order(heap_, image_.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size)),
                         element_size, std::endian::little);
  }

  [[nodiscard]] bool fail(ErrorCode code, const Place& place) {
    error_ = {.code = code, .field = place.path, .offset = place.offset};
    return false;
  }

  std::span<const std::byte> image_;
  std::uint64_t base_;
  std::size_t pointer_size_;
  Heap& heap_;
  DecodeError error_{};
};

}  // namespace

std::expected<Node, DecodeError> read_image(const Type& type, std::span<const std::byte> image, std::uint64_t base,
                                            std::size_t pointer_size, Heap& heap) {
  Reader reader(image, base, pointer_size, heap);
  Node root;
  if (!reader.read_object(type, root)) return std::unexpected(reader.error());
  return root;
}

}  // namespace qmforge::reference
