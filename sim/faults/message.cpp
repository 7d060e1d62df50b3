// Reads and changes a message by its field map.
#include "message.h"

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

Edit overwrite(const EncodedMessage& message, const WireField& field, std::uint64_t value) {
  const bool little = is_little(message, field);
  Edit edit = erase(message, field.offset, field.size);
  edit.inserted.resize(in_memory(field.size));
  for (std::uint64_t i = 0; i < field.size; ++i)
    edit.inserted[in_memory(little ? i : field.size - 1 - i)] = static_cast<std::byte>(value >> (8 * i));
  return edit;
}

Edit erase(const EncodedMessage& message, std::uint64_t offset, std::uint64_t count) {
  const auto bytes = std::span(message.bytes).subspan(in_memory(offset), in_memory(count));
  return {offset, {bytes.begin(), bytes.end()}, {}};
}

Edit insert(std::uint64_t offset, std::uint64_t count, std::byte filling) {
  return {offset, {}, std::vector<std::byte>(in_memory(count), filling)};
}

std::vector<std::byte> edited(std::span<const std::byte> original, const std::vector<Edit>& edits) {
  std::vector<std::byte> bytes;
  bytes.reserve(original.size() + 64);
  const auto append = [&bytes](std::span<const std::byte> more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
  };
  std::uint64_t copied = 0;
  for (const Edit& edit : edits) {
    append(original.subspan(in_memory(copied), in_memory(edit.offset - copied)));
    append(edit.inserted);
    copied = edit.end();
  }
  append(original.subspan(in_memory(copied)));
  return bytes;
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
