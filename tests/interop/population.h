// The events that the engines are asked about, and their bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <memory_resource>
#include <span>
#include <vector>

#include "interop/engine.h"
#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"

namespace qmforge::interop {

/// Generated events, the same ones in every run: tunnels that hold each subnet of sim::Contents::edges on either side,
/// in both revisions, and as many random events of every kind as fill it up to `size`.
class Population {
 public:
  explicit Population(std::size_t size);

  [[nodiscard]] const std::vector<Event>& events() const { return events_; }

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> storage_;
  std::vector<Event> events_;
};

/// An event as our encoder writes it. `options` says all but the format and the byte order.
[[nodiscard]] sim::EncodedMessage encode(const Event& event, Encoding encoding, sim::EncodeOptions options = {});

/// Random answers to what a canonical encoding leaves no choice in: referent ids, fillers, padding, bytes after a bare
/// body, a string's max_count. Referent ids have 31 bits, because libndr takes no more than 32 in NDR64.
[[nodiscard]] sim::EncodeOptions any_legal_form(std::uint64_t seed);

/// What our two decoders make of bytes; a test failure where they differ. The event's views point into `bytes`.
[[nodiscard]] std::expected<Event, DecodeError> decode(std::span<const std::byte> bytes, Encoding encoding,
                                                       Revision revision);

}  // namespace qmforge::interop
