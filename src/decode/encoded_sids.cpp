#include "encoded_sids.h"

#include <bit>
#include <limits>

#include "native_reader.h"
#include "ndr_reader.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

/// An element: referent word | attributes u32, padded to a word.
template <class Syntax>
SidAndAttributes EncodedSids::read_ndr(SidAndAttributesView& rest) noexcept {
  using Word = typename Syntax::Word;
  constexpr std::size_t element_size = 2 * sizeof(Word);
  SidAndAttributes out;
  if (load<Word, Syntax::order>(rest.elements_) != 0) {
    Outcome unused;
    NdrReader<Syntax> reader(rest.elements_ - rest.phase_, std::numeric_limits<std::size_t>::max(), 0, unused,
                             static_cast<std::size_t>(rest.phase_ + rest.pointees_));
    reader.sid(out.sid.emplace(), Step::sid);
    rest.pointees_ = reader.position() - rest.phase_;
  }
  out.attributes = load<std::uint32_t, Syntax::order>(rest.elements_ + sizeof(Word));
  rest.elements_ += element_size;
  rest.pointees_ -= element_size;
  return out;
}

/// An element: address of a SID | attributes u32, padded to an address.
template <class Address>
SidAndAttributes EncodedSids::read_native(SidAndAttributesView& rest) noexcept {
  constexpr std::size_t element_size = 2 * sizeof(Address);
  SidAndAttributes out;
  if (const std::uint64_t address = load<Address>(rest.elements_); address != 0)
    out.sid = NativeReader<Address>::sid_at(rest.elements_ + static_cast<std::ptrdiff_t>(address - rest.pointees_));
  out.attributes = load<std::uint32_t>(rest.elements_ + sizeof(Address));
  rest.elements_ += element_size;
  rest.pointees_ += element_size;
  return out;
}

template SidAndAttributes EncodedSids::read_ndr<Ndr20<std::endian::little>>(SidAndAttributesView&) noexcept;
template SidAndAttributes EncodedSids::read_ndr<Ndr20<std::endian::big>>(SidAndAttributesView&) noexcept;
template SidAndAttributes EncodedSids::read_ndr<Ndr64>(SidAndAttributesView&) noexcept;
template SidAndAttributes EncodedSids::read_native<std::uint64_t>(SidAndAttributesView&) noexcept;
template SidAndAttributes EncodedSids::read_native<std::uint32_t>(SidAndAttributesView&) noexcept;

}  // namespace qmforge::detail
