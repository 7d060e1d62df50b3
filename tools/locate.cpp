#include "locate.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "qmforge/sim/datum.h"
#include "qmforge/sim/encode.h"

namespace qmforge::tools {
namespace {

using sim::Datum;
using sim::DatumKind;
using sim::DatumMap;

// The datum that holds a field's value.
const Datum* find(const DatumMap& map, const FieldPath& field) {
  const bool is_subnet = field == FieldPath(Step::localSubNet) || field == FieldPath(Step::remoteSubNet);
  const FieldPath wanted = is_subnet ? field / Step::type : field;
  const auto found = std::ranges::find_if(map.data, [&wanted](const Datum& datum) {
    return datum.field == wanted && datum.kind != DatumKind::innerTag && datum.kind != DatumKind::alignment &&
           datum.kind != DatumKind::structPadding && datum.kind != DatumKind::slot;
  });
  return found == map.data.end() ? nullptr : &*found;
}

std::uint64_t read_little_endian(std::span<const std::byte> bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  return number;
}

// Where a datum of the encoder's image is in another image of the same event. The structure at the start is the same; a
// pointee is where the other image's pointer says.
std::uint64_t in_image(const Datum& datum, const DatumMap& map, std::span<const std::byte> image, std::uint64_t base) {
  if (datum.offset < map.object_end) return datum.offset;
  const auto index = static_cast<std::uint32_t>(&datum - map.data.data());
  const auto pointer = std::ranges::find_if(map.data, [index](const Datum& candidate) {
    return candidate.kind == DatumKind::pointer && candidate.partner != Datum::none && candidate.partner <= index &&
           index < candidate.partner_end;
  });
  const std::uint64_t address = read_little_endian(image.subspan(pointer->offset, pointer->size));
  return address - base + (datum.offset - map.data[pointer->partner].offset);
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
    // What there is of the datum, and one byte that is missing. Where ObjectBufferLength ends the object before the
    // input ends, nothing is missing but the right to read on.
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
  DatumMap map;
  if (!sim::encode(event, {.format = options.format, .image_base = options.image_base}, bytes, &map))
    return std::nullopt;
  const Datum* const datum = find(map, field);
  if (datum == nullptr) return std::nullopt;
  const bool is_image = options.format == Format::native64 || options.format == Format::native32;
  const std::uint64_t begin = is_image ? in_image(*datum, map, input, options.image_base) : datum->offset;
  return ByteRange{.begin = begin, .end = begin + datum->size};
}

ByteRange locate(const DecodeError& error, std::span<const std::byte> input, const DecodeOptions& options) {
  return {.begin = error.offset, .end = error.offset + size_of_error(error, options.format, input.size())};
}

}  // namespace qmforge::tools
