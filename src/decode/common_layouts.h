// The layouts of nearly all NDR messages: transport, and a tunnel between two address masks. Each is a table of the
// words that it fixes and of the offsets of the members that vary. A message with the layout's size and fixed words and
// with non-NULL pointers is well-formed, and its members are copied. ndr_event.h reads all others.
//
//                 NDR20  NDR64
//     scalars     0      0      failureErrorCode and five enumerations, u32 each; the last is saTrafficType
//     subnets     24     24     TRANSPORT: discriminant 0, aligned to a word; the same again
//                               TUNNEL: discriminant 1, type, discriminant = type, referent, each aligned to a word;
//                               the same again
//     ids         32/56  40/88  qmFilterId u64; revision 1: mmSaLuid u64, GUID
//     masks       64     96     TUNNEL, revision 0: the masks, the second one aligned after the first
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

#include "failure.h"
#include "lanes.h"
#include "members.h"
#include "ndr20_header.h"
#include "qmforge/event.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

/// Whether to try the common layouts. Tests that build only the general reader turn this off.
#ifdef QMFORGE_GENERAL_READER_ONLY
inline constexpr bool uses_common_layouts = false;
#else
inline constexpr bool uses_common_layouts = true;
#endif

/// Offsets count from the start of the input.
struct CommonLayout {
  struct FixedWord {
    std::size_t at;
    std::uint32_t value;  // in the byte order of the body
  };
  static constexpr std::size_t most_fixed_words = 9;

  std::array<FixedWord, most_fixed_words> fixed{};  // ascending
  std::size_t fixed_count = 0;
  std::array<std::size_t, 2> pointers{};  // a tunnel's two referents
  std::size_t body = 0;
  std::size_t ids = 0;
  std::array<std::size_t, 2> masks{};
  std::size_t size = 0;   // of the input
  std::size_t slack = 0;  // the bytes of padding that may follow it
  TrafficType traffic_type = TrafficType::transport;
  std::array<DataType, 2> types = {DataType::empty, DataType::empty};

  constexpr void fix(std::size_t at, std::uint32_t value) { fixed[fixed_count++] = {at, value}; }
};

/// The layout of a tunnel between two masks of these types; of transport if they are FWP_EMPTY.
template <class Syntax, Framing framing>
[[nodiscard]] consteval CommonLayout make_layout(Revision revision, DataType local, DataType remote) {
  constexpr std::size_t word = sizeof(typename Syntax::Word);
  CommonLayout layout;
  layout.types = {local, remote};
  layout.traffic_type = local == DataType::empty ? TrafficType::transport : TrafficType::tunnel;
  layout.body = framing == Framing::header ? Ndr20Header::size : 0;
  const auto traffic_type = static_cast<std::uint32_t>(layout.traffic_type);
  if constexpr (framing == Framing::header) {
    layout.fix(Ndr20Header::common_at, Ndr20Header::common<Syntax::order>());
    layout.fix(Ndr20Header::length_at, 0);  // set below, when the size is known
  }
  layout.fix(layout.body + traffic_type_at, traffic_type);
  std::size_t at = layout.body + scalars_size;
  const auto next_word = [&] { return std::exchange(at, at + word); };
  for (const std::size_t subnet : {0U, 1U}) {
    layout.fix(next_word(), traffic_type);
    if (layout.traffic_type == TrafficType::transport) continue;
    const auto type = static_cast<std::uint32_t>(layout.types[subnet]);
    layout.fix(next_word(), type);
    layout.fix(next_word(), type);
    layout.pointers[subnet] = next_word();
  }
  layout.ids = at;
  at += revision == Revision::r0 ? 8 : 32;
  for (const std::size_t subnet : {0U, 1U}) {
    const DataType type = layout.types[subnet];
    if (type == DataType::v4AddrMask) at = round_up(at, 4);
    layout.masks[subnet] = at;
    at += type == DataType::v4AddrMask ? 8 : type == DataType::v6AddrMask ? 17 : 0;
  }
  layout.slack = framing == Framing::none ? max_padding : 0;
  layout.size = framing == Framing::none ? at : round_up(at, 8);
  if constexpr (framing == Framing::header)
    layout.fixed[1].value = static_cast<std::uint32_t>(layout.size - Ndr20Header::size);
  return layout;
}

template <class Syntax, Framing framing, Revision revision, DataType local, DataType remote>
inline constexpr CommonLayout common_layout = make_layout<Syntax, framing>(revision, local, remote);

/// The fixed words among the four from `at` on.
struct FixedLanes {
  std::size_t at;
  std::array<std::uint32_t, 4> mask;  // all ones for a fixed word, 0 for one that may be anything
  std::array<std::uint32_t, 4> value;
};

/// The layout's fixed words from the index `first` on that are among four consecutive words; sets `first` to the index
/// of the next fixed word.
[[nodiscard]] consteval FixedLanes next_lanes(const CommonLayout& layout, std::endian order, std::size_t& first) {
  FixedLanes lanes{layout.fixed[first].at, {}, {}};
  for (; first != layout.fixed_count && layout.fixed[first].at < lanes.at + 16; ++first) {
    const std::size_t lane = (layout.fixed[first].at - lanes.at) / 4;
    const std::uint32_t value = layout.fixed[first].value;
    lanes.mask[lane] = 0xffffffff;
    lanes.value[lane] = order == std::endian::native ? value : std::byteswap(value);
  }
  return lanes;
}

[[nodiscard]] consteval FixedLanes lanes_at_index(const CommonLayout& layout, std::endian order, std::size_t index) {
  std::size_t first = 0;
  for (; index != 0; --index) static_cast<void>(next_lanes(layout, order, first));
  return next_lanes(layout, order, first);
}

[[nodiscard]] consteval std::size_t lanes_count(const CommonLayout& layout) {
  std::size_t count = 0;
  for (std::size_t first = 0; first != layout.fixed_count; ++count)
    static_cast<void>(next_lanes(layout, std::endian::native, first));
  return count;
}

/// The bits in which words of the input differ from the layout's.
template <const FixedLanes& fixed>
[[nodiscard]] QMFORGE_INLINE U32x4 mismatch(const std::byte* input) noexcept {
  return (load_lanes(input + fixed.at) & lanes(fixed.mask)) ^ lanes(fixed.value);
}

template <const CommonLayout& layout, std::endian order, std::size_t index>
inline constexpr FixedLanes fixed_lanes = lanes_at_index(layout, order, index);

/// Whether all fixed words match and no pointer is NULL. The input must have all words before the layout's ids.
template <const CommonLayout& layout, class Syntax>
[[nodiscard]] QMFORGE_INLINE bool matches(const std::byte* input) noexcept {
  using Word = typename Syntax::Word;
  const bool fixed_words_match = [&]<std::size_t... index>(std::index_sequence<index...>) {
    return all_zero((mismatch<fixed_lanes<layout, Syntax::order, index>>(input) | ...));
  }(std::make_index_sequence<lanes_count(layout)>());
  if (!fixed_words_match) [[unlikely]]
    return false;
  if constexpr (layout.traffic_type == TrafficType::tunnel)
    for (const std::size_t pointer : layout.pointers)
      if (load<Word>(input + pointer) == 0) [[unlikely]]
        return false;
  return true;
}

/// The offset of the local subnet's type in a tunnel's body.
template <class Syntax>
inline constexpr std::size_t local_type_at = scalars_size + sizeof(typename Syntax::Word);

/// Reads messages of the common layouts, for one revision and framing.
template <class Syntax, Framing framing, Revision revision>
class CommonReader {
 public:
  /// Reads an input with a common layout into `out`, then calls `then.operator()<local, remote>()` with its subnets'
  /// types. Returns false for any other input; `out` is then unspecified.
  template <class Then>
  QMFORGE_INLINE static bool read(Event& out, std::span<const std::byte> input, const Then& then) noexcept {
    using enum DataType;
    if constexpr (!uses_common_layouts) return false;
    return read_as<empty, empty>(out, input, then) || read_as<v4AddrMask, v4AddrMask>(out, input, then) ||
           read_as<v6AddrMask, v6AddrMask>(out, input, then) || read_mixed(out, input, then);
  }

 private:
  template <class T>
  [[nodiscard]] QMFORGE_INLINE static T integer(const std::byte* at) noexcept {
    return load<T, Syntax::order>(at);
  }

  /// The two mixed tunnels may have the same size, so their first type decides.
  template <class Then>
  QMFORGE_INLINE static bool read_mixed(Event& out, std::span<const std::byte> input, const Then& then) noexcept {
    using enum DataType;
    constexpr const CommonLayout& layout = common_layout<Syntax, framing, revision, v4AddrMask, v6AddrMask>;
    constexpr std::size_t type_at = layout.body + local_type_at<Syntax>;
    if (input.size() < layout.masks[0]) return false;
    return DataType{integer<std::uint32_t>(input.data() + type_at)} == v4AddrMask
               ? read_as<v4AddrMask, v6AddrMask>(out, input, then)
               : read_as<v6AddrMask, v4AddrMask>(out, input, then);
  }

  template <DataType local, DataType remote, class Then>
  QMFORGE_INLINE static bool read_as(Event& out, std::span<const std::byte> input, const Then& then) noexcept {
    constexpr const CommonLayout& layout = common_layout<Syntax, framing, revision, local, remote>;
    if (input.size() - layout.size > layout.slack) return false;  // a smaller size wraps around
    const std::byte* const in = input.data();
    if (!matches<layout, Syntax>(in)) [[unlikely]]
      return false;
    read_scalars<Syntax::order>(out, in + layout.body, layout.traffic_type, revision);
    out.qmFilterId = integer<std::uint64_t>(in + layout.ids);
    if constexpr (revision == Revision::r1) {
      out.mmSaLuid = integer<std::uint64_t>(in + layout.ids + 8);
      read_guid<Syntax::order>(out.mmProviderContextKey, in + layout.ids + 16);
    }
    read_subnet<local>(out.localSubNet, in + layout.masks[0]);
    read_subnet<remote>(out.remoteSubNet, in + layout.masks[1]);
    then.template operator()<local, remote>();
    return true;
  }

  template <DataType type>
  QMFORGE_INLINE static void read_subnet(ConditionValue& out, const std::byte* mask) noexcept {
    if constexpr (type == DataType::v4AddrMask)
      read_v4_mask<Syntax::order>(out, mask);
    else if constexpr (type == DataType::v6AddrMask)
      read_v6_mask(out, mask);
    else
      set_type(out, type);
  }
};

}  // namespace qmforge::detail
