#include "qmforge/bench/workload.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <stdexcept>

#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"

namespace qmforge::bench {

namespace {

Sid administrators() {
  static constexpr std::array<std::uint32_t, 2> sub_authority = {32, 544};
  return {1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(sub_authority)};
}

ConditionValue range_of_numbers() {
  ConditionValue range(DataType::range);
  range.rangeValue.valueLow = Value(DataType::uint32);
  range.rangeValue.valueLow.arm.uint32 = 1;
  range.rangeValue.valueHigh = Value(DataType::uint64);
  range.rangeValue.valueHigh.arm.uint64 = 99;
  return range;
}

/// FWP_TOKEN_INFORMATION with `count` SIDs, which lie in `storage`.
ConditionValue tokens(std::pmr::memory_resource& storage, std::uint32_t count) {
  std::pmr::polymorphic_allocator<> allocate(&storage);
  const std::span sids(allocate.allocate_object<SidAndAttributes>(count), count);
  std::ranges::uninitialized_fill(sids, SidAndAttributes{administrators(), 7});
  ConditionValue value(DataType::tokenInformation);
  value.arm.tokenInformation = {count, 0, SidAndAttributesView(std::span<const SidAndAttributes>(sids)), {}};
  return value;
}

}  // namespace

Event Workload::event(std::string_view shape, std::uint64_t seed) {
  using enum DataType;
  sim::Profile profile{.validity = sim::Validity::clean};
  profile.revision = shape.ends_with("-r1") ? Revision::r1 : Revision::r0;
  profile.traffic_type = shape.starts_with("transport") ? TrafficType::transport : TrafficType::tunnel;
  const bool masks = shape.starts_with("v4") || shape.starts_with("v6");
  const DataType local = shape.starts_with("v6") ? v6AddrMask : v4AddrMask;
  const DataType remote = shape == "v4-v6" ? v6AddrMask : shape == "v6-v4" ? v4AddrMask : local;
  // Subnets of different families cause a warning, not an error.
  if (local != remote) profile.validity = sim::Validity::valid;
  sim::RandomChoices choices(seed);
  Event event = sim::generate(choices, profile, storage_);
  for (std::uint64_t next = seed; masks && (event.localSubNet.type != local || event.remoteSubNet.type != remote);) {
    choices.reseed(next += 1'000'003);
    event = sim::generate(choices, profile, storage_);
  }
  static constexpr std::u16string_view text = u"a subnet that is a string, which the encodings allow";
  static constexpr std::array<std::byte, 256> bytes{};
  if (shape == "string") {
    event.localSubNet = event.remoteSubNet = ConditionValue(unicodeString);
    event.localSubNet.arm.unicodeString = event.remoteSubNet.arm.unicodeString =
        Utf16View(std::span<const char16_t>(text));
  } else if (shape == "blob") {
    event.localSubNet = event.remoteSubNet = ConditionValue(byteBlob);
    event.localSubNet.arm.byteBlob = event.remoteSubNet.arm.byteBlob = {bytes.size(), bytes.data()};
  } else if (shape == "range") {
    event.localSubNet = event.remoteSubNet = range_of_numbers();
  } else if (shape == "token") {
    event.localSubNet = event.remoteSubNet = tokens(storage_, 8);
  } else if (!masks && !shape.starts_with("transport")) {
    throw std::invalid_argument("no such shape: " + std::string(shape));
  }
  return event;
}

Event Workload::token(std::uint32_t count) {
  Event event = this->event("v4");
  event.localSubNet = tokens(storage_, count);
  event.remoteSubNet = ConditionValue(DataType::empty);
  return event;
}

sim::EncodeOptions encode_options(std::string_view encoding) {
  sim::EncodeOptions options;
  if (encoding == "ndr20-big") options.order = std::endian::big;
  if (encoding == "ndr64") options.format = Format::ndr64;
  if (encoding == "native64") options.format = Format::native64;
  return options;
}

Message encode(const Event& event, std::string_view encoding) {
  const sim::EncodeOptions options = encode_options(encoding);
  Message message;
  if (!sim::encode(event, options, message.bytes)) throw std::logic_error("an event that cannot be encoded");
  message.options = {.format = options.format, .revision = event.revision, .image_base = options.image_base};
  return message;
}

Message cut_late(Message message) {
  auto& bytes = message.bytes;
  if (message.options.format != Format::ndr20) {
    bytes.pop_back();
    return message;
  }
  // ObjectBufferLength is a multiple of 8, and up to 7 bytes are padding: so removes 8, also in ObjectBufferLength.
  bytes.resize(bytes.size() - 8);
  const bool big = bytes[1] == std::byte{0};
  for (std::size_t i = 0; i < 4; ++i)
    bytes[8 + (big ? 3 - i : i)] = static_cast<std::byte>((bytes.size() - 16) >> (8 * i));
  return message;
}

Message broken_early(Message message) {
  const std::size_t at = message.options.format == Format::ndr20   ? 16 + 24
                         : message.options.format == Format::ndr64 ? 24
                                                                   : 20;
  std::fill_n(message.bytes.begin() + static_cast<std::ptrdiff_t>(at), 4, std::byte{9});
  return message;
}

Stream::Stream(Workload& workload, std::string_view shape, std::size_t size) : bytes(size) {
  std::size_t end = 0;
  for (std::uint64_t seed = 1;; seed = seed % 256 + 1) {
    const Message message = encode(workload.event(shape, seed), "ndr20");
    if (message_size != 0 && message.bytes.size() != message_size) throw std::logic_error("one shape, two sizes");
    message_size = message.bytes.size();
    if (end + message_size > size) break;
    // The messages after the first 256 repeat these.
    if (seed == 1 && end != 0) break;
    std::memcpy(bytes.data() + end, message.bytes.data(), message_size);
    end += message_size;
  }
  for (const std::size_t period = end; end + message_size <= size; end += message_size)
    std::memcpy(bytes.data() + end, bytes.data() + end - period, message_size);
  bytes.resize(end);
}

std::vector<Message> mix(Workload& workload, std::span<const std::string_view> shapes_of_mix,
                         std::span<const std::string_view> encodings_of_mix, std::size_t count) {
  // A few hundred different contents of each shape are enough; only the order must be random.
  constexpr std::uint64_t contents = 256;
  std::vector<Message> pool;
  for (const std::string_view shape : shapes_of_mix)
    for (const std::string_view encoding : encodings_of_mix)
      for (std::uint64_t seed = 1; seed <= contents; ++seed)
        pool.push_back(encode(workload.event(shape, seed), encoding));
  std::mt19937_64 random(20'26);
  std::vector<Message> messages;
  messages.reserve(count);
  for (std::size_t i = 0; i < count; ++i) messages.push_back(pool[random() % pool.size()]);
  return messages;
}

}  // namespace qmforge::bench
