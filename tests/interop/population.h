// The events that the engines get, and their bytes.
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

/// Generated events, the same in every run: tunnels with each subnet of sim::Contents::edges on either side, in both
/// revisions, and random events of every kind, up to `size` events in all.
class Population {
 public:
  explicit Population(std::size_t size);

  [[nodiscard]] const std::vector<Event>& events() const { return events_; }

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> storage_;
  std::vector<Event> events_;
};

/// An event as our encoder writes it. `encoding` overrides the format and the byte order of `options`.
[[nodiscard]] sim::EncodedMessage encode(const Event& event, Encoding encoding, sim::EncodeOptions options = {});

/// A random legal form: referent ids, fillers, padding, bytes after a bare body, a string's max_count. Referent ids
/// have 31 bits, because libndr accepts at most 32 in NDR64.
[[nodiscard]] sim::EncodeOptions any_legal_form(std::uint64_t seed);

/// The result of our two decoders; a test failure if they differ. The event's views point into `bytes`.
[[nodiscard]] std::expected<Event, DecodeError> decode(std::span<const std::byte> bytes, Encoding encoding,
                                                       Revision revision);

}  // namespace qmforge::interop
