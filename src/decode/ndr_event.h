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

#include <array>

#include "ndr_reader.h"

namespace qmforge::detail {

template <class Syntax>
class NdrEventReader {
  using Reader = NdrReader<Syntax>;

 public:
  /// Whether the event that begins here may be read with Bounds::ensured: its flat part is there, and its subnets,
  /// where it has any, are masks. Almost every event is plain.
  [[nodiscard]] QMFORGE_HOT static bool is_plain(const Reader& reader, Revision revision) noexcept {
    const std::size_t additions = static_cast<std::size_t>(revision) * revision1_size;
    if (!reader.fits(enumerations_size + transport_size + additions)) [[unlikely]]
      return false;
    if (reader.peek(traffic_type_at) != static_cast<std::uint32_t>(TrafficType::tunnel)) return true;
    return reader.fits(enumerations_size + tunnel_size + additions) && is_mask(reader.peek(local_type_at)) &&
           is_mask(reader.peek(local_type_at + pointer_union_size));
  }

  /// The whole object, trailing padding not included.
  template <Bounds b>
  QMFORGE_HOT static bool read(Reader& reader, Event& event, Revision revision) noexcept {
    event.revision = revision;
    if (!enumerations<b>(reader, event)) return false;
    if (event.has_subnets())
      return subnet<b>(reader, event.localSubNet, Step::localSubNet) &&
             subnet<b>(reader, event.remoteSubNet, Step::remoteSubNet) && ids<b>(reader, event) &&
             reader.template condition_pointee<b>(event.localSubNet, Step::localSubNet) &&
             reader.template condition_pointee<b>(event.remoteSubNet, Step::remoteSubNet);
    event.localSubNet.type = event.remoteSubNet.type = DataType::empty;
    event.localSubNet.isNull = event.remoteSubNet.isNull = false;
    const auto traffic_type = static_cast<std::uint32_t>(event.saTrafficType);
    if (!reader.template discriminant<b>(traffic_type, Step::localSubNet)) return false;
    if (!is_valid(event.saTrafficType)) [[unlikely]]
      return reader.unknown_discriminant(Step::localSubNet);
    return reader.template discriminant<b>(traffic_type, Step::remoteSubNet) && ids<b>(reader, event);
  }

 private:
  static constexpr std::size_t word = Reader::word_size;
  static constexpr std::size_t enumerations_size = 24;
  static constexpr std::size_t traffic_type_at = 20;
  static constexpr std::size_t local_type_at = enumerations_size + word;
  static constexpr std::size_t revision1_size = 24;
  /// Two discriminants and qmFilterId.
  static constexpr std::size_t transport_size = 2 * word + 8;
  /// A union: the discriminant, and a value with a pointer.
  static constexpr std::size_t pointer_union_size = word + Reader::pointer_value_size;
  /// Two such unions and qmFilterId.
  static constexpr std::size_t tunnel_size = 2 * pointer_union_size + 8;

  /// The masks are what a subnet is for.
  [[nodiscard]] static constexpr bool is_mask(std::uint32_t type) noexcept {
    return type == static_cast<std::uint32_t>(DataType::v4AddrMask) ||
           type == static_cast<std::uint32_t>(DataType::v6AddrMask);
  }

  /// Stored together after the last one has been read, which is cheaper than one by one.
  template <Bounds b>
  QMFORGE_HOT static bool enumerations(Reader& reader, Event& event) noexcept {
    std::uint32_t code = 0;
    std::uint32_t point = 0;
    std::uint32_t module = 0;
    std::uint32_t state = 0;
    std::uint32_t role = 0;
    std::uint32_t traffic = 0;
    if (!reader.template integer<b>(code, Step::failureErrorCode) ||
        !reader.template integer<b>(point, Step::failurePoint) ||
        !reader.template integer<b>(module, Step::keyingModuleType) ||
        !reader.template integer<b>(state, Step::qmState) || !reader.template integer<b>(role, Step::saRole) ||
        !reader.template integer<b>(traffic, Step::saTrafficType))
      return false;
    event.failureErrorCode = code;
    event.failurePoint = static_cast<FailurePoint>(point);
    event.keyingModuleType = static_cast<KeyModuleType>(module);
    event.qmState = static_cast<QmSaState>(state);
    event.saRole = static_cast<SaRole>(role);
    event.saTrafficType = static_cast<TrafficType>(traffic);
    return true;
  }

  /// The union of a tunnel's subnet: the discriminant, and the value's flat part.
  template <Bounds b>
  QMFORGE_HOT static bool subnet(Reader& reader, ConditionValue& out, Step field) noexcept {
    return reader.template discriminant<b>(static_cast<std::uint32_t>(TrafficType::tunnel), field) &&
           reader.template condition_value<b>(out, field);
  }

  /// What follows the unions.
  template <Bounds b>
  QMFORGE_HOT static bool ids(Reader& reader, Event& event) noexcept {
    if (!reader.template integer<b>(event.qmFilterId, Step::qmFilterId)) return false;
    return event.revision == Revision::r0 ||
           (reader.template integer<b>(event.mmSaLuid, Step::mmSaLuid) &&
            reader.template guid<b>(event.mmProviderContextKey, Step::mmProviderContextKey));
  }
};

}  // namespace qmforge::detail
