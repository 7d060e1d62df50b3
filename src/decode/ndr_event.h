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
    Event& event = *outcome;
    if (!reader.numbers(event)) return;
    const auto traffic_type = static_cast<std::uint32_t>(event.saTrafficType);
    if (!reader.discriminant(traffic_type, Step::localSubNet)) return;
    if (event.has_subnets()) {
      tunnel(reader, event, revision, input.size());
    } else if (!is_valid(event.saTrafficType)) {
      reader.unknown_discriminant(Step::localSubNet);
    } else if (reader.discriminant(traffic_type, Step::remoteSubNet) && ids(reader, event, revision)) {
      reader.end(input.size());  // TRANSPORT: one whose every part is right is plain, so that something is wrong here
    }
  }

 private:
  /// What follows a tunnel's first discriminant. Out of line and by a copy of the reader, which can so live in
  /// registers.
  [[gnu::noinline]] static void tunnel(Reader reader, Event& event, Revision revision,
                                       std::size_t input_size) noexcept {
    constexpr auto tag = static_cast<std::uint32_t>(TrafficType::tunnel);
    if (reader.condition_value(event.localSubNet, Step::localSubNet) && reader.discriminant(tag, Step::remoteSubNet) &&
        reader.condition_value(event.remoteSubNet, Step::remoteSubNet) && ids(reader, event, revision) &&
        reader.condition_pointee(event.localSubNet, Step::localSubNet) &&
        reader.condition_pointee(event.remoteSubNet, Step::remoteSubNet))
      reader.end(input_size);
  }

  /// What follows the unions.
  QMFORGE_HOT static bool ids(Reader& reader, Event& event, Revision revision) noexcept {
    event.revision = revision;
    if (!reader.integer(event.qmFilterId, Step::qmFilterId)) return false;
    return revision == Revision::r0 || (reader.integer(event.mmSaLuid, Step::mmSaLuid) &&
                                        reader.guid(event.mmProviderContextKey, Step::mmProviderContextKey));
  }
};

}  // namespace qmforge::detail
