// Reads a plain NDR event: one whose every part stands where it nearly always does. Its tags and its size are compared
// with what they have to be; where all agree nothing else can be wrong, and the members are taken from places that were
// known when this was compiled. Whatever is not plain, malformed or only rare, is left to ndr_event.h.
//
//             NDR20  NDR64
//     0       0      six u32, the last saTrafficType
//     24      24     TRANSPORT: discriminant 0, aligned to a word; the same again
//                    TUNNEL: discriminant 1, type, discriminant = type, referent, each aligned to a word; the same
//                    again
//     32/56   40/88  qmFilterId u64; revision 1: mmSaLuid u64, GUID
//     64      96     TUNNEL, revision 0: the masks, the second one aligned behind the first
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "common_members.h"
#include "failure.h"
#include "four.h"
#include "ndr_event.h"
#include "ndr_reader.h"
#include "qmforge/event.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

/// `Frame` is what stands around the body: see frame.h.
template <class Frame, Revision revision>
class PlainReader {
  using Syntax = typename Frame::Syntax;
  using Word = typename Syntax::Word;

 public:
  /// Whether the input is plain: `outcome` is its event then.
  QMFORGE_HOT static bool read(Outcome& outcome, std::span<const std::byte> input) noexcept {
    return transport(outcome, input) || tunnel<v4, v4>(outcome, input) || tunnel<v6, v6>(outcome, input) ||
           mixed_tunnel(outcome, input);
  }

  /// Reads what is not plain. One that would be, did it not end too early or too late, has a short way to its error.
  QMFORGE_HOT static void read_other(Outcome& outcome, std::span<const std::byte> input) noexcept {
    const PlainReader reader(input);
    if (input.size() < Frame::body_at + masks_at || reader.u32(unions_at) != tunnel_tag)
      read_any(outcome, input);
    else if (reader.local_type() == v4)
      reader.remote_type() == v4 ? wrong_end<v4, v4>(outcome, input) : wrong_end<v4, v6>(outcome, input);
    else
      reader.remote_type() == v4 ? wrong_end<v6, v4>(outcome, input) : wrong_end<v6, v6>(outcome, input);
  }

 private:
  static constexpr DataType v4 = DataType::v4AddrMask;
  static constexpr DataType v6 = DataType::v6AddrMask;
  static constexpr auto tunnel_tag = static_cast<std::uint32_t>(TrafficType::tunnel);
  static constexpr std::size_t word = sizeof(Word);
  static constexpr std::size_t unions_at = numbers_size;
  static constexpr std::size_t tunnel_union_size = 4 * word;
  static constexpr std::size_t ids_size = revision == Revision::r0 ? 8 : 32;
  static constexpr std::size_t transport_ids_at = unions_at + 2 * word;
  static constexpr std::size_t transport_end = transport_ids_at + ids_size;
  static constexpr std::size_t tunnel_ids_at = unions_at + 2 * tunnel_union_size;
  static constexpr std::size_t masks_at = tunnel_ids_at + ids_size;

  /// Where a mask stands that follows what ends at `end`, and where it ends.
  template <DataType mask, std::size_t end>
  static constexpr std::size_t begin_of = mask == v4 ? (end + 3) / 4 * 4 : end;
  template <DataType mask, std::size_t begin>
  static constexpr std::size_t end_of = begin + (mask == v4 ? 8 : 17);

  explicit PlainReader(std::span<const std::byte> input) noexcept : body_(input.data() + Frame::body_at) {}

  [[nodiscard]] QMFORGE_HOT std::uint32_t u32(std::size_t at) const noexcept {
    return load<std::uint32_t, Syntax::order>(body_ + at);
  }
  [[nodiscard]] QMFORGE_HOT std::uint64_t u64(std::size_t at) const noexcept {
    return load<std::uint64_t, Syntax::order>(body_ + at);
  }

  /// In which bits four u32 differ from what they have to be.
  [[nodiscard]] QMFORGE_HOT Four wrong(std::size_t at, Expected a, Expected b, Expected c, Expected d) const noexcept {
    return differences<Syntax::order>(body_ + at, a, b, c, d);
  }

  QMFORGE_HOT static bool transport(Outcome& outcome, std::span<const std::byte> input) noexcept {
    if (!Frame::template fits<transport_end>(input)) [[unlikely]]
      return false;
    const PlainReader reader(input);
    if (!all_zero(Frame::template wrong<transport_end>(input) | reader.wrong_transport())) [[unlikely]]
      return false;
    Event& out = *outcome;
    reader.take_common(out, TrafficType::transport, transport_ids_at);
    take_type(out.localSubNet, DataType::empty);
    take_type(out.remoteSubNet, DataType::empty);
    return true;
  }

  [[nodiscard]] QMFORGE_HOT DataType local_type() const noexcept {
    return static_cast<DataType>(u32(unions_at + word));
  }
  [[nodiscard]] QMFORGE_HOT DataType remote_type() const noexcept {
    return static_cast<DataType>(u32(unions_at + tunnel_union_size + word));
  }

  template <DataType local, DataType remote>
  struct Tunnel {
    static constexpr std::size_t local_at = begin_of<local, masks_at>;
    static constexpr std::size_t remote_at = begin_of<remote, end_of<local, local_at>>;
    static constexpr std::size_t end = end_of<remote, remote_at>;
  };

  template <DataType local, DataType remote>
  QMFORGE_HOT static bool tunnel(Outcome& outcome, std::span<const std::byte> input) noexcept {
    using Places = Tunnel<local, remote>;
    if (!Frame::template fits<Places::end>(input)) return false;
    const PlainReader reader(input);
    if (!all_zero(Frame::template wrong<Places::end>(input) | reader.wrong_tunnel<local, remote>()) || !reader.points())
        [[unlikely]]
      return false;
    Event& out = *outcome;
    reader.take_common(out, TrafficType::tunnel, tunnel_ids_at);
    reader.take_mask<local>(out.localSubNet, Places::local_at);
    reader.take_mask<remote>(out.remoteSubNet, Places::remote_at);
    return true;
  }

  /// The two kinds of tunnel that may be of one length.
  QMFORGE_HOT static bool mixed_tunnel(Outcome& outcome, std::span<const std::byte> input) noexcept {
    if (input.size() < Frame::body_at + masks_at) return false;
    return PlainReader(input).local_type() == v4 ? tunnel<v4, v6>(outcome, input) : tunnel<v6, v4>(outcome, input);
  }

  /// Zero if the flat part is that of a transport event: its traffic type and both discriminants are 0.
  [[nodiscard]] QMFORGE_HOT Four wrong_transport() const noexcept {
    if constexpr (word == 4)
      return wrong(traffic_type_at, 0, 0, 0, anything);
    else
      return wrong(traffic_type_at, 0, 0, anything, 0);
  }

  /// Zero if the flat part is that of a tunnel with two pointers to such masks: saTrafficType, and two times its
  /// repetition, the mask's type, and that one's.
  template <DataType local, DataType remote>
  [[nodiscard]] QMFORGE_HOT Four wrong_tunnel() const noexcept {
    constexpr auto a = static_cast<std::uint32_t>(local);
    constexpr auto b = static_cast<std::uint32_t>(remote);
    if constexpr (word == 4)
      return wrong(traffic_type_at, tunnel_tag, tunnel_tag, a, a) | wrong(unions_at + 12, anything, tunnel_tag, b, b);
    else
      return wrong(traffic_type_at, tunnel_tag, tunnel_tag, anything, a) |
             wrong(unions_at + 16, a, anything, anything, anything) |
             wrong(unions_at + 32, tunnel_tag, anything, b, anything) |
             wrong(unions_at + 48, b, anything, anything, anything);
  }
  /// Whether neither of a tunnel's pointers is NULL.
  [[nodiscard]] QMFORGE_HOT bool points() const noexcept {
    return load<Word>(body_ + unions_at + 3 * word) != 0 && load<Word>(body_ + unions_at + 7 * word) != 0;
  }

  /// For such a tunnel, if it is plain up to its masks: says which one is cut short, or what follows them.
  template <DataType local, DataType remote>
  [[gnu::noinline]] static void wrong_end(Outcome& outcome, std::span<const std::byte> input) noexcept {
    const PlainReader plain(input);
    std::size_t size = 0;
    if (!all_zero(plain.wrong_tunnel<local, remote>()) || !plain.points()) {
      read_any(outcome, input);
      return;
    }
    if (!Frame::size(input, size, outcome)) return;
    if (size < masks_at) {
      read_any(outcome, input);
      return;
    }
    NdrReader<Syntax> reader(plain.body_, size, Frame::body_at, outcome, masks_at);
    Event& event = *outcome;
    take_type(event.localSubNet, local);
    take_type(event.remoteSubNet, remote);
    if (reader.condition_pointee(event.localSubNet, Step::localSubNet) &&
        reader.condition_pointee(event.remoteSubNet, Step::remoteSubNet))
      reader.end(input.size());
  }

  QMFORGE_HOT static void read_any(Outcome& outcome, std::span<const std::byte> input) noexcept {
    NdrEventReader<Syntax>::template read<Frame>(outcome, input, revision);
  }

  QMFORGE_HOT void take_common(Event& out, TrafficType traffic_type, std::size_t ids_at) const noexcept {
    take_numbers<Syntax::order>(out, body_);
    out.saTrafficType = traffic_type;
    out.revision = revision;
    out.qmFilterId = u64(ids_at);
    if constexpr (revision == Revision::r1) {
      out.mmSaLuid = u64(ids_at + 8);
      take_guid<Syntax::order>(out.mmProviderContextKey, body_ + ids_at + 16);
    }
  }

  /// The type, and that there is no NULL pointer: one store, padding included, as stores are what a plain event costs.
  QMFORGE_HOT static void take_type(ConditionValue& out, DataType type) noexcept {
    const std::uint32_t type_and_not_null[] = {static_cast<std::uint32_t>(type), 0};
    static_assert(offsetof(ConditionValue, type) == 0 && offsetof(ConditionValue, is_null) == 4 &&
                  offsetof(ConditionValue, arm) == sizeof(type_and_not_null));
    std::memcpy(static_cast<void*>(&out), type_and_not_null, sizeof(type_and_not_null));
  }

  template <DataType mask>
  QMFORGE_HOT void take_mask(ConditionValue& out, std::size_t at) const noexcept {
    take_type(out, mask);
    if constexpr (mask == v4) {
      out.v4AddrMask = {u32(at), u32(at + 4)};
    } else {
      std::memcpy(out.v6AddrMask.addr.data(), body_ + at, out.v6AddrMask.addr.size());
      out.v6AddrMask.prefixLength = load<std::uint8_t>(body_ + at + 16);
    }
  }

  const std::byte* body_;
};

}  // namespace qmforge::detail
