// decode(): which reader reads which format, and what may follow the object.
#include "qmforge/decode.h"

#include "native_reader.h"
#include "ndr20_header.h"
#include "ndr_event.h"
#include "ndr_plain.h"
#include "ndr_reader.h"
#include "transfer_syntax.h"

namespace qmforge {

namespace {

using detail::Outcome;

using Input = std::span<const std::byte>;
using Little = detail::Ndr20<std::endian::little>;
using Big = detail::Ndr20<std::endian::big>;

/// A bare body: it is the whole input.
template <class SyntaxOfBody>
struct Bare {
  using Syntax = SyntaxOfBody;
  static constexpr std::size_t body_at = 0;
  QMFORGE_HOT static bool begins(Input) noexcept { return true; }
  /// Whether nothing but padding follows an object that ends at `end`.
  QMFORGE_HOT static bool ends(Input input, std::size_t end) noexcept {
    return input.size() - end <= detail::max_padding;
  }
  /// The body's size; false, and an error in `outcome`, where there is none.
  QMFORGE_HOT static bool size(Input input, std::size_t& out, Outcome&) noexcept {
    out = input.size();
    return true;
  }
};

/// A body behind a header that is in its byte order.
template <class SyntaxOfBody>
struct Serialized {
  using Syntax = SyntaxOfBody;
  using Header = detail::Ndr20Header;
  static constexpr std::size_t body_at = Header::size;
  QMFORGE_HOT static bool begins(Input input) noexcept {
    return Header::common(input) == (Syntax::order == std::endian::little ? Header::little : Header::big);
  }
  /// The same, of an object whose length the header has to tell.
  QMFORGE_HOT static bool ends(Input input, std::size_t end) noexcept {
    const std::size_t padded = (end + 7) / 8 * 8;
    return input.size() == body_at + padded && Header::length_of<Syntax::order>(input) == padded;
  }
  QMFORGE_HOT static bool size(Input input, std::size_t& out, Outcome& outcome) noexcept {
    std::uint32_t length = 0;
    if (!Header::read_length<Syntax::order>(input, length, outcome)) return false;
    out = length;
    return true;
  }
};

template <class Frame>
QMFORGE_HOT bool read_plain(Outcome& outcome, Input input, Revision revision) noexcept {
  return revision == Revision::r0 ? detail::PlainReader<Frame, Revision::r0>::read(outcome, input)
                                  : detail::PlainReader<Frame, Revision::r1>::read(outcome, input);
}

template <class Frame>
QMFORGE_HOT void read_any(Outcome& outcome, Input input, Revision revision) noexcept {
  detail::NdrEventReader<typename Frame::Syntax>::template read<Frame>(outcome, input, revision);
}

// The readers of the formats, out of line: what one needs costs no other.

template <class Frame>
[[gnu::noinline]] void read_framed(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  if (!read_plain<Frame>(outcome, input, options.revision)) read_any<Frame>(outcome, input, options.revision);
}

/// Serialized, but not plain and little-endian.
[[gnu::hot, gnu::noinline]] void read_ndr20(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  using Header = detail::Ndr20Header;
  switch (Header::common(input)) {
    case Header::little: read_any<Serialized<Little>>(outcome, input, options.revision); break;
    case Header::big: read_framed<Serialized<Big>>(outcome, input, options); break;
    default: Header::reject(input, outcome);
  }
}

template <class Address>
[[gnu::noinline]] void read_image(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  const detail::NativeReader<Address> reader(input.data(), input.size(), options.imageBase, outcome);
  reader.event(*outcome, options.revision);
}

/// Every format but ndr20.
[[gnu::hot, gnu::noinline]] void read_other(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  switch (options.format) {
    case Format::ndr20Body: read_framed<Bare<Little>>(outcome, input, options); break;
    case Format::ndr64: read_framed<Bare<detail::Ndr64>>(outcome, input, options); break;
    case Format::native64: read_image<std::uint64_t>(outcome, input, options); break;
    default: read_image<std::uint32_t>(outcome, input, options); break;  // native32
  }
}

/// Cold, so that the compiler lays the way of a plain message straight; what is called from here is not.
[[gnu::cold, gnu::noinline]] void read_rare(Outcome& outcome, Input input, const DecodeOptions& options) noexcept {
  if (options.format == Format::ndr20)
    read_ndr20(outcome, input, options);
  else
    read_other(outcome, input, options);
}

}  // namespace

std::expected<Event, DecodeError> decode(std::span<const std::byte> input, const DecodeOptions& options) noexcept {
  Outcome outcome(std::in_place);
  if (options.format != Format::ndr20 || !read_plain<Serialized<Little>>(outcome, input, options.revision)) [[unlikely]]
    read_rare(outcome, input, options);
  return outcome;
}

}  // namespace qmforge
