// Reading and changing a message by its datum map: what the faults are made of.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "qmforge/sim/faults.h"

namespace qmforge::sim {

[[nodiscard]] constexpr bool is_image(Format format) noexcept {
  return format == Format::native64 || format == Format::native32;
}

/// Bytes in a pointer, and of NDR in a count.
[[nodiscard]] constexpr std::uint64_t word_size(Format format) noexcept {
  return format == Format::ndr64 || format == Format::native64 ? 8 : 4;
}

/// A datum of at most 8 bytes as a number: in the message, or in other bytes of the same layout.
[[nodiscard]] std::uint64_t read(const EncodedMessage& message, const Datum& datum) noexcept;
[[nodiscard]] std::uint64_t read(const EncodedMessage& message, const Datum& datum,
                                 std::span<const std::byte> bytes) noexcept;

/// Puts a number where a datum of at most 8 bytes stands, or some bytes of one.
[[nodiscard]] Edit overwrite(const EncodedMessage& message, const Datum& datum, std::uint64_t value);
[[nodiscard]] Edit erase(const EncodedMessage& message, std::uint64_t offset, std::uint64_t count);
[[nodiscard]] Edit insert(std::uint64_t offset, std::uint64_t count, std::byte filling = std::byte{0});

/// Makes the edits. They are ascending and apart.
[[nodiscard]] std::vector<std::byte> edited(std::span<const std::byte> original, const std::vector<Edit>& edits);

/// When reading comes to a fault: faults are reported in this order. Before a datum (it does not fit) comes before
/// after it (it is wrong, or the one that it completes is).
using Moment = std::uint64_t;
[[nodiscard]] constexpr Moment before(std::uint32_t datum) noexcept { return 2 * Moment{datum}; }
[[nodiscard]] constexpr Moment after(std::uint32_t datum) noexcept { return 2 * Moment{datum} + 1; }
[[nodiscard]] inline Moment at_end(const EncodedMessage& message) noexcept {
  return 2 * Moment{message.map.data.size()};
}

/// What a decoder says, and when it comes to it.
struct Outcome {
  DecodeError error;
  Moment moment;
};

/// A datum is wrong in itself.
[[nodiscard]] Outcome wrong(ErrorCode code, const EncodedMessage& message, std::uint32_t datum);

/// ndr20: the index of ObjectBufferLength in the map. The header's second filler is read before it is judged.
inline constexpr std::uint32_t object_length_index = 4;
[[nodiscard]] Outcome wrong_object_length(const EncodedMessage& message);

/// What is said when the body, or the image, ends at `limit`; nullopt when nothing is missing.
[[nodiscard]] std::optional<Outcome> truncation(const EncodedMessage& message, std::uint64_t limit);

/// What is said of bytes whose parts were moved with respect to the message's (NDR): each datum is read where it was.
/// nullopt when that cannot be told from the map, because the first thing that has changed is not an error but another
/// shape, or no error comes at all. The moment is rough: what moves its surroundings makes no pair.
[[nodiscard]] std::optional<Outcome> misread(const EncodedMessage& message, std::span<const std::byte> bytes);

/// How many bytes must be there where a pointer of an image leads. It is not NULL.
[[nodiscard]] std::uint64_t reach(const EncodedMessage& message, const Datum& pointer) noexcept;

}  // namespace qmforge::sim
