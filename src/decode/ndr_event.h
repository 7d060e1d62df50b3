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

#include <span>

#include "ndr_reader.h"

namespace qmforge::detail {

template <class Syntax>
class NdrEventReader {
  using Reader = NdrReader<Syntax>;

 public:
  /// Reads what `Frame` says is the body, and judges what follows the object. Out of line, so that it costs what is
  /// plain nothing.
  template <class Frame>
  [[gnu::noinline]] static void read(Outcome& outcome, std::span<const std::byte> input, Revision revision) noexcept {
    std::size_t size = 0;
    if (!Frame::size(input, size, outcome)) return;
    Reader reader(input.data() + Frame::body_at, size, Frame::body_at, outcome);
    if (object(reader, *outcome, revision)) reader.end(input.size());
  }

 private:
  /// The whole object, trailing padding not included.
  QMFORGE_HOT static bool object(Reader& reader, Event& event, Revision revision) noexcept {
    event.revision = revision;
    if (!enumerations(reader, event)) return false;
    if (event.has_subnets())
      return subnet(reader, event.localSubNet, Step::localSubNet) &&
             subnet(reader, event.remoteSubNet, Step::remoteSubNet) && ids(reader, event) &&
             reader.condition_pointee(event.localSubNet, Step::localSubNet) &&
             reader.condition_pointee(event.remoteSubNet, Step::remoteSubNet);
    // TRANSPORT, or no traffic type. One whose every part is right is plain, so that something is wrong with this one.
    const auto traffic_type = static_cast<std::uint32_t>(event.saTrafficType);
    if (!reader.discriminant(traffic_type, Step::localSubNet)) return false;
    if (!is_valid(event.saTrafficType)) [[unlikely]]
      return reader.unknown_discriminant(Step::localSubNet);
    return reader.discriminant(traffic_type, Step::remoteSubNet) && ids(reader, event);
  }

  /// Stored together after the last one has been read, which is cheaper than one by one.
  QMFORGE_HOT static bool enumerations(Reader& reader, Event& event) noexcept {
    std::uint32_t code = 0;
    std::uint32_t point = 0;
    std::uint32_t module = 0;
    std::uint32_t state = 0;
    std::uint32_t role = 0;
    std::uint32_t traffic = 0;
    if (!reader.integer(code, Step::failureErrorCode) || !reader.integer(point, Step::failurePoint) ||
        !reader.integer(module, Step::keyingModuleType) || !reader.integer(state, Step::qmState) ||
        !reader.integer(role, Step::saRole) || !reader.integer(traffic, Step::saTrafficType))
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
  QMFORGE_HOT static bool subnet(Reader& reader, ConditionValue& out, Step field) noexcept {
    return reader.discriminant(static_cast<std::uint32_t>(TrafficType::tunnel), field) &&
           reader.condition_value(out, field);
  }

  /// What follows the unions.
  QMFORGE_HOT static bool ids(Reader& reader, Event& event) noexcept {
    if (!reader.integer(event.qmFilterId, Step::qmFilterId)) return false;
    return event.revision == Revision::r0 || (reader.integer(event.mmSaLuid, Step::mmSaLuid) &&
                                              reader.guid(event.mmProviderContextKey, Step::mmProviderContextKey));
  }
};

}  // namespace qmforge::detail
