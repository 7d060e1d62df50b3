// decode(): which reader reads which format.
#include "qmforge/decode.h"

#include "common_images.h"
#include "common_layouts.h"
#include "native_reader.h"
#include "ndr20_header.h"
#include "ndr_event.h"
#include "transfer_syntax.h"
#include "wrong_size.h"

namespace qmforge {

namespace {

using detail::Framing;
using detail::Outcome;

using Input = std::span<const std::byte>;
using Little = detail::Ndr20<std::endian::little>;
using Big = detail::Ndr20<std::endian::big>;

/// Reads an input with a common layout. Returns false for any other input, which the general readers read.
template <class Syntax, Framing framing>
QMFORGE_INLINE bool read_common(Outcome& outcome, Input input, Revision revision) noexcept {
  constexpr auto nothing_more = []<DataType, DataType> {};
  if (revision == Revision::r0) [[likely]]
    return detail::CommonReader<Syntax, framing, Revision::r0>::read(*outcome, input, nothing_more);
  return detail::CommonReader<Syntax, framing, Revision::r1>::read(*outcome, input, nothing_more);
}

/// Reads an input without a common layout.
template <class Syntax, Framing framing>
QMFORGE_INLINE void read_general(Outcome& outcome, Input input, Revision revision) noexcept {
  std::size_t size = input.size();
  if constexpr (framing == Framing::header)
    if (!detail::Ndr20Header::read_length<Syntax::order>(input, size, outcome)) return;
  if (revision == Revision::r0)
    detail::read_uncommon<Syntax, framing, Revision::r0>(outcome, input, size);
  else
    detail::read_uncommon<Syntax, framing, Revision::r1>(outcome, input, size);
}

template <class Syntax, Framing framing>
QMFORGE_NOINLINE void read_general_out_of_line(Outcome& outcome, Input input, Revision revision) noexcept {
  read_general<Syntax, framing>(outcome, input, revision);
}

template <class Syntax, Framing framing>
QMFORGE_NOINLINE void read_ndr(Outcome& outcome, Input input, Revision revision) noexcept {
  if (!read_common<Syntax, framing>(outcome, input, revision))
    read_general_out_of_line<Syntax, framing>(outcome, input, revision);
}

/// Reads ndr20 input other than little-endian messages with a common layout.
QMFORGE_NOINLINE void read_other_ndr20(Outcome& outcome, Input input, Revision revision) noexcept {
  using Header = detail::Ndr20Header;
  const std::uint32_t common = Header::common(input);
  if (common == Header::little) [[likely]]
    read_general<Little, Framing::header>(outcome, input, revision);
  else if (common == Header::big)
    read_ndr<Big, Framing::header>(outcome, input, revision);
  else
    Header::reject(input, outcome);
}

template <class Address>
QMFORGE_NOINLINE void read_image(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  if (options.revision == Revision::r0) [[likely]]
    return detail::CommonImageReader<Address, Revision::r0>::read(outcome, input, options);
  detail::CommonImageReader<Address, Revision::r1>::read(outcome, input, options);
}

QMFORGE_NOINLINE void read_other_format(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  switch (options.format) {
    case Format::ndr20Body: read_ndr<Little, Framing::none>(outcome, input, options.revision); break;
    case Format::ndr64: read_ndr<detail::Ndr64, Framing::none>(outcome, input, options.revision); break;
    case Format::native64: read_image<std::uint64_t>(outcome, input, options); break;
    default: read_image<std::uint32_t>(outcome, input, options); break;  // native32
  }
}

}  // namespace

void detail::decode(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  if (options.format != Format::ndr20) [[unlikely]]
    return read_other_format(outcome, input, options);
  if (!read_common<Little, Framing::header>(outcome, input, options.revision)) [[unlikely]]
    read_other_ndr20(outcome, input, options.revision);
}

}  // namespace qmforge
