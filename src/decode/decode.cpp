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
using detail::Outcome;

/// The padding that may follow an object: up to one byte less than the largest alignment.
constexpr std::size_t max_padding = 7;

using detail::Bounds;
using Input = std::span<const std::byte>;
using Little = detail::Ndr20<std::endian::little>;
using Big = detail::Ndr20<std::endian::big>;

/// Where an NDR object stands in an input: `size` bytes from `offset` on.
struct Place {
  std::size_t offset;
  std::size_t size;
};

/// Reads the object, and judges what follows it.
template <class Syntax, Bounds bounds>
QMFORGE_HOT void read_object(detail::NdrReader<Syntax> reader, Input input, Place place, Revision revision,
                             Outcome& outcome) noexcept {
  if (!detail::NdrEventReader<Syntax>::template read<bounds>(reader, *outcome, revision)) [[unlikely]]
    return;
  if (reader.remaining() > max_padding) [[unlikely]]
    fail(outcome, ErrorCode::trailingBytes, {}, place.offset + reader.position());
  else if (input.size() - place.offset != place.size) [[unlikely]]
    fail(outcome, ErrorCode::trailingBytes, {}, place.offset + place.size);
}

/// Out of line, so that what is rare costs what is common nothing.
template <class Syntax>
[[gnu::noinline]] void read_checked(Input input, Place place, Revision revision, Outcome& outcome) noexcept {
  const detail::NdrReader<Syntax> reader(input.data() + place.offset, place.size, place.offset, outcome);
  read_object<Syntax, Bounds::checked>(reader, input, place, revision, outcome);
}

template <class Syntax>
QMFORGE_HOT void read_ndr(Input input, Place place, Revision revision, Outcome& outcome) noexcept {
  const detail::NdrReader<Syntax> reader(input.data() + place.offset, place.size, place.offset, outcome);
  if (detail::NdrEventReader<Syntax>::is_plain(reader, revision)) [[likely]]
    read_object<Syntax, Bounds::ensured>(reader, input, place, revision, outcome);
  else
    read_checked<Syntax>(input, place, revision, outcome);
}

/// A bare body: the object begins at once.
template <class Syntax>
[[gnu::noinline]] Outcome read_body(Input input, const DecodeOptions& options) noexcept {
  Outcome outcome(std::in_place);
  read_ndr<Syntax>(input, {0, input.size()}, options.revision, outcome);
  return outcome;
}

/// A serialized object whose header is known to be in the byte order of `Syntax`: then a body of ObjectBufferLength
/// bytes, then nothing.
template <class Syntax>
QMFORGE_HOT Outcome read_serialized(Input input, const DecodeOptions& options) noexcept {
  Outcome outcome(std::in_place);
  std::uint32_t length = 0;
  if (detail::Ndr20Header::read_length<Syntax::order>(input, length, outcome)) [[likely]]
    read_ndr<Syntax>(input, {detail::Ndr20Header::size, length}, options.revision, outcome);
  return outcome;
}
[[gnu::noinline]] Outcome read_big_endian(Input input, const DecodeOptions& options) noexcept {
  return read_serialized<Big>(input, options);
}
[[gnu::noinline]] Outcome reject_header(Input input) noexcept {
  Outcome outcome(std::in_place);
  detail::Ndr20Header::reject(input, outcome);
  return outcome;
}

template <class Address>
[[gnu::noinline]] Outcome read_image(Input input, const DecodeOptions& options) noexcept {
  Outcome outcome(std::in_place);
  const detail::NativeReader<Address> reader(input.data(), input.size(), options.imageBase, outcome);
  reader.event(*outcome, options.revision);
  return outcome;
}

/// Every format but ndr20, out of line.
[[gnu::noinline]] Outcome read_other(Input input, const DecodeOptions& options) noexcept {
  switch (options.format) {
    case Format::ndr20: break;
    case Format::ndr20Body: return read_body<Little>(input, options);
    case Format::ndr64: return read_body<detail::Ndr64>(input, options);
    case Format::native64: return read_image<std::uint64_t>(input, options);
    case Format::native32: return read_image<std::uint32_t>(input, options);
  }
  std::unreachable();  // Format has no other members
}

}  // namespace

std::expected<Event, DecodeError> decode(std::span<const std::byte> input, const DecodeOptions& options) noexcept {
  if (options.format != Format::ndr20) return read_other(input, options);
  switch (detail::Ndr20Header::common(input)) {
    [[likely]] case detail::Ndr20Header::little:
      return read_serialized<Little>(input, options);
    case detail::Ndr20Header::big: return read_big_endian(input, options);
    default: return reject_header(input);
  }
}

}  // namespace qmforge
