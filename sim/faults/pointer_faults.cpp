// Faults of NDR pointers: a non-NULL pointer without a pointee, and a pointee whose pointer is NULL.
#include "fault_impl.h"

namespace qmforge::sim {
namespace {

/// The first wire field of a pointee.
struct Beginning {
  std::uint64_t alignment;
  std::uint64_t size;
  FieldPath field;
};

Beginning beginning(const FieldPath& pointer, std::uint64_t word) {
  switch (pointer.step(pointer.depth() - 1)) {
    case Step::uint64:
    case Step::int64:
    case Step::double64: return {8, 8, pointer};
    case Step::byteArray16: return {1, 16, pointer};
    case Step::byteArray6: return {1, 6, pointer};
    case Step::bitmapArray64: return {1, 8, pointer};
    case Step::byteBlob:
    case Step::sd:
    case Step::tokenAccessInformation: return {word, 4, pointer / Step::size};
    case Step::tokenInformation: return {word, 4, pointer / Step::sidCount};
    case Step::v4AddrMask: return {4, 4, pointer / Step::addr};
    case Step::v6AddrMask: return {1, 16, pointer / Step::addr};
    case Step::rangeValue: return {word, 4, pointer / Step::valueLow / Step::type};
    case Step::sid: return {word, word, pointer / Step::subAuthority};
    default: return {word, word, pointer};  // max_count of a string or an array
  }
}

/// The innermost pointer whose pointee holds a wire field; nullopt if there is none.
std::optional<std::uint32_t> above(const EncodedMessage& message, std::uint32_t index) {
  std::optional<std::uint32_t> innermost;
  for_each_field(message, FieldKind::pointer, [&](std::uint32_t i, const WireField& pointer) {
    if (pointer.partner != WireField::none && pointer.partner <= index && index < pointer.partner_end) innermost = i;
  });
  return innermost;
}

/// One past the last wire field of the object.
std::uint32_t object_end_index(const EncodedMessage& message) {
  const std::vector<WireField>& fields = message.map.fields;
  auto end = static_cast<std::uint32_t>(fields.size());
  while (fields[end - 1].kind == FieldKind::bodyPadding) --end;
  return end;
}

/// Whether the pointee of a NULL pointer would be at the object's end: the enclosing pointee ends there, and no pointer
/// after it in the same pointee has a pointee.
bool pointee_would_end_object(const EncodedMessage& message, std::uint32_t pointer) {
  const std::vector<WireField>& fields = message.map.fields;
  const std::optional<std::uint32_t> around = above(message, pointer);
  if (around && fields[*around].partner_end != object_end_index(message)) return false;
  for (std::uint32_t i = pointer + 1; i < fields.size(); ++i)
    if (fields[i].kind == FieldKind::pointer && fields[i].partner != WireField::none && above(message, i) == around)
      return false;
  return true;
}

Mutation without_pointee(const EncodedMessage& message, const Site& site) {
  const WireField& pointer = message.map.fields[site.field];
  const Beginning first = beginning(pointer.path, word_size(message.options.format));
  const std::uint64_t end = message.map.object_end - message.map.body_begin;
  const std::uint64_t at = message.map.body_begin + (end + first.alignment - 1) / first.alignment * first.alignment;
  Mutation mutation{{overwrite(message, pointer, site.value)}, {}, {}};
  if (at + first.size > message.bytes.size())
    mutation.expected = ExpectedError{{ErrorCode::truncated, first.field, at}, at_end(message)};
  return mutation;
}

Mutation with_pointee_left(const EncodedMessage& message, const Site& site) {
  const std::vector<WireField>& fields = message.map.fields;
  const WireField& pointer = fields[site.field];
  Mutation mutation{{overwrite(message, pointer, 0)}, {}, {}};
  std::uint64_t end = 0;
  for (std::uint32_t i = 0; i < pointer.partner; ++i)
    if (is_required(fields[i].kind)) end = fields[i].end();
  if (message.bytes.size() - end >= 8)
    mutation.expected = ExpectedError{{ErrorCode::trailingBytes, {}, end}, at_end(message)};
  return mutation;
}

}  // namespace

const FaultImpl pointee_missing = {
    Pairing::never,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::pointer, [&](std::uint32_t i, const WireField& pointer) {
        if (pointer.partner != WireField::none || !pointee_would_end_object(message, i)) return;
        if (!without_pointee(message, {i, 1}).expected) return;  // a decoder would read the object's padding instead
        sites.add_numbers(i, {1, 0x00020000, 0x80000000, 0xffffffff});
        if (pointer.size == 8) sites.add_numbers(i, {1ULL << 32, 1ULL << 63});
      });
    },
    without_pointee};

const FaultImpl pointee_left_over = {
    Pairing::never,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::pointer, [&](std::uint32_t i, const WireField& pointer) {
        if (pointer.partner != WireField::none && pointer.partner_end == object_end_index(message) &&
            with_pointee_left(message, {i, 0}).expected)
          sites.add(i, 0);
      });
    },
    with_pointee_left};

}  // namespace qmforge::sim
