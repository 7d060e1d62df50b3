#include "reference/ndr_reader.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <vector>

#include "reference/integers.h"

namespace qmforge::reference {

std::size_t alignment(const Type& type, const TransferSyntax& syntax) {
  std::size_t largest = 1;
  switch (type.kind) {
    case Kind::integer: return type.size;
    case Kind::bytes: return 1;
    case Kind::pointer: return syntax.word;
    case Kind::string: return 2;
    case Kind::array: return alignment(*type.target, syntax);
    case Kind::structure:
      for (const Member& member : type.members) largest = std::max(largest, alignment(*member.type, syntax));
      return largest;
    case Kind::alternatives:
      largest = 4;  // the discriminant
      for (const Arm& arm : type.arms)
        if (arm.type != nullptr) largest = std::max(largest, alignment(*arm.type, syntax));
      return largest;
  }
  return largest;
}

namespace {

/// The size of a type whose size does not depend on what is read; the type stands at its own alignment.
std::optional<std::size_t> fixed_size(const Type& type, const TransferSyntax& syntax) {
  switch (type.kind) {
    case Kind::integer:
    case Kind::bytes: return type.size;
    case Kind::pointer: return syntax.word;
    case Kind::structure: break;
    case Kind::alternatives:
    case Kind::array:
    case Kind::string: return std::nullopt;
  }
  std::uint64_t end = 0;
  for (const Member& member : type.members) {
    const auto size = fixed_size(*member.type, syntax);
    if (!size) return std::nullopt;
    end = aligned(end, alignment(*member.type, syntax)) + *size;
  }
  return syntax.pads ? aligned(end, alignment(type, syntax)) : end;
}

[[noreturn]] void fail(ErrorCode code, std::uint64_t offset, const FieldPath& path) {
  throw DecodeError{.code = code, .field = path, .offset = offset};
}

class Reader {
 public:
  Reader(std::span<const std::byte> input, const SerializedObject& object, Heap& heap)
      : input_(input), begin_(object.begin), end_(object.end), position_(begin_), syntax_(object.syntax), heap_(heap) {}

  /// The object with all that it points to.
  Node read_object(const Type& type) {
    Node object;
    Pointers pointers;
    read(type, object, {}, no_value, pointers);
    read_pointees(pointers);
    return object;
  }

  [[nodiscard]] std::uint64_t position() const { return position_; }

 private:
  /// A pointer that is not NULL. What it points to comes after the construction that it stands in (C706 14.3.12.3).
  struct Pointer {
    Node* node;
    FieldPath path;
    std::uint64_t count;  // what size_is says, if the pointee is an array
  };
  using Pointers = std::vector<Pointer>;

  static constexpr std::uint64_t no_value = 0;

  // One function for each kind of type. `governor` is the value of switch_is or size_is.

  void read(const Type& type, Node& node, const FieldPath& path, std::uint64_t governor, Pointers& pointers) {
    node.type = &type;
    switch (type.kind) {
      case Kind::integer: node.number = integer(type.size, path); break;
      case Kind::bytes: node.content = to_host_order(heap_, take(type.size, path), 1, syntax_.order); break;
      case Kind::structure: read_structure(type, node, path, pointers); break;
      case Kind::alternatives: read_alternatives(type, node, path, governor, pointers); break;
      case Kind::pointer:
        node.number = integer(syntax_.word, path);
        if (node.number != 0) pointers.push_back({&node, path, governor});
        break;
      case Kind::array: read_elements(*type.target, node, path, governor, pointers); break;
      case Kind::string: read_string(node, path); break;
    }
  }

  void read_structure(const Type& type, Node& node, const FieldPath& path, Pointers& pointers) {
    const Member* const conformant = conformant_member(type);
    std::uint64_t max_count = 0;
    std::uint64_t max_count_at = 0;
    if (conformant != nullptr) {  // max_count comes before the structure (C706 14.3.7.1)
      max_count = integer(syntax_.word, below(path, conformant->step));
      max_count_at = position_ - syntax_.word;
    }
    align(alignment(type, syntax_));
    if (type.indivisible) require(1, *fixed_size(type, syntax_), path);

    node.children = heap_.make<Node>(type.members.size());
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      const Member& member = type.members[i];
      const std::uint64_t governor =
          member.governor == no_governor ? no_value : node.children[member.governor].number & member.governor_mask;
      read(*member.type, node.children[i], below(path, member.step), governor, pointers);
      if (conformant != nullptr && conformant->governor == i && max_count != node.children[i].number)
        fail(ErrorCode::arrayCountMismatch, max_count_at, below(path, conformant->step));
    }
    if (syntax_.pads) padding(alignment(type, syntax_), path);
  }

  void read_alternatives(const Type& type, Node& node, const FieldPath& path, std::uint64_t governor,
                         Pointers& pointers) {
    const std::size_t whole = alignment(type, syntax_);
    if (syntax_.pads) align(whole);
    const FieldPath discriminant = below(path, type.discriminant);
    node.number = integer(4, discriminant);
    const std::uint64_t at = position_ - 4;
    if (node.number != governor) fail(ErrorCode::unionTagMismatch, at, discriminant);
    const Arm* const arm = find_arm(type, node.number);
    if (arm == nullptr) fail(ErrorCode::unionTagUnknown, at, discriminant);
    if (arm->type == nullptr) {
      if (syntax_.pads) padding(whole, path);
      return;
    }
    if (syntax_.pads) align(whole);
    node.children = heap_.make<Node>(1);
    read(*arm->type, node.children[0], below(path, arm->step), no_value, pointers);
  }

  void read_elements(const Type& element, Node& node, const FieldPath& path, std::uint64_t count, Pointers& pointers) {
    align(alignment(element, syntax_));
    const auto size = fixed_size(element, syntax_);
    require(count, size.value_or(1), path);  // an element whose size is not known beforehand is no less than a byte
    node.number = count;
    if (element.kind == Kind::integer) {
      node.content = to_host_order(heap_, take(count * element.size, path), element.size, syntax_.order);
      return;
    }
    node.children = heap_.make<Node>(count);
    for (std::uint32_t i = 0; i < count; ++i) read(element, node.children[i], path[i], no_value, pointers);
  }

  void read_string(Node& node, const FieldPath& path) {
    const std::uint64_t max_count = integer(syntax_.word, path);
    const std::uint64_t offset = integer(syntax_.word, path);
    if (offset != 0) fail(ErrorCode::stringOffset, position_ - syntax_.word, path);
    const std::uint64_t actual_count = integer(syntax_.word, path);
    const std::uint64_t actual_count_at = position_ - syntax_.word;
    if (actual_count > max_count) fail(ErrorCode::stringLength, actual_count_at, path);
    if (actual_count == 0) fail(ErrorCode::stringUnterminated, actual_count_at, path);
    require(actual_count, 2, path);
    const auto units = take(actual_count * 2, path);
    if (to_integer(units.last(2), syntax_.order) != 0) fail(ErrorCode::stringUnterminated, actual_count_at, path);
    node.number = actual_count - 1;
    node.content = to_host_order(heap_, units.first(units.size() - 2), 2, syntax_.order);
  }

  /// Each pointee in the order of the pointers, and what it points to before the next (C706 14.3.12.3).
  void read_pointees(const Pointers& pointers) {
    for (const Pointer& pointer : pointers) {
      const Type& type = *pointer.node->type->target;
      Pointers deeper;
      if (type.kind == Kind::array) {
        const std::uint64_t max_count = integer(syntax_.word, pointer.path);
        if (max_count != pointer.count) fail(ErrorCode::arrayCountMismatch, position_ - syntax_.word, pointer.path);
      }
      pointer.node->children = heap_.make<Node>(1);
      read(type, pointer.node->children[0], pointer.path, pointer.count, deeper);
      read_pointees(deeper);
    }
  }

  // Bytes.

  void align(std::size_t to) { position_ = begin_ + aligned(position_ - begin_, to); }

  /// Padding that must be there.
  void padding(std::size_t to, const FieldPath& path) {
    const std::uint64_t end = begin_ + aligned(position_ - begin_, to);
    take(end - position_, path);
  }

  /// From here on there must be `count` times `size` bytes.
  void require(std::uint64_t count, std::size_t size, const FieldPath& path) const {
    const std::uint64_t left = position_ < end_ ? end_ - position_ : 0;
    if (count > left / size) fail(ErrorCode::truncated, position_, path);
  }

  std::span<const std::byte> take(std::uint64_t size, const FieldPath& path) {
    if (size == 0) return {};  // also where alignment has left the position past the end
    require(size, 1, path);
    const auto taken = input_.subspan(position_, size);
    position_ += size;
    return taken;
  }

  std::uint64_t integer(std::size_t size, const FieldPath& path) {
    align(size);
    return to_integer(take(size, path), syntax_.order);
  }

  std::span<const std::byte> input_;
  std::uint64_t begin_;
  std::uint64_t end_;
  std::uint64_t position_;
  TransferSyntax syntax_;
  Heap& heap_;
};

}  // namespace

SerializedObject read_serialization_header(std::span<const std::byte> input) {
  std::size_t position = 0;
  const auto field = [&](std::size_t size, Step step, std::endian order) {
    if (input.size() - position < size) fail(ErrorCode::truncated, position, step);
    const std::uint64_t read = to_integer(input.subspan(position, size), order);
    position += size;
    return read;
  };
  // The common header is little-endian whatever Endianness says ([MS-RPCE] 2.2.6.1).
  const auto common = std::endian::little;
  if (field(1, Step::version, common) != 1) fail(ErrorCode::headerVersion, 0, Step::version);
  const std::uint64_t endianness = field(1, Step::endianness, common);
  if (endianness != 0x10 && endianness != 0x00) fail(ErrorCode::headerEndianness, 1, Step::endianness);
  if (field(2, Step::commonHeaderLength, common) != 8) fail(ErrorCode::headerLength, 2, Step::commonHeaderLength);
  field(4, Step::filler, common);

  const TransferSyntax syntax = endianness == 0x10 ? ndr20_little : ndr20_big;
  const std::uint64_t length = field(4, Step::objectBufferLength, syntax.order);
  field(4, Step::filler, syntax.order);
  if (length % 8 != 0 || length > input.size() - position) fail(ErrorCode::objectLength, 8, Step::objectBufferLength);
  return {.begin = position, .end = position + static_cast<std::size_t>(length), .syntax = syntax};
}

Node read_ndr(const Type& type, std::span<const std::byte> input, const SerializedObject& object, Heap& heap) {
  Reader reader(input, object, heap);
  const Node root = reader.read_object(type);
  if (object.end - reader.position() >= 8) fail(ErrorCode::trailingBytes, reader.position(), {});
  if (object.end < input.size()) fail(ErrorCode::trailingBytes, object.end, {});
  return root;
}

}  // namespace qmforge::reference
