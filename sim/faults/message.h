// Reads and changes a message by its field map: the building blocks of the faults.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <initializer_list>
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

/// An edit before its bytes are copied: what is inserted repeats up to 8 bytes.
struct Change {
  std::uint64_t offset = 0;
  std::uint64_t removed = 0;   // how many bytes
  std::uint64_t inserted = 0;  // how many bytes: pattern[0], pattern[1] … and from its end pattern[0] again
  std::array<std::byte, 8> pattern{};

  [[nodiscard]] std::uint64_t end() const noexcept { return offset + removed; }
};

/// The few changes of a fault: ascending, without overlap.
class Changes {
 public:
  Changes() = default;
  Changes(std::initializer_list<Change> changes) {
    for (const Change& change : changes) push_back(change);
  }
  void push_back(const Change& change) {
    assert(count_ < changes_.size());
    changes_[count_++] = change;
  }
  [[nodiscard]] std::span<Change> all() noexcept { return std::span(changes_).first(count_); }
  [[nodiscard]] std::span<const Change> all() const noexcept { return std::span(changes_).first(count_); }

 private:
  std::array<Change, 6> changes_;
  std::size_t count_ = 0;
};

/// Replaces a wire field of at most 8 bytes with a number.
[[nodiscard]] Change overwrite(const EncodedMessage& message, const WireField& field, std::uint64_t value) noexcept;
[[nodiscard]] Change erase(std::uint64_t offset, std::uint64_t count) noexcept;
[[nodiscard]] Change insert(std::uint64_t offset, std::uint64_t count, std::byte filling = std::byte{0}) noexcept;

/// Replaces `out` with the changed bytes; does not reserve more than they need.
void change(std::span<const std::byte> original, const Changes& changes, std::vector<std::byte>& out);

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

/// NDR: the error for bytes in which something moved: each wire field is read at its old offset. Before `moved` they
/// are the message's. nullopt if the map does not determine the error: the first difference is another legal shape, or
/// there is no error. The position is approximate, since faults that move bytes are never combined.
[[nodiscard]] std::optional<ExpectedError> read_shifted(const EncodedMessage& message, std::span<const std::byte> bytes,
                                                        std::uint64_t moved);

/// How many bytes must be present at the target of a non-NULL pointer of an image.
[[nodiscard]] std::uint64_t reach(const EncodedMessage& message, const WireField& pointer) noexcept;

}  // namespace qmforge::sim
