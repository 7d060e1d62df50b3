#include "encoded_sids.h"

#include <bit>
#include <limits>

#include "native_reader.h"
#include "ndr_reader.h"

namespace qmforge::detail {

// In an NDR view, `pointees_` is the distance from `elements_` to the next SID.
template <class Syntax>
SidAndAttributesView EncodedSids::ndr(const std::byte* origin, const std::byte* first, std::uint32_t count,
                                      const std::byte* pointees) noexcept {
  SidAndAttributesView view;
  view.elements_ = first;
  view.pointees_ = static_cast<std::uint64_t>(pointees - first);
  view.read_ = read_ndr<Syntax>;
  view.size_ = count;
  view.phase_ = static_cast<std::uint8_t>((first - origin) % 8);
  return view;
}

// In a view of an image, `pointees_` is the address of the element at `elements_`.
template <class Address>
SidAndAttributesView EncodedSids::native(const std::byte* first, std::uint32_t count, std::uint64_t address) noexcept {
  SidAndAttributesView view;
  view.elements_ = first;
  view.pointees_ = address;
  view.read_ = read_native<Address>;
  view.size_ = count;
  return view;
}

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

template SidAndAttributesView EncodedSids::ndr<Ndr20<std::endian::little>>(const std::byte*, const std::byte*,
                                                                           std::uint32_t, const std::byte*) noexcept;
template SidAndAttributesView EncodedSids::ndr<Ndr20<std::endian::big>>(const std::byte*, const std::byte*,
                                                                        std::uint32_t, const std::byte*) noexcept;
template SidAndAttributesView EncodedSids::ndr<Ndr64>(const std::byte*, const std::byte*, std::uint32_t,
                                                      const std::byte*) noexcept;
template SidAndAttributesView EncodedSids::native<std::uint64_t>(const std::byte*, std::uint32_t,
                                                                 std::uint64_t) noexcept;
template SidAndAttributesView EncodedSids::native<std::uint32_t>(const std::byte*, std::uint32_t,
                                                                 std::uint64_t) noexcept;

}  // namespace qmforge::detail
