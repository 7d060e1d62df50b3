// Reads an event's NDR body. The offsets of the flat part, up to the first arm that is held inline:
//
//             NDR20                                     NDR64
//      0      failureErrorCode … saTrafficType, u32     the same
//     24      localSubNet: discriminant u32             discriminant u32, 4 pad
//             TRANSPORT: nothing                        nothing
//     28/32   TUNNEL: FWP_CONDITION_VALUE0              FWP_CONDITION_VALUE0
//             remoteSubNet: the same                    the same
//             qmFilterId u64, aligned to 8              qmFilterId u64
//             revision 1: mmSaLuid u64, GUID            the same
//             localSubNet's pointee, remoteSubNet's     the same
#pragma once

#include "ndr_reader.h"

namespace qmforge::detail {

template <class Syntax>
class NdrEventReader {
  using Reader = NdrReader<Syntax>;

 public:
  /// The whole object, trailing padding not included.
  QMFORGE_HOT static bool read(Reader& reader, Event& event, Revision revision) noexcept {
    event.revision = revision;
    event.localSubNet.type = event.remoteSubNet.type = DataType::empty;
    event.localSubNet.isNull = event.remoteSubNet.isNull = false;
    if (!enumerations(reader, event)) return false;
    return event.has_subnets() ? tunnel(reader, event) : transport(reader, event);
  }

 private:
  static constexpr std::size_t word = Reader::word_size;
  static constexpr std::size_t enumerations_size = 24;
  static constexpr std::size_t revision1_size = 24;
  /// Two discriminants and qmFilterId.
  static constexpr std::size_t transport_size = 2 * word + 8;
  /// Two discriminants, two values with pointers, and qmFilterId.
  static constexpr std::size_t tunnel_size = 2 * (word + Reader::pointer_value_size) + 8;

  template <Bounds b, class Enum>
  QMFORGE_HOT static bool enumeration(Reader& reader, Enum& out, Step step) noexcept {
    std::uint32_t number = 0;
    if (!reader.template integer<b>(number, step)) return false;
    out = static_cast<Enum>(number);
    return true;
  }

  QMFORGE_HOT static bool enumerations(Reader& reader, Event& event) noexcept {
    return reader.with_room(enumerations_size, [&]<Bounds b> [[gnu::always_inline]] (Reader & r) noexcept {
      return r.template integer<b>(event.failureErrorCode, Step::failureErrorCode) &&
             enumeration<b>(r, event.failurePoint, Step::failurePoint) &&
             enumeration<b>(r, event.keyingModuleType, Step::keyingModuleType) &&
             enumeration<b>(r, event.qmState, Step::qmState) && enumeration<b>(r, event.saRole, Step::saRole) &&
             enumeration<b>(r, event.saTrafficType, Step::saTrafficType);
    });
  }

  /// A subnet union's discriminant. saTrafficType is the switch of both.
  template <Bounds b>
  QMFORGE_HOT static bool traffic_discriminant(Reader& reader, const Event& event, Step subnet) noexcept {
    return reader.template discriminant<b>(static_cast<std::uint32_t>(event.saTrafficType), subnet);
  }

  QMFORGE_HOT static bool transport(Reader& reader, Event& event) noexcept {
    const bool whole = reader.with_room(transport_size, [&]<Bounds b> [[gnu::always_inline]] (Reader & r) noexcept {
      if (!traffic_discriminant<b>(r, event, Step::localSubNet)) return false;
      if (!is_valid(event.saTrafficType)) [[unlikely]]
        return r.unknown_discriminant(Step::localSubNet);
      return traffic_discriminant<b>(r, event, Step::remoteSubNet) &&
             r.template integer<b>(event.qmFilterId, Step::qmFilterId);
    });
    return whole && revision1(reader, event);
  }

  QMFORGE_HOT static bool tunnel(Reader& reader, Event& event) noexcept {
    const bool whole = reader.with_room(tunnel_size, [&]<Bounds b> [[gnu::always_inline]] (Reader & r) noexcept {
      return traffic_discriminant<b>(r, event, Step::localSubNet) &&
             r.template condition_value<b>(event.localSubNet, Step::localSubNet) &&
             traffic_discriminant<b>(r, event, Step::remoteSubNet) &&
             r.template condition_value<b>(event.remoteSubNet, Step::remoteSubNet) &&
             r.template integer<b>(event.qmFilterId, Step::qmFilterId);
    });
    return whole && revision1(reader, event) && reader.condition_pointee(event.localSubNet, Step::localSubNet) &&
           reader.condition_pointee(event.remoteSubNet, Step::remoteSubNet);
  }

  QMFORGE_HOT static bool revision1(Reader& reader, Event& event) noexcept {
    if (event.revision == Revision::r0) return true;
    return reader.with_room(revision1_size, [&]<Bounds b> [[gnu::always_inline]] (Reader & r) noexcept {
      return r.template integer<b>(event.mmSaLuid, Step::mmSaLuid) &&
             r.template guid<b>(event.mmProviderContextKey, Step::mmProviderContextKey);
    });
  }
};

}  // namespace qmforge::detail
