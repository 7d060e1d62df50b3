#include "reference/reference_decoder.h"

#include "reference/event_from_tree.h"
#include "reference/image_reader.h"
#include "reference/ndr_reader.h"
#include "reference/qm_failure_types.h"

namespace qmforge::reference {
namespace {

std::expected<Node, DecodeError> read_ndr20(const Type& type, std::span<const std::byte> input, Heap& heap) {
  const auto object = read_serialization_header(input);
  if (!object) return std::unexpected(object.error());
  return read_ndr(type, input, *object, heap);
}

std::expected<Node, DecodeError> read(const Type& type, std::span<const std::byte> input, const DecodeOptions& options,
                                      Heap& heap) {
  const std::size_t size = input.size();
  switch (options.format) {
    case Format::ndr20: return read_ndr20(type, input, heap);
    case Format::ndr20Body: return read_ndr(type, input, {.begin = 0, .end = size, .syntax = ndr20_little}, heap);
    case Format::ndr64: return read_ndr(type, input, {.begin = 0, .end = size, .syntax = ndr64_little}, heap);
    case Format::native64: return read_image(type, input, options.image_base, 8, heap);
    case Format::native32: return read_image(type, input, options.image_base, 4, heap);
  }
  return {};
}

std::expected<Event, DecodeError> decode(std::span<const std::byte> input, const DecodeOptions& options, Heap& heap) {
  const Type& type = options.revision == Revision::r0 ? qm_failure0 : qm_failure1;
  const auto root = read(type, input, options, heap);
  if (!root) return std::unexpected(root.error());
  return event_from_tree(*root, options.revision, heap);
}

}  // namespace

Decoded::Decoded(std::span<const std::byte> input, const DecodeOptions& options)
    : result_(decode(input, options, heap_)) {}

}  // namespace qmforge::reference
