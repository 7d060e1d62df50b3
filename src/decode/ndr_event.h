// Reads any NDR event. docs/format.md 2.3 and 2.4
#pragma once

#include <span>

#include "members.h"
#include "ndr20_header.h"
#include "ndr_reader.h"
#include "transfer_syntax.h"

namespace qmforge::detail {

template <class Syntax, Framing framing>
class NdrEventReader {
  using Reader = NdrReader<Syntax>;

 public:
  /// Reads a body of `size` bytes, and checks the bytes after the object.
  QMFORGE_NOINLINE static void read(Outcome& outcome, std::span<const std::byte> input, std::size_t size,
                                    Revision revision) noexcept {
    constexpr std::size_t body_at = framing == Framing::header ? Ndr20Header::size : 0;
    Reader reader(input.data() + body_at, size, body_at, outcome);
    std::uint32_t traffic_type = 0;
    if (!reader.scalars(traffic_type) || !reader.discriminant(traffic_type, Step::localSubNet)) return;
    Event& event = *outcome;
    read_scalars<Syntax::order>(event, input.data() + body_at);
    event.saTrafficType = static_cast<TrafficType>(traffic_type);
    event.revision = revision;
    if (event.has_subnets())
      read_tunnel(reader, event, input.size());
    else if (!is_valid(event.saTrafficType))
      reader.unknown_discriminant(Step::localSubNet);
    else
      read_transport(reader, event, input.size());
  }

 private:
  // The rest of the body after the first discriminant.

  QMFORGE_NOINLINE static void read_transport(Reader reader, Event& event, std::size_t input_size) noexcept {
    constexpr auto tag = static_cast<std::uint32_t>(TrafficType::transport);
    set_type(event.localSubNet, DataType::empty);
    set_type(event.remoteSubNet, DataType::empty);
    if (reader.discriminant(tag, Step::remoteSubNet) && read_ids(reader, event)) reader.end(input_size);
  }

  QMFORGE_NOINLINE static void read_tunnel(Reader reader, Event& event, std::size_t input_size) noexcept {
    constexpr auto tag = static_cast<std::uint32_t>(TrafficType::tunnel);
    if (reader.condition_value(event.localSubNet, Step::localSubNet) && reader.discriminant(tag, Step::remoteSubNet) &&
        reader.condition_value(event.remoteSubNet, Step::remoteSubNet) && read_ids(reader, event) &&
        reader.condition_pointee(event.localSubNet, Step::localSubNet) &&
        reader.condition_pointee(event.remoteSubNet, Step::remoteSubNet))
      reader.end(input_size);
  }

  /// The rest of the body after the unions.
  QMFORGE_INLINE static bool read_ids(Reader& reader, Event& event) noexcept {
    if (!reader.integer(event.qmFilterId, Step::qmFilterId)) return false;
    return event.revision == Revision::r0 || (reader.integer(event.mmSaLuid, Step::mmSaLuid) &&
                                              reader.guid(event.mmProviderContextKey, Step::mmProviderContextKey));
  }
};

}  // namespace qmforge::detail
