// Reading and changing a message by its datum map.
#include "message.h"

namespace qmforge::sim {
namespace {

/// The common header of ndr20 is little-endian; the rest is in the message's own order.
bool is_little(const EncodedMessage& message, const Datum& datum) noexcept {
  constexpr std::uint64_t common_header = 8;
  return message.options.format != Format::ndr20 || datum.end() <= common_header ||
         message.options.order == std::endian::little;
}

/// An offset or a size within a message, which is in memory.
std::size_t in_memory(std::uint64_t number) noexcept { return static_cast<std::size_t>(number); }

}  // namespace

std::uint64_t read(const EncodedMessage& message, const Datum& datum, std::span<const std::byte> bytes) noexcept {
  const bool little = is_little(message, datum);
  std::uint64_t value = 0;
  for (std::uint64_t i = 0; i < datum.size; ++i) {
    const std::uint64_t most_significant_first = little ? datum.size - 1 - i : i;
    value = value << 8 | std::to_integer<std::uint64_t>(bytes[in_memory(datum.offset + most_significant_first)]);
  }
  return value;
}

std::uint64_t read(const EncodedMessage& message, const Datum& datum) noexcept {
  return read(message, datum, message.bytes);
}

Edit overwrite(const EncodedMessage& message, const Datum& datum, std::uint64_t value) {
  const bool little = is_little(message, datum);
  Edit edit = erase(message, datum.offset, datum.size);
  edit.inserted.resize(in_memory(datum.size));
  for (std::uint64_t i = 0; i < datum.size; ++i)
    edit.inserted[in_memory(little ? i : datum.size - 1 - i)] = static_cast<std::byte>(value >> (8 * i));
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

Outcome wrong(ErrorCode code, const EncodedMessage& message, std::uint32_t datum) {
  const Datum& d = message.map.data[datum];
  return {{code, d.field, d.offset}, after(datum)};
}

Outcome wrong_object_length(const EncodedMessage& message) {
  Outcome outcome = wrong(ErrorCode::objectLength, message, object_length_index);
  outcome.moment = after(object_length_index + 1);
  return outcome;
}

}  // namespace qmforge::sim
