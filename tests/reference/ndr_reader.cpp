#include "reference/ndr_reader.h"

#include <optional>
#include <vector>

#include "reference/integers.h"

namespace qmforge::reference {
namespace {

/// The size of a type whose size does not depend on the input. The type begins at its own alignment.
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
    end = aligned(end, member.type->alignment.with_pointers_of(syntax.word)) + *size;
  }
  return syntax.pads ? aligned(end, type.alignment.with_pointers_of(syntax.word)) : end;
}

/// Functions that return bool return false if reading ended with an error, which is in `error`.
class NdrReader {
 public:
  NdrReader(std::span<const std::byte> input, const SerializedObject& object, Heap& heap)
      : input_(input), begin_(object.begin), end_(object.end), position_(begin_), syntax_(object.syntax), heap_(heap) {}

  /// The object with all its pointees.
  [[nodiscard]] bool read_object(const Type& type, Node& object) {
    Pointers pointers;
    return read(type, object, {}, no_value, pointers) && read_pointees(pointers);
  }

  [[nodiscard]] std::uint64_t position() const { return position_; }
  [[nodiscard]] const DecodeError& error() const { return error_; }

 private:
  /// A non-NULL pointer. Its pointee follows the construction that holds the pointer (C706 14.3.12.3).
  struct Pointer {
    Node* node;
    FieldPath path;
    std::uint64_t count;  // the value of size_is, if the pointee is an array
  };
  using Pointers = std::vector<Pointer>;

  static constexpr std::uint64_t no_value = 0;

  // One function for each kind of type. `governor` is the value of switch_is or size_is.

  [[nodiscard]] bool read(const Type& type, Node& node, const FieldPath& path, std::uint64_t governor,
                          Pointers& pointers) {
    node.type = &type;
    switch (type.kind) {
      case Kind::integer: return read_integer(type.size, path, node.number);
      case Kind::bytes: return read_integers(type.size, 1, path, node);
      case Kind::structure: return read_structure(type, node, path, pointers);
      case Kind::alternatives: return read_alternatives(type, node, path, governor, pointers);
      case Kind::pointer: return read_pointer(node, path, governor, pointers);
      case Kind::array: return read_elements(*type.target, node, path, governor, pointers);
      case Kind::string: return read_string(node, path);
    }
    return false;
  }

  [[nodiscard]] bool read_structure(const Type& type, Node& node, const FieldPath& path, Pointers& pointers) {
    const Member* const conformant = conformant_member(type);
    std::uint64_t max_count = 0;
    std::uint64_t max_count_at = 0;
    if (conformant != nullptr) {  // max_count comes before the structure (C706 14.3.7.1)
      if (!read_integer(syntax_.word, below(path, conformant->step), max_count)) return false;
      max_count_at = position_ - syntax_.word;
    }
    align(alignment(type));
    if (type.indivisible && !require(1, *fixed_size(type, syntax_), path)) return false;

    node.children = heap_.make<Node>(type.members.size());
    for (std::size_t i = 0; i < type.members.size(); ++i) {
      const Member& member = type.members[i];
      const std::uint64_t governor =
          member.governor == no_governor ? no_value : node.children[member.governor].number & member.governor_mask;
      if (!read(*member.type, node.children[i], below(path, member.step), governor, pointers)) return false;
      if (conformant != nullptr && conformant->governor == i && max_count != node.children[i].number)
        return fail(ErrorCode::arrayCountMismatch, max_count_at, below(path, conformant->step));
    }
    return !syntax_.pads || read_padding(alignment(type), path);
  }

  [[nodiscard]] bool read_alternatives(const Type& type, Node& node, const FieldPath& path, std::uint64_t governor,
                                       Pointers& pointers) {
    const FieldPath discriminant = below(path, type.discriminant);
    if (syntax_.pads) align(alignment(type));
    if (!read_integer(4, discriminant, node.number)) return false;
    const std::uint64_t at = position_ - 4;
    if (node.number != governor) return fail(ErrorCode::unionTagMismatch, at, discriminant);
    const Arm* const arm = find_arm(type, node.number);
    if (arm == nullptr) return fail(ErrorCode::unionTagUnknown, at, discriminant);
    // An empty arm has no bytes. Padding belongs to what follows: the end of the structure, or the next member.
    if (arm->type == nullptr) return true;
    if (syntax_.pads) align(alignment(type));
    node.children = heap_.make<Node>(1);
    return read(*arm->type, node.children[0], below(path, arm->step), no_value, pointers);
  }

  [[nodiscard]] bool read_pointer(Node& node, const FieldPath& path, std::uint64_t count, Pointers& pointers) {
    if (!read_integer(syntax_.word, path, node.number)) return false;
    if (node.number != 0) pointers.push_back({&node, path, count});
    return true;
  }

  [[nodiscard]] bool read_elements(const Type& element, Node& node, const FieldPath& path, std::uint64_t count,
                                   Pointers& pointers) {
    node.number = count;
    align(alignment(element));
    if (element.kind == Kind::integer) return read_integers(count, element.size, path, node);
    // Checks all elements at once. An element whose size depends on the input has at least one byte.
    if (!require(count, fixed_size(element, syntax_).value_or(1), path)) return false;
    node.children = heap_.make<Node>(static_cast<std::size_t>(count));
    for (std::uint32_t i = 0; i < count; ++i)
      if (!read(element, node.children[i], path[i], no_value, pointers)) return false;
    return true;
  }

  [[nodiscard]] bool read_string(Node& node, const FieldPath& path) {
    std::uint64_t max_count = 0;
    std::uint64_t offset = 0;
    std::uint64_t actual_count = 0;
    if (!read_integer(syntax_.word, path, max_count) || !read_integer(syntax_.word, path, offset)) return false;
    if (offset != 0) return fail(ErrorCode::stringOffset, position_ - syntax_.word, path);
    if (!read_integer(syntax_.word, path, actual_count)) return false;
    const std::uint64_t actual_count_at = position_ - syntax_.word;
    if (actual_count > max_count) return fail(ErrorCode::stringLength, actual_count_at, path);
    if (actual_count == 0) return fail(ErrorCode::stringUnterminated, actual_count_at, path);
    std::uint64_t last = 0;
    if (!require(actual_count, 2, path)) return false;
    node.number = actual_count - 1;
    if (!read_integers(node.number, 2, path, node) || !read_integer(2, path, last)) return false;
    return last == 0 || fail(ErrorCode::stringUnterminated, actual_count_at, path);
  }

  /// Reads the pointees in the order of the pointers, each with its own pointees before the next (C706 14.3.12.3).
  [[nodiscard]] bool read_pointees(const Pointers& pointers) {
    for (const Pointer& pointer : pointers) {
      const Type& type = *pointer.node->type->target;
      if (type.kind == Kind::array) {
        std::uint64_t max_count = 0;
        if (!read_integer(syntax_.word, pointer.path, max_count)) return false;
        if (max_count != pointer.count)
          return fail(ErrorCode::arrayCountMismatch, position_ - syntax_.word, pointer.path);
      }
      Pointers deeper;
      pointer.node->children = heap_.make<Node>(1);
      if (!read(type, pointer.node->children[0], pointer.path, pointer.count, deeper)) return false;
      if (!read_pointees(deeper)) return false;
    }
    return true;
  }

  // Bytes.

  [[nodiscard]] std::size_t alignment(const Type& type) const { return type.alignment.with_pointers_of(syntax_.word); }

  void align(std::size_t to) { position_ = begin_ + aligned(position_ - begin_, to); }

  [[nodiscard]] std::span<const std::byte> rest() const { return input_.subspan(static_cast<std::size_t>(position_)); }

  /// One integer at its own alignment.
  [[nodiscard]] bool read_integer(std::size_t size, const FieldPath& path, std::uint64_t& integer) {
    align(size);
    if (!require(1, size, path)) return false;
    integer = to_integer(rest().first(size), syntax_.order);
    position_ += size;
    return true;
  }

  /// The next `count` integers, as the content of a node.
  [[nodiscard]] bool read_integers(std::uint64_t count, std::size_t size, const FieldPath& path, Node& node) {
    if (!require(count, size, path)) return false;
    node.content = to_host_order(heap_, rest().first(static_cast<std::size_t>(count) * size), size, syntax_.order);
    position_ += count * size;
    return true;
  }

  /// Required padding.
  [[nodiscard]] bool read_padding(std::size_t to, const FieldPath& path) {
    const std::uint64_t end = begin_ + aligned(position_ - begin_, to);
    if (!require(1, end - position_, path)) return false;
    position_ = end;
    return true;
  }

  /// Requires that `count` times `size` bytes follow.
  [[nodiscard]] bool require(std::uint64_t count, std::uint64_t size, const FieldPath& path) {
    const std::uint64_t left = position_ < end_ ? end_ - position_ : 0;
    return size == 0 || count <= left / size || fail(ErrorCode::truncated, position_, path);
  }

  [[nodiscard]] bool fail(ErrorCode code, std::uint64_t offset, const FieldPath& path) {
    error_ = {.code = code, .field = path, .offset = offset};
    return false;
  }

  std::span<const std::byte> input_;
  std::uint64_t begin_;
  std::uint64_t end_;
  std::uint64_t position_;
  TransferSyntax syntax_;
  Heap& heap_;
  DecodeError error_{};
};

std::unexpected<DecodeError> error(ErrorCode code, std::uint64_t offset, const FieldPath& path) {
  return std::unexpected(DecodeError{.code = code, .field = path, .offset = offset});
}

}  // namespace

std::expected<SerializedObject, DecodeError> read_serialization_header(std::span<const std::byte> input) {
  struct Field {
    std::size_t at;
    std::size_t size;
    Step step;
  };
  constexpr Field version = {0, 1, Step::version};
  constexpr Field endianness = {1, 1, Step::endianness};
  constexpr Field common_header_length = {2, 2, Step::commonHeaderLength};
  constexpr Field filler = {4, 4, Step::filler};
  constexpr Field object_buffer_length = {8, 4, Step::objectBufferLength};
  constexpr Field private_filler = {12, 4, Step::filler};
  constexpr std::size_t header_size = 16;

  const auto is_cut_short = [&](const Field& field) { return input.size() < field.at + field.size; };
  const auto number = [&](const Field& field, std::endian order) {
    return to_integer(input.subspan(field.at, field.size), order);
  };
  const auto wrong = [](ErrorCode code, const Field& field) { return error(code, field.at, field.step); };

  if (is_cut_short(version)) return wrong(ErrorCode::truncated, version);
  if (number(version, std::endian::little) != 1) return wrong(ErrorCode::headerVersion, version);
  if (is_cut_short(endianness)) return wrong(ErrorCode::truncated, endianness);
  const std::uint64_t announced = number(endianness, std::endian::little);
  if (announced != 0x10 && announced != 0x00) return wrong(ErrorCode::headerEndianness, endianness);
  const TransferSyntax syntax = announced == 0x10 ? ndr20_little : ndr20_big;
  if (is_cut_short(common_header_length)) return wrong(ErrorCode::truncated, common_header_length);
  // The common header is little-endian, whatever Endianness is ([MS-RPCE] 2.2.6.1).
  if (number(common_header_length, std::endian::little) != 8)
    return wrong(ErrorCode::headerLength, common_header_length);
  if (is_cut_short(filler)) return wrong(ErrorCode::truncated, filler);
  if (is_cut_short(object_buffer_length)) return wrong(ErrorCode::truncated, object_buffer_length);
  if (is_cut_short(private_filler)) return wrong(ErrorCode::truncated, private_filler);
  const std::uint64_t length = number(object_buffer_length, syntax.order);
  if (length % 8 != 0 || length > input.size() - header_size)
    return wrong(ErrorCode::objectLength, object_buffer_length);
  return SerializedObject{
      .begin = header_size, .end = header_size + static_cast<std::size_t>(length), .syntax = syntax};
}

std::expected<Node, DecodeError> read_ndr(const Type& type, std::span<const std::byte> input,
                                          const SerializedObject& object, Heap& heap) {
  NdrReader reader(input, object, heap);
  Node root;
  if (!reader.read_object(type, root)) return std::unexpected(reader.error());
  if (object.end - reader.position() >= 8) return error(ErrorCode::trailingBytes, reader.position(), {});
  if (object.end < input.size()) return error(ErrorCode::trailingBytes, object.end, {});
  return root;
}

}  // namespace qmforge::reference
