// The inputs of benchmarks: generated events and messages, by name. CMake target qmforge::bench.
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

/// An input and its options.
struct Message {
  std::vector<std::byte> bytes;
  DecodeOptions options;
};

/// The encodings that are measured. `ndr20-big` is Format::ndr20 in big-endian order.
inline constexpr std::array<std::string_view, 4> encodings = {"ndr20", "ndr20-big", "ndr64", "native64"};

/// The shapes of events. `v4-r1` is revision 1; `v4-v6` has an IPv4 local and an IPv6 remote subnet; the subnets of the
/// last four are not masks, and some of these are large.
inline constexpr std::array<std::string_view, 12> shapes = {
    "transport", "transport-r1", "v4", "v4-r1", "v6", "v6-r1", "v4-v6", "v6-v4", "string", "blob", "range", "token"};

/// The number of shapes, from the first, that have no findings.
inline constexpr std::size_t clean_shapes = 8;

/// Generates events, and owns the memory that their views point to.
class Workload {
 public:
  /// An event of the shape, with contents from `seed`.
  [[nodiscard]] Event event(std::string_view shape, std::uint64_t seed = 1);
  /// A tunnel whose token has `count` SIDs.
  [[nodiscard]] Event token(std::uint32_t count);

 private:
  std::pmr::monotonic_buffer_resource storage_;
};

[[nodiscard]] sim::EncodeOptions encode_options(std::string_view encoding);
[[nodiscard]] Message encode(const Event& event, std::string_view encoding);

/// The message without its last wire field, so that decoding fails at the end.
[[nodiscard]] Message cut_late(Message message);
/// The message with an invalid first discriminant (native64: an invalid traffic type), so that decoding fails early.
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
