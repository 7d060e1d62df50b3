#include "locate.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "qmforge/sim/encode.h"
#include "qmforge/sim/field_map.h"

namespace qmforge::tools {
namespace {

using sim::FieldKind;
using sim::FieldMap;
using sim::WireField;

// The wire field that holds a field's value.
const WireField* find(const FieldMap& map, const FieldPath& field) {
  const bool is_subnet = field == FieldPath(Step::localSubNet) || field == FieldPath(Step::remoteSubNet);
  const FieldPath wanted = is_subnet ? field / Step::type : field;
  const auto found = std::ranges::find_if(map.fields, [&wanted](const WireField& wire_field) {
    return wire_field.path == wanted && wire_field.kind != FieldKind::innerTag &&
           wire_field.kind != FieldKind::alignment && wire_field.kind != FieldKind::structPadding &&
           wire_field.kind != FieldKind::slot;
  });
  return found == map.fields.end() ? nullptr : &*found;
}

std::uint64_t read_little_endian(std::span<const std::byte> bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  return number;
}

// Where a wire field of the encoder's image is in another image of the same event. The structure at the start is the
// same; a pointee is where the other image's pointer says.
std::uint64_t in_image(const WireField& wire_field, const FieldMap& map, std::span<const std::byte> image,
                       std::uint64_t base) {
  if (wire_field.offset < map.object_end) return wire_field.offset;
  const auto index = static_cast<std::uint32_t>(&wire_field - map.fields.data());
  const auto pointer = std::ranges::find_if(map.fields, [index](const WireField& candidate) {
    return candidate.kind == FieldKind::pointer && candidate.partner != WireField::none && candidate.partner <= index &&
           index < candidate.partner_end;
  });
  const std::uint64_t address = read_little_endian(
      image.subspan(static_cast<std::size_t>(pointer->offset), static_cast<std::size_t>(pointer->size)));
  return address - base + (wire_field.offset - map.fields[pointer->partner].offset);
}

std::uint64_t size_of_error(const DecodeError& error, Format format, std::uint64_t input_size) {
  const std::uint64_t word = format == Format::ndr64 || format == Format::native64 ? 8 : 4;
  switch (error.code) {
    case ErrorCode::headerVersion:
    case ErrorCode::headerEndianness: return 1;
    case ErrorCode::headerLength: return 2;
    case ErrorCode::objectLength:
    case ErrorCode::unionTagMismatch:
    case ErrorCode::unionTagUnknown: return 4;
    case ErrorCode::arrayCountMismatch:
    case ErrorCode::stringOffset:
    case ErrorCode::stringLength:
    case ErrorCode::stringUnterminated:
    case ErrorCode::badAddress: return word;
    case ErrorCode::trailingBytes: return input_size - error.offset;
    // The bytes of the wire field that the input has, and one missing byte. None is missing if ObjectBufferLength ends
    // the object before the input ends.
    case ErrorCode::truncated: return error.offset < input_size ? std::min(input_size - error.offset + 1, word) : 1;
  }
  return 1;
}

}  // namespace

std::optional<ByteRange> locate(const FieldPath& field, const Event& event, std::span<const std::byte> input,
                                const DecodeOptions& options) {
  // NDR's layout follows from the event alone, so the encoder's map is this input's map, whatever referent ids, fillers
  // and byte order it has.
  std::vector<std::byte> bytes;
  FieldMap map;
  if (!sim::encode(event, {.format = options.format, .image_base = options.image_base}, bytes, &map))
    return std::nullopt;
  const WireField* const wire_field = find(map, field);
  if (wire_field == nullptr) return std::nullopt;
  const bool is_image = options.format == Format::native64 || options.format == Format::native32;
  const std::uint64_t begin = is_image ? in_image(*wire_field, map, input, options.image_base) : wire_field->offset;
  return ByteRange{.begin = begin, .end = begin + wire_field->size};
}

ByteRange locate(const DecodeError& error, std::span<const std::byte> input, const DecodeOptions& options) {
  return {.begin = error.offset, .end = error.offset + size_of_error(error, options.format, input.size())};
}

}  // namespace qmforge::tools
