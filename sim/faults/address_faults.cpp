// Faults of the addresses in a memory image: outside, at its edges, and three that are unusual but legal.
#include <algorithm>
#include <array>
#include <cstring>

#include "fault_impl.h"

namespace qmforge::sim {
namespace {

std::uint64_t base_of(const EncodedMessage& message) { return message.options.image_base; }
std::uint64_t end_of(const EncodedMessage& message) { return base_of(message) + message.bytes.size(); }

std::uint64_t highest_address(const EncodedMessage& message) {
  return word_size(message.options.format) == 8 ? ~std::uint64_t{0} : 0xffffffff;
}

bool is_inside(const EncodedMessage& message, std::uint64_t address) {
  return address >= base_of(message) && address - base_of(message) < message.bytes.size();
}

template <class Visitor>
void for_each_address(const EncodedMessage& message, Visitor&& visit) {
  for_each_field(message, FieldKind::pointer, [&](std::uint32_t i, const WireField& pointer) {
    if (pointer.partner != WireField::none) visit(i, pointer);
  });
}

const WireField& first_of(const EncodedMessage& message, const WireField& pointer) {
  return message.map.fields[pointer.partner];
}

bool points_to_string(const EncodedMessage& message, const WireField& pointer) {
  return first_of(message, pointer).kind == FieldKind::units;
}

/// How many bytes a reader needs at once. It knows a SID's length only after it read the first 8 bytes.
std::uint64_t needed_at_once(const EncodedMessage& message, const WireField& pointer) {
  const WireField& first = first_of(message, pointer);
  return first.path.step(first.path.depth() - 1) == Step::revision ? 8 : reach(message, pointer);
}

Mutation put_bad(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.fields[site.field], site.value)},
          wrong(ErrorCode::badAddress, message, site.field),
          {}};
}

Mutation put_last_byte(const EncodedMessage& message, const Site& site) {
  Mutation mutation = put_bad(message, site);
  if (points_to_string(message, message.map.fields[site.field]))
    mutation.expected->error.code = ErrorCode::stringUnterminated;
  return mutation;
}

// What follows is for legal addresses: the event's value is what the image holds there.

std::uint64_t little_endian(std::span<const std::byte> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  return value;
}

template <std::size_t n>
std::array<std::uint8_t, n> byte_array(std::span<const std::byte> bytes) {
  std::array<std::uint8_t, n> array;
  std::memcpy(array.data(), bytes.data(), n);
  return array;
}

/// Reads an arm of fixed size without pointers; false for other arms.
bool read_arm(DataType type, ValueArm& arm, std::span<const std::byte> bytes) {
  switch (type) {
    case DataType::uint64: arm.uint64 = little_endian(bytes.first(8)); return true;
    case DataType::int64: arm.int64 = static_cast<std::int64_t>(little_endian(bytes.first(8))); return true;
    case DataType::double64: arm.double64 = little_endian(bytes.first(8)); return true;
    case DataType::byteArray16: arm.byteArray16 = byte_array<16>(bytes); return true;
    case DataType::byteArray6: arm.byteArray6 = byte_array<6>(bytes); return true;
    case DataType::bitmapArray64: arm.bitmapArray64 = byte_array<8>(bytes); return true;
    default: return false;
  }
}

/// Sets the pointee of the pointer at `path` from bytes. False if the pointee has no fixed size, or holds pointers.
bool read_pointee(Event& event, const FieldPath& path, std::span<const std::byte> bytes) {
  ConditionValue& subnet = path.step(0) == Step::localSubNet ? event.localSubNet : event.remoteSubNet;
  switch (path.step(1)) {
    case Step::v4AddrMask:
      subnet.v4AddrMask = {static_cast<std::uint32_t>(little_endian(bytes.first(4))),
                           static_cast<std::uint32_t>(little_endian(bytes.subspan(4, 4)))};
      return true;
    case Step::v6AddrMask:
      subnet.v6AddrMask = {byte_array<16>(bytes), std::to_integer<std::uint8_t>(bytes[16])};
      return true;
    case Step::rangeValue: {
      if (path.depth() != 4) return false;
      Range& range = subnet.rangeValue;
      Value& value = path.step(2) == Step::valueLow ? range.valueLow : range.valueHigh;
      return read_arm(value.type, value.arm, bytes);
    }
    default: return path.depth() == 2 && read_arm(subnet.type, subnet.arm, bytes);
  }
}

Mutation put_legal(const EncodedMessage& message, const Site& site) {
  const WireField& pointer = message.map.fields[site.field];
  Mutation mutation{{overwrite(message, pointer, site.value)}, {}, {}};
  std::vector<std::byte> bytes;
  change(message.bytes, mutation.changes, bytes);
  const std::uint64_t at = site.value - base_of(message);
  if (at + reach(message, pointer) > bytes.size()) return mutation;
  Event event = message.event;
  if (read_pointee(event, pointer.path, std::span(bytes).subspan(static_cast<std::size_t>(at))))
    mutation.accepted = event;
  return mutation;
}

template <class Address>
void legal_sites(const EncodedMessage& message, Sites& sites, Address&& address) {
  for_each_address(message, [&](std::uint32_t i, const WireField& pointer) {
    const Site site{i, address(pointer)};
    if (site.value != 0 && put_legal(message, site).accepted) sites.add_numbers(i, {site.value});
  });
}

}  // namespace

const FaultImpl address_outside = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      const std::uint64_t highest = highest_address(message);
      for_each_address(message, [&](std::uint32_t i, const WireField& pointer) {
        const std::uint64_t address = read(message, pointer);
        const std::uint64_t sign = highest / 2 + 1;
        for (const std::uint64_t other :
             {std::uint64_t{1}, base_of(message) - 1, end_of(message) + 0x1000, address ^ sign, highest, highest - 7})
          if (other != 0 && other <= highest && !is_inside(message, other)) sites.add_numbers(i, {other});
      });
    },
    put_bad};

const FaultImpl address_just_outside = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      if (end_of(message) > highest_address(message) || end_of(message) == 0) return;
      for_each_address(message, [&](std::uint32_t i, const WireField&) { sites.add(i, end_of(message)); });
    },
    put_bad};

const FaultImpl address_of_last_byte = {Pairing::length,
                                        [](const EncodedMessage& message, Sites& sites) {
                                          for_each_address(message, [&](std::uint32_t i, const WireField& pointer) {
                                            if (reach(message, pointer) > 1) sites.add(i, end_of(message) - 1);
                                          });
                                        },
                                        put_last_byte};

const FaultImpl address_straddles_end = {Pairing::length,
                                         [](const EncodedMessage& message, Sites& sites) {
                                           for_each_address(message, [&](std::uint32_t i, const WireField& pointer) {
                                             const std::uint64_t needed = needed_at_once(message, pointer);
                                             if (needed > 2 && !points_to_string(message, pointer))
                                               sites.add(i, end_of(message) - needed + 1);
                                           });
                                         },
                                         put_bad};

const FaultImpl address_misaligned = {
    Pairing::never,
    [](const EncodedMessage& message, Sites& sites) {
      legal_sites(message, sites, [&](const WireField& pointer) { return read(message, pointer) - 1; });
    },
    put_legal};

const FaultImpl address_of_itself = {
    Pairing::never,
    [](const EncodedMessage& message, Sites& sites) {
      legal_sites(message, sites, [&](const WireField& pointer) { return base_of(message) + pointer.offset; });
    },
    put_legal};

const FaultImpl address_of_structure = {Pairing::never,
                                        [](const EncodedMessage& message, Sites& sites) {
                                          legal_sites(message, sites,
                                                      [&](const WireField&) { return base_of(message); });
                                        },
                                        put_legal};

}  // namespace qmforge::sim
