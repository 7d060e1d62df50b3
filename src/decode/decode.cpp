// decode(): which reader reads which format, and what may follow the object.
#include "qmforge/decode.h"

#include "frame.h"
#include "native_reader.h"
#include "ndr20_header.h"
#include "ndr_event.h"
#include "ndr_plain.h"
#include "ndr_reader.h"
#include "transfer_syntax.h"

namespace qmforge {

namespace {

using detail::Bare;
using detail::Outcome;
using detail::Serialized;

using Input = std::span<const std::byte>;
using Little = detail::Ndr20<std::endian::little>;

/// Whether the input is plain, and read.
template <class Frame>
QMFORGE_HOT bool read_plain(Outcome& outcome, Input input, Revision revision) noexcept {
  if (revision == Revision::r0) [[likely]]
    return detail::PlainReader<Frame, Revision::r0>::read(outcome, input);
  return detail::PlainReader<Frame, Revision::r1>::read(outcome, input);
}

template <class Frame>
QMFORGE_HOT void read_other(Outcome& outcome, Input input, Revision revision) noexcept {
  if (revision == Revision::r0)
    detail::PlainReader<Frame, Revision::r0>::read_other(outcome, input);
  else
    detail::PlainReader<Frame, Revision::r1>::read_other(outcome, input);
}

// The readers of the formats, out of line: what one needs costs no other.

template <class Frame>
[[gnu::noinline]] void read_framed(Outcome& outcome, Input input, Revision revision) noexcept {
  if (!read_plain<Frame>(outcome, input, revision)) read_other<Frame>(outcome, input, revision);
}

/// Serialized, but not plain and little-endian.
[[gnu::noinline]] void read_ndr20(Outcome& outcome, Input input, Revision revision) noexcept {
  using Header = detail::Ndr20Header;
  const std::uint32_t common = Header::common(input);
  if (common == Header::little) [[likely]]
    read_other<Serialized<std::endian::little>>(outcome, input, revision);
  else if (common == Header::big)
    read_framed<Serialized<std::endian::big>>(outcome, input, revision);
  else
    Header::reject(input, outcome);
}

template <class Address>
[[gnu::noinline]] void read_image(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  const detail::NativeReader<Address> reader(input.data(), input.size(), options.image_base, outcome);
  reader.event(*outcome, options.revision);
}

[[gnu::noinline]] void read_other_format(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  switch (options.format) {
    case Format::ndr20Body: read_framed<Bare<Little>>(outcome, input, options.revision); break;
    case Format::ndr64: read_framed<Bare<detail::Ndr64>>(outcome, input, options.revision); break;
    case Format::native64: read_image<std::uint64_t>(outcome, input, options); break;
    default: read_image<std::uint32_t>(outcome, input, options); break;  // native32
  }
}

}  // namespace

std::expected<Event, DecodeError> decode(std::span<const std::byte> input, const DecodeOptions& options) noexcept {
  Outcome outcome(std::in_place, detail::Uninitialized());
  if (options.format != Format::ndr20) [[unlikely]]
    read_other_format(outcome, input, options);
  else if (!read_plain<Serialized<std::endian::little>>(outcome, input, options.revision)) [[unlikely]]
    read_ndr20(outcome, input, options.revision);
  return outcome;
}

}  // namespace qmforge
