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

#include "failure.h"
#include "ndr_event.h"
#include "ndr_reader.h"
#include "qmforge/event.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

/// `Frame` is what stands around the body: see decode.cpp.
template <class Frame, Revision revision>
class PlainReader {
  using Syntax = typename Frame::Syntax;
  using Word = typename Syntax::Word;

 public:
  /// Whether the input is plain, but for its end perhaps: `outcome` is what is to be said of it then.
  QMFORGE_HOT static bool read(Outcome& outcome, std::span<const std::byte> input) noexcept {
    if (input.size() < Frame::body_at + transport_end) [[unlikely]]
      return false;
    if (!Frame::begins(input)) [[unlikely]]
      return false;
    const PlainReader reader(input.data() + Frame::body_at);
    const std::uint32_t traffic_type = reader.u32(traffic_type_at);
    if (traffic_type == static_cast<std::uint32_t>(TrafficType::tunnel)) return reader.tunnel(outcome, input);
    if ((traffic_type | reader.u32(unions_at) | reader.u32(unions_at + word)) != 0 ||
        !Frame::ends(input, transport_end)) [[unlikely]]
      return false;
    Event& out = *outcome;
    reader.take_common(out, transport_ids_at);
    take_type(out.localSubNet, DataType::empty);
    take_type(out.remoteSubNet, DataType::empty);
    return true;
  }

 private:
  static constexpr std::size_t word = sizeof(Word);
  static constexpr std::size_t traffic_type_at = 20;
  static constexpr std::size_t unions_at = 24;
  static constexpr std::size_t tunnel_union_size = 4 * word;
  static constexpr std::size_t ids_size = revision == Revision::r0 ? 8 : 32;
  static constexpr std::size_t transport_ids_at = unions_at + 2 * word;
  static constexpr std::size_t transport_end = transport_ids_at + ids_size;
  static constexpr std::size_t tunnel_ids_at = unions_at + 2 * tunnel_union_size;
  static constexpr std::size_t masks_at = tunnel_ids_at + ids_size;

  /// Where a mask stands that follows what ends at `end`, and where it ends.
  template <DataType mask, std::size_t end>
  static constexpr std::size_t begin_of = mask == DataType::v4AddrMask ? (end + 3) / 4 * 4 : end;
  template <DataType mask, std::size_t begin>
  static constexpr std::size_t end_of = begin + (mask == DataType::v4AddrMask ? 8 : 17);

  explicit PlainReader(const std::byte* body) noexcept : body_(body) {}

  [[nodiscard]] QMFORGE_HOT std::uint32_t u32(std::size_t at) const noexcept {
    return load<std::uint32_t, Syntax::order>(body_ + at);
  }
  [[nodiscard]] QMFORGE_HOT std::uint64_t u64(std::size_t at) const noexcept {
    return load<std::uint64_t, Syntax::order>(body_ + at);
  }

  [[nodiscard]] QMFORGE_HOT bool tunnel(Outcome& outcome, std::span<const std::byte> input) const noexcept {
    constexpr auto tunnel = static_cast<std::uint32_t>(TrafficType::tunnel);
    if (input.size() < Frame::body_at + masks_at || u32(unions_at) != tunnel ||
        u32(unions_at + tunnel_union_size) != tunnel) [[unlikely]]
      return false;
    constexpr DataType v4 = DataType::v4AddrMask;
    constexpr DataType v6 = DataType::v6AddrMask;
    const auto local = static_cast<DataType>(u32(unions_at + word));
    const auto remote = static_cast<DataType>(u32(unions_at + tunnel_union_size + word));
    if (local == v4) return remote == v4 ? tunnel_of<v4, v4>(outcome, input) : tunnel_of<v4, v6>(outcome, input);
    return remote == v4 ? tunnel_of<v6, v4>(outcome, input) : tunnel_of<v6, v6>(outcome, input);
  }

  template <DataType local, DataType remote>
  [[nodiscard]] QMFORGE_HOT bool tunnel_of(Outcome& outcome, std::span<const std::byte> input) const noexcept {
    constexpr std::size_t local_at = begin_of<local, masks_at>;
    constexpr std::size_t remote_at = begin_of<remote, end_of<local, local_at>>;
    if (!points_to(unions_at, local) || !points_to(unions_at + tunnel_union_size, remote)) [[unlikely]]
      return false;
    if (!Frame::ends(input, end_of<remote, remote_at>)) [[unlikely]] {
      wrong_end<local, remote>(outcome, input);
      return true;
    }
    Event& out = *outcome;
    take_common(out, tunnel_ids_at);
    take_mask<local>(out.localSubNet, local_at);
    take_mask<remote>(out.remoteSubNet, remote_at);
    return true;
  }

  /// For a tunnel whose flat part is plain, but that does not end with its masks: says which one is cut short, or what
  /// follows them.
  template <DataType local, DataType remote>
  [[gnu::cold, gnu::noinline]] static void wrong_end(Outcome& outcome, std::span<const std::byte> input) noexcept {
    std::size_t size = 0;
    if (!Frame::size(input, size, outcome)) return;
    if (size < masks_at) {
      NdrEventReader<Syntax>::template read<Frame>(outcome, input, revision);
      return;
    }
    NdrReader<Syntax> reader(input.data() + Frame::body_at, size, Frame::body_at, outcome, masks_at);
    Event& event = *outcome;
    take_type(event.localSubNet, local);
    take_type(event.remoteSubNet, remote);
    if (reader.condition_pointee(event.localSubNet, Step::localSubNet) &&
        reader.condition_pointee(event.remoteSubNet, Step::remoteSubNet))
      reader.end(input.size());
  }

  /// Whether a tunnel's union holds a pointer, not NULL, to such a mask.
  [[nodiscard]] QMFORGE_HOT bool points_to(std::size_t at, DataType mask) const noexcept {
    const auto type = static_cast<std::uint32_t>(mask);
    return u32(at + word) == type && u32(at + 2 * word) == type && load<Word>(body_ + at + 3 * word) != 0;
  }

  QMFORGE_HOT void take_common(Event& out, std::size_t ids_at) const noexcept {
    out.failureErrorCode = u32(0);
    out.failurePoint = static_cast<FailurePoint>(u32(4));
    out.keyingModuleType = static_cast<KeyModuleType>(u32(8));
    out.qmState = static_cast<QmSaState>(u32(12));
    out.saRole = static_cast<SaRole>(u32(16));
    out.saTrafficType = static_cast<TrafficType>(u32(traffic_type_at));
    out.revision = revision;
    out.qmFilterId = u64(ids_at);
    if constexpr (revision == Revision::r1) {
      out.mmSaLuid = u64(ids_at + 8);
      Guid& guid = out.mmProviderContextKey;
      guid.data1 = u32(ids_at + 16);
      guid.data2 = load<std::uint16_t, Syntax::order>(body_ + ids_at + 20);
      guid.data3 = load<std::uint16_t, Syntax::order>(body_ + ids_at + 22);
      std::memcpy(guid.data4.data(), body_ + ids_at + 24, guid.data4.size());
    }
  }

  /// The type, and that there is no NULL pointer: one store, padding included, as stores are what a plain event costs.
  QMFORGE_HOT static void take_type(ConditionValue& out, DataType type) noexcept {
    const std::uint32_t type_and_not_null[] = {static_cast<std::uint32_t>(type), 0};
    static_assert(offsetof(ConditionValue, type) == 0 && offsetof(ConditionValue, isNull) == 4 &&
                  offsetof(ConditionValue, arm) == sizeof(type_and_not_null));
    std::memcpy(static_cast<void*>(&out), type_and_not_null, sizeof(type_and_not_null));
  }

  template <DataType mask>
  QMFORGE_HOT void take_mask(ConditionValue& out, std::size_t at) const noexcept {
    take_type(out, mask);
    if constexpr (mask == DataType::v4AddrMask) {
      out.v4AddrMask = {u32(at), u32(at + 4)};
    } else {
      std::memcpy(out.v6AddrMask.addr.data(), body_ + at, out.v6AddrMask.addr.size());
      out.v6AddrMask.prefixLength = load<std::uint8_t>(body_ + at + 16);
    }
  }

  const std::byte* body_;
};

}  // namespace qmforge::detail
