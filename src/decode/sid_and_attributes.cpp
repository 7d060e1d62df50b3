// Walks a SID_AND_ATTRIBUTES array where a decoder left it. The decoder has checked all of it, so nothing can fail
// here.
#include <limits>

#include "native_reader.h"
#include "ndr_reader.h"
#include "qmforge/views.h"

namespace qmforge {

namespace {

/// An element of an NDR array: referent word | attributes u32, padded to a word; its SID stands `rest` bytes from
/// `origin` on, which then moves past it.
template <class Syntax>
SidAndAttributes read_ndr(const std::byte*& element, const std::byte* origin, std::uint64_t& rest) noexcept {
  using Word = typename Syntax::Word;
  SidAndAttributes out;
  if (detail::load<Word, Syntax::order>(element) != 0) {
    detail::Outcome never;
    detail::NdrReader<Syntax> reader(origin, std::numeric_limits<std::size_t>::max(), 0, never,
                                     static_cast<std::size_t>(rest));
    reader.sid(out.sid.emplace(), Step::sid);
    rest = reader.position();
  }
  out.attributes = detail::load<std::uint32_t, Syntax::order>(element + sizeof(Word));
  element += 2 * sizeof(Word);
  return out;
}

/// An element of an array in a memory image: sid | attributes u32, padded to an address.
template <class Address>
SidAndAttributes read_native(const std::byte*& element, const std::byte* image, std::uint64_t base) noexcept {
  SidAndAttributes out;
  if (const std::uint64_t address = detail::load<Address>(element); address != 0)
    out.sid = detail::NativeReader<Address>::sid_at(image + (address - base));
  out.attributes = detail::load<std::uint32_t>(element + sizeof(Address));
  element += 2 * sizeof(Address);
  return out;
}

}  // namespace

void SidAndAttributesView::Iterator::read() noexcept {
  if (rest_.size_ == 0) return;
  using std::endian;
  switch (rest_.layout_) {
    case Layout::host:
      current_ = *reinterpret_cast<const SidAndAttributes*>(rest_.elements_);
      rest_.elements_ += sizeof(SidAndAttributes);
      break;
    case Layout::ndr20Little:
      current_ = read_ndr<detail::Ndr20<endian::little>>(rest_.elements_, rest_.origin_, rest_.rest_);
      break;
    case Layout::ndr20Big:
      current_ = read_ndr<detail::Ndr20<endian::big>>(rest_.elements_, rest_.origin_, rest_.rest_);
      break;
    case Layout::ndr64: current_ = read_ndr<detail::Ndr64>(rest_.elements_, rest_.origin_, rest_.rest_); break;
    case Layout::native64: current_ = read_native<std::uint64_t>(rest_.elements_, rest_.origin_, rest_.rest_); break;
    default: current_ = read_native<std::uint32_t>(rest_.elements_, rest_.origin_, rest_.rest_); break;  // native32
  }
}

}  // namespace qmforge
