// Reads and changes a message by its field map: the building blocks of the faults.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "qmforge/sim/faults.h"

namespace qmforge::sim {

/// The size of a pointer, and in NDR of a count, in bytes.
[[nodiscard]] constexpr std::uint64_t word_size(Format format) noexcept {
  return format == Format::ndr64 || format == Format::native64 ? 8 : 4;
}

/// A wire field of at most 8 bytes as a number: in the message, or in other bytes of the same layout.
[[nodiscard]] std::uint64_t read(const EncodedMessage& message, const WireField& field) noexcept;
[[nodiscard]] std::uint64_t read(const EncodedMessage& message, const WireField& field,
                                 std::span<const std::byte> bytes) noexcept;

/// Replaces a wire field of at most 8 bytes with a number.
[[nodiscard]] Edit overwrite(const EncodedMessage& message, const WireField& field, std::uint64_t value);
[[nodiscard]] Edit erase(const EncodedMessage& message, std::uint64_t offset, std::uint64_t count);
[[nodiscard]] Edit insert(std::uint64_t offset, std::uint64_t count, std::byte filling = std::byte{0});

/// Applies the edits, which must be ascending, without overlap.
[[nodiscard]] std::vector<std::byte> edited(std::span<const std::byte> original, const std::vector<Edit>& edits);

/// When a reader detects a fault; the reader reports the fault with the lowest position. It detects before reading a
/// wire field that the field does not fit, and after reading it that its value is wrong.
using ReadPosition = std::uint64_t;
[[nodiscard]] constexpr ReadPosition before_reading(std::uint32_t index) noexcept { return 2 * ReadPosition{index}; }
[[nodiscard]] constexpr ReadPosition after_reading(std::uint32_t index) noexcept { return 2 * ReadPosition{index} + 1; }
[[nodiscard]] inline ReadPosition at_end(const EncodedMessage& message) noexcept {
  return 2 * ReadPosition{message.map.fields.size()};
}

/// The error that a decoder must report, and when it detects it.
struct ExpectedError {
  DecodeError error;
  ReadPosition position;
};

/// The error for a wire field with a wrong value.
[[nodiscard]] ExpectedError wrong(ErrorCode code, const EncodedMessage& message, std::uint32_t index);

/// ndr20: the index of ObjectBufferLength in the map. It is checked after the second filler is read.
inline constexpr std::uint32_t object_length_index = 4;
[[nodiscard]] ExpectedError wrong_object_length(const EncodedMessage& message);

/// The error if the body, or the image, ends at `limit`; nullopt if nothing is missing.
[[nodiscard]] std::optional<ExpectedError> truncation(const EncodedMessage& message, std::uint64_t limit);

/// NDR: the error for bytes in which something moved: each wire field is read at its old offset. nullopt if the map
/// does not determine the error: the first difference is another legal shape, or there is no error. The position is
/// approximate, since faults that move bytes are never combined.
[[nodiscard]] std::optional<ExpectedError> read_shifted(const EncodedMessage& message,
                                                        std::span<const std::byte> bytes);

/// How many bytes must be present at the target of a non-NULL pointer of an image.
[[nodiscard]] std::uint64_t reach(const EncodedMessage& message, const WireField& pointer) noexcept;

}  // namespace qmforge::sim
