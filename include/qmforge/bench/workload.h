// What benchmarks read: events and messages by name, all made by the simulator. CMake target qmforge::bench.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "qmforge/sim/encode.h"

namespace qmforge::bench {

/// An input and how it is to be read.
struct Message {
  std::vector<std::byte> bytes;
  DecodeOptions options;
};

/// The encodings that are measured. `ndr20-big` is Format::ndr20 in big-endian order.
inline constexpr std::array<std::string_view, 4> encodings = {"ndr20", "ndr20-big", "ndr64", "native64"};

/// The shapes that an event can have. `v4-r1` is revision 1; `v4-v6` has a local subnet of IPv4 and a remote one of
/// IPv6; the last four have arms that are not masks, the largest ones among them.
inline constexpr std::array<std::string_view, 12> shapes = {
    "transport", "transport-r1", "v4", "v4-r1", "v6", "v6-r1", "v4-v6", "v6-v4", "string", "blob", "range", "token"};

/// The shapes that a validator finds nothing wrong with.
inline constexpr std::size_t clean_shapes = 8;

/// Makes events and messages. What they point to lives as long as this does.
class Workload {
 public:
  /// An event of the shape, its contents drawn from `seed`.
  [[nodiscard]] Event event(std::string_view shape, std::uint64_t seed = 1);
  /// A tunnel whose token has `count` SIDs.
  [[nodiscard]] Event token(std::uint32_t count);

 private:
  std::pmr::monotonic_buffer_resource storage_;
};

[[nodiscard]] sim::EncodeOptions encode_options(std::string_view encoding);
[[nodiscard]] Message encode(const Event& event, std::string_view encoding);

/// The message with its last wire field cut off, so that reading fails at the very end.
[[nodiscard]] Message cut_late(Message message);
/// The message with its first discriminant (native64: its traffic type) made one that nothing has.
[[nodiscard]] Message broken_early(Message message);

/// Messages of one shape in ndr20, 256 contents in turn, filling about `size` bytes: more than the caches hold.
struct Stream {
  Stream(Workload& workload, std::string_view shape, std::size_t size);

  std::vector<std::byte> bytes;
  std::size_t message_size = 0;
};

/// `count` messages of all shapes in all encodings of `encodings`, each with contents of its own, in an order that has
/// no pattern.
[[nodiscard]] std::vector<Message> mix(Workload& workload, std::span<const std::string_view> shapes,
                                       std::span<const std::string_view> encodings, std::size_t count);

}  // namespace qmforge::bench
