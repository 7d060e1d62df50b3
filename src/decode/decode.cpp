// decode(): which reader reads which format, and what may follow the object.
#include "qmforge/decode.h"

#include <utility>

#include "native_reader.h"
#include "ndr20_header.h"
#include "ndr_event.h"
#include "ndr_reader.h"
#include "transfer_syntax.h"

namespace qmforge {

namespace {

using detail::fail;

/// The padding that may follow an object: up to one byte less than the largest alignment.
constexpr std::size_t max_padding = 7;

/// An event in the `size` bytes at `origin`, which stands `origin_offset` bytes into the input.
template <class Syntax>
[[gnu::always_inline]] inline bool read_body(const std::byte* origin, std::size_t size, std::size_t origin_offset,
                                             Revision revision, Event& event, DecodeError& error) noexcept {
  detail::NdrReader<Syntax> reader(origin, size, origin_offset, error);
  if (!detail::NdrEventReader<Syntax>::read(reader, event, revision)) [[unlikely]]
    return false;
  if (reader.remaining() > max_padding) [[unlikely]]
    return fail(error, ErrorCode::trailingBytes, {}, origin_offset + reader.position());
  return true;
}

using Little = detail::Ndr20<std::endian::little>;
using Big = detail::Ndr20<std::endian::big>;

/// A serialized object: header, then a body of ObjectBufferLength bytes, then nothing.
bool read_ndr20(std::span<const std::byte> input, Revision revision, Event& event, DecodeError& error) noexcept {
  constexpr std::size_t body = detail::Ndr20Header::size;
  detail::Ndr20Header header;
  if (!header.read(input, error)) [[unlikely]]
    return false;
  const std::byte* const origin = input.data() + body;
  const bool whole = header.order == std::endian::little
                         ? read_body<Little>(origin, header.object_length, body, revision, event, error)
                         : read_body<Big>(origin, header.object_length, body, revision, event, error);
  if (!whole) [[unlikely]]
    return false;
  if (input.size() - body != header.object_length) [[unlikely]]
    return fail(error, ErrorCode::trailingBytes, {}, body + header.object_length);
  return true;
}

bool read(std::span<const std::byte> input, const DecodeOptions& options, Event& event, DecodeError& error) noexcept {
  const std::byte* const data = input.data();
  const std::size_t size = input.size();
  switch (options.format) {
    case Format::ndr20: return read_ndr20(input, options.revision, event, error);
    case Format::ndr20Body: return read_body<Little>(data, size, 0, options.revision, event, error);
    case Format::ndr64: return read_body<detail::Ndr64>(data, size, 0, options.revision, event, error);
    case Format::native64:
      return detail::NativeReader<std::uint64_t>(data, size, options.imageBase, error).event(event, options.revision);
    case Format::native32:
      return detail::NativeReader<std::uint32_t>(data, size, options.imageBase, error).event(event, options.revision);
  }
  std::unreachable();  // Format has no other members
}

}  // namespace

std::expected<Event, DecodeError> decode(std::span<const std::byte> input, const DecodeOptions& options) noexcept {
  std::expected<Event, DecodeError> result(std::in_place);
  DecodeError error;
  if (!read(input, options, *result, error)) [[unlikely]]
    result = std::unexpected(error);
  return result;
}

}  // namespace qmforge
