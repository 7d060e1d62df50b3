// Makes views of SID_AND_ATTRIBUTES arrays in a decoder's input. The decoder has checked every element.
#pragma once

#include <cstddef>
#include <cstdint>

#include "qmforge/views.h"

namespace qmforge::detail {

struct EncodedSids {
  /// An NDR array at `first`, whose first SID is at `pointees`. Alignment counts from `origin`, the start of the
  /// message.
  template <class Syntax>
  static SidAndAttributesView ndr(const std::byte* origin, const std::byte* first, std::uint32_t count,
                                  const std::byte* pointees) noexcept {
    SidAndAttributesView view;
    view.elements_ = first;
    view.pointees_ = static_cast<std::uint64_t>(pointees - first);  // the distance from elements_ to the next SID
    view.read_ = read_ndr<Syntax>;
    view.size_ = count;
    view.phase_ = static_cast<std::uint8_t>((first - origin) % 8);
    return view;
  }

  /// An array at `first` in a memory image, whose address there is `address`.
  template <class Address>
  static SidAndAttributesView native(const std::byte* first, std::uint32_t count, std::uint64_t address) noexcept {
    SidAndAttributesView view;
    view.elements_ = first;
    view.pointees_ = address;  // that of the element at elements_
    view.read_ = read_native<Address>;
    view.size_ = count;
    return view;
  }

 private:
  template <class Syntax>
  static SidAndAttributes read_ndr(SidAndAttributesView& rest) noexcept;
  template <class Address>
  static SidAndAttributes read_native(SidAndAttributesView& rest) noexcept;
};

}  // namespace qmforge::detail
