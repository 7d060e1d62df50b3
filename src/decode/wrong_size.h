// The error of a body that has the flat part of a common layout but another size: it is truncated, or has trailing
// bytes. The layout and the size determine the error, so that reporting it costs less than reading the message.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "common_layouts.h"
#include "failure.h"
#include "members.h"
#include "ndr_event.h"

namespace qmforge::detail {

/// A member after a tunnel's flat part. Offsets count from the start of the body.
struct TailMember {
  FieldPath field;
  std::size_t at = 0;
  std::size_t end = 0;
};

/// In wire order.
struct Tail {
  std::array<TailMember, 7> members{};
  std::size_t count = 0;

  constexpr void add(FieldPath field, std::size_t at, std::size_t size) { members[count++] = {field, at, at + size}; }
};

/// Of a layout with Framing::none.
[[nodiscard]] consteval Tail make_tail(const CommonLayout& layout, Revision revision) {
  Tail tail;
  tail.add(Step::qmFilterId, layout.ids, 8);
  if (revision == Revision::r1) {
    tail.add(Step::mmSaLuid, layout.ids + 8, 8);
    tail.add(Step::mmProviderContextKey, layout.ids + 16, 16);
  }
  for (const std::size_t subnet : {0U, 1U}) {
    const FieldPath field = subnet == 0 ? Step::localSubNet : Step::remoteSubNet;
    const std::size_t mask = layout.masks[subnet];
    if (layout.types[subnet] == DataType::v4AddrMask) {
      tail.add(field / Step::v4AddrMask / Step::addr, mask, 4);
      tail.add(field / Step::v4AddrMask / Step::mask, mask + 4, 4);
    } else {
      tail.add(field / Step::v6AddrMask / Step::addr, mask, 16);
      tail.add(field / Step::v6AddrMask / Step::prefixLength, mask + 16, 1);
    }
  }
  return tail;
}

/// Reads a body of `size` bytes that has the types of the layout but another size.
template <class Syntax, Framing framing, Revision revision, DataType local, DataType remote>
QMFORGE_NOINLINE void read_wrong_size(Outcome& outcome, std::span<const std::byte> input, std::size_t size) noexcept {
  constexpr const CommonLayout& layout = common_layout<Syntax, Framing::none, revision, local, remote>;
  static constexpr Tail tail = make_tail(layout, revision);
  constexpr std::size_t body_at = framing == Framing::header ? Ndr20Header::size : 0;
  if (!matches<layout, Syntax>(input.data() + body_at)) {
    NdrEventReader<Syntax, framing>::read(outcome, input, size, revision);
    return;
  }
  std::size_t whole = tail.count;
  while (whole != 0 && tail.members[whole - 1].end > size) --whole;
  if (whole != tail.count)
    set_error(outcome, ErrorCode::truncated, tail.members[whole].field, body_at + tail.members[whole].at);
  else
    set_error(outcome, ErrorCode::trailingBytes, {}, body_at + (size - layout.size > max_padding ? layout.size : size));
}

/// Reads a body of `size` bytes without a common layout.
template <class Syntax, Framing framing, Revision revision>
QMFORGE_INLINE void read_uncommon(Outcome& outcome, std::span<const std::byte> input, std::size_t size) noexcept {
  using enum DataType;
  constexpr std::size_t body_at = framing == Framing::header ? Ndr20Header::size : 0;
  constexpr std::size_t flat_part = common_layout<Syntax, Framing::none, revision, v4AddrMask, v4AddrMask>.ids;
  const auto type_of = [&](std::size_t subnet) {
    constexpr std::size_t subnet_size = 4 * sizeof(typename Syntax::Word);
    const std::byte* const type = input.data() + body_at + local_type_at<Syntax> + subnet * subnet_size;
    return DataType{load<std::uint32_t, Syntax::order>(type)};
  };
  const auto read = [&]<DataType local, DataType remote> {
    constexpr const CommonLayout& layout = common_layout<Syntax, framing, revision, local, remote>;
    if (input.size() - layout.size > layout.slack)
      read_wrong_size<Syntax, framing, revision, local, remote>(outcome, input, size);
    else
      NdrEventReader<Syntax, framing>::read(outcome, input, size, revision);
  };
  if (uses_common_layouts && size >= flat_part) {
    if (type_of(0) == v4AddrMask) {
      if (type_of(1) == v4AddrMask) return read.template operator()<v4AddrMask, v4AddrMask>();
      if (type_of(1) == v6AddrMask) return read.template operator()<v4AddrMask, v6AddrMask>();
    } else if (type_of(0) == v6AddrMask) {
      if (type_of(1) == v6AddrMask) return read.template operator()<v6AddrMask, v6AddrMask>();
      if (type_of(1) == v4AddrMask) return read.template operator()<v6AddrMask, v4AddrMask>();
    }
  }
  NdrEventReader<Syntax, framing>::read(outcome, input, size, revision);
}

}  // namespace qmforge::detail
