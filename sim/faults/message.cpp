// Reads and changes a message by its field map.
#include "message.h"

#include <cstring>

namespace qmforge::sim {
namespace {

/// The common header of ndr20 is little-endian; the rest is in the message's own order.
bool is_little(const EncodedMessage& message, const WireField& field) noexcept {
  constexpr std::uint64_t common_header = 8;
  return message.options.format != Format::ndr20 || field.end() <= common_header ||
         message.options.order == std::endian::little;
}

/// An offset or a size within a message, which is in memory.
std::size_t in_memory(std::uint64_t number) noexcept { return static_cast<std::size_t>(number); }

}  // namespace

std::uint64_t read(const EncodedMessage& message, const WireField& field, std::span<const std::byte> bytes) noexcept {
  const bool little = is_little(message, field);
  std::uint64_t value = 0;
  for (std::uint64_t i = 0; i < field.size; ++i) {
    const std::uint64_t most_significant_first = little ? field.size - 1 - i : i;
    value = value << 8 | std::to_integer<std::uint64_t>(bytes[in_memory(field.offset + most_significant_first)]);
  }
  return value;
}

std::uint64_t read(const EncodedMessage& message, const WireField& field) noexcept {
  return read(message, field, message.bytes);
}

Change overwrite(const EncodedMessage& message, const WireField& field, std::uint64_t value) noexcept {
  const bool little = is_little(message, field);
  Change change{.offset = field.offset, .removed = field.size, .inserted = field.size};
  for (std::uint64_t i = 0; i < field.size; ++i)
    change.pattern[in_memory(little ? i : field.size - 1 - i)] = static_cast<std::byte>(value >> (8 * i));
  return change;
}

Change erase(std::uint64_t offset, std::uint64_t count) noexcept { return {.offset = offset, .removed = count}; }

Change insert(std::uint64_t offset, std::uint64_t count, std::byte filling) noexcept {
  Change change{.offset = offset, .inserted = count};
  change.pattern.fill(filling);
  return change;
}

void change(std::span<const std::byte> original, const Changes& changes, std::vector<std::byte>& out) {
  std::uint64_t size = original.size();
  for (const Change& change : changes.all()) size += change.inserted - change.removed;
  out.resize(in_memory(size));
  std::byte* to = out.data();
  std::uint64_t copied = 0;
  const auto copy_up_to = [&](std::uint64_t end) {
    if (end == copied) return;
    std::memcpy(to, original.data() + copied, in_memory(end - copied));
    to += end - copied;
  };
  for (const Change& change : changes.all()) {
    copy_up_to(change.offset);
    for (std::size_t i = 0; i < change.inserted; ++i) *to++ = change.pattern[i % change.pattern.size()];
    copied = change.end();
  }
  copy_up_to(original.size());
}

ExpectedError wrong(ErrorCode code, const EncodedMessage& message, std::uint32_t index) {
  const WireField& field = message.map.fields[index];
  return {{code, field.path, field.offset}, after_reading(index)};
}

ExpectedError wrong_object_length(const EncodedMessage& message) {
  ExpectedError expected = wrong(ErrorCode::objectLength, message, object_length_index);
  expected.position = after_reading(object_length_index + 1);
  return expected;
}

}  // namespace qmforge::sim
