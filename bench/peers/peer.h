// A peer: another way to read the like content from bytes. Each knows transport events and tunnels of masks, revision
// 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "qmforge/event.h"

namespace qmforge::bench {

class Peer {
 public:
  virtual ~Peer() = default;
  /// What the peer's own encoding makes of the event.
  [[nodiscard]] virtual std::vector<std::byte> encode(const Event& event) = 0;
  /// Checks the bytes as far as the peer does, and reads every field. The sum of the fields (an address's bytes taken
  /// as two or four integers), so that nothing is left out; 0 for bytes that it does not take.
  [[nodiscard]] virtual std::uint64_t read(std::span<const std::byte> bytes) = 0;
};

/// The sum that every peer has to come to.
[[nodiscard]] std::uint64_t sum_of_fields(const Event& event);

[[nodiscard]] std::unique_ptr<Peer> struct_cast();
[[nodiscard]] std::unique_ptr<Peer> flatbuffers_peer();
[[nodiscard]] std::unique_ptr<Peer> capnproto_peer();
[[nodiscard]] std::unique_ptr<Peer> libndr_peer();

}  // namespace qmforge::bench
