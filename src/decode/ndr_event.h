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
 public:
  NdrEventReader(NdrReader<Syntax>& reader, Event& event) noexcept : reader_(reader), event_(event) {}

  /// The whole object, trailing padding not included.
  bool read(Revision revision) noexcept {
    event_.revision = revision;
    if (!with_room(enumerations_size, [&]<Bounds b>() { return enumerations<b>(); })) return false;
    event_.localSubNet.type = event_.remoteSubNet.type = DataType::empty;
    event_.localSubNet.isNull = event_.remoteSubNet.isNull = false;
    return event_.has_subnets() ? tunnel() : transport();
  }

 private:
  using Reader = NdrReader<Syntax>;
  static constexpr std::size_t word = Reader::word_size;
  static constexpr std::size_t enumerations_size = 24;
  static constexpr std::size_t revision1_size = 24;
  /// Two discriminants and qmFilterId.
  static constexpr std::size_t transport_size = 2 * word + 8;
  /// Two discriminants, two values with pointers, and qmFilterId.
  static constexpr std::size_t tunnel_size = 2 * (word + Reader::pointer_value_size) + 8;

  /// Calls `read<Bounds>()` without bounds checks where there is room for all that it reads, else with them: the
  /// messages that are whole pay one check a part, and those that are cut short still get their exact error.
  template <class Read>
  bool with_room(std::size_t bytes, Read read) noexcept {
    if (reader_.has_room(bytes)) [[likely]]
      return read.template operator()<Bounds::ensured>();
    return read.template operator()<Bounds::checked>();
  }

  template <Bounds b, class Enum>
  bool enumeration(Enum& out, Step step) noexcept {
    std::uint32_t number = 0;
    if (!reader_.template integer<b>(number, step)) return false;
    out = static_cast<Enum>(number);
    return true;
  }

  template <Bounds b>
  bool enumerations() noexcept {
    return reader_.template integer<b>(event_.failureErrorCode, Step::failureErrorCode) &&
           enumeration<b>(event_.failurePoint, Step::failurePoint) &&
           enumeration<b>(event_.keyingModuleType, Step::keyingModuleType) &&
           enumeration<b>(event_.qmState, Step::qmState) && enumeration<b>(event_.saRole, Step::saRole) &&
           enumeration<b>(event_.saTrafficType, Step::saTrafficType);
  }

  /// A subnet union's discriminant. saTrafficType is the switch of both.
  template <Bounds b>
  bool traffic_discriminant(Step subnet) noexcept {
    return reader_.template discriminant<b>(static_cast<std::uint32_t>(event_.saTrafficType), subnet);
  }

  bool transport() noexcept {
    const bool whole = with_room(transport_size, [&]<Bounds b>() {
      if (!traffic_discriminant<b>(Step::localSubNet)) return false;
      if (!is_valid(event_.saTrafficType)) [[unlikely]]
        return reader_.unknown_discriminant(Step::localSubNet);
      return traffic_discriminant<b>(Step::remoteSubNet) &&
             reader_.template integer<b>(event_.qmFilterId, Step::qmFilterId);
    });
    return whole && revision1();
  }

  bool tunnel() noexcept {
    const bool whole = with_room(tunnel_size, [&]<Bounds b>() {
      return traffic_discriminant<b>(Step::localSubNet) &&
             reader_.template condition_value<b>(event_.localSubNet, Step::localSubNet) &&
             traffic_discriminant<b>(Step::remoteSubNet) &&
             reader_.template condition_value<b>(event_.remoteSubNet, Step::remoteSubNet) &&
             reader_.template integer<b>(event_.qmFilterId, Step::qmFilterId);
    });
    return whole && revision1() && reader_.condition_pointee(event_.localSubNet, Step::localSubNet) &&
           reader_.condition_pointee(event_.remoteSubNet, Step::remoteSubNet);
  }

  bool revision1() noexcept {
    if (event_.revision == Revision::r0) return true;
    return with_room(revision1_size, [&]<Bounds b>() {
      return reader_.template integer<b>(event_.mmSaLuid, Step::mmSaLuid) &&
             reader_.template guid<b>(event_.mmProviderContextKey, Step::mmProviderContextKey);
    });
  }

  Reader& reader_;
  Event& event_;
};

}  // namespace qmforge::detail
