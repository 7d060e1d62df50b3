// Faults in the header of ndr20: invalid values of each field.
#include <bit>

#include "fault_impl.h"

namespace qmforge::sim {
namespace {

// Indices of the header's fields in the map.
constexpr std::uint32_t version_index = 0;
constexpr std::uint32_t endianness_index = 1;
constexpr std::uint32_t length_index = 2;

Mutation put(const EncodedMessage& message, const Site& site, ExpectedError expected) {
  return {{overwrite(message, message.map.fields[site.field], site.value)}, expected, {}};
}

std::uint32_t object_length(const EncodedMessage& message) {
  return static_cast<std::uint32_t>(read(message, message.map.fields[object_length_index]));
}

/// Whether a decoder must reject this ObjectBufferLength.
bool is_wrong_length(const EncodedMessage& message, std::uint32_t length) {
  return length % 8 != 0 || length > message.bytes.size() - message.map.body_begin;
}

Mutation put_object_length(const EncodedMessage& message, const Site& site) {
  return put(message, site, wrong_object_length(message));
}

}  // namespace

const FaultImpl header_version = {
    Pairing::inPlace,
    [](const EncodedMessage&, Sites& sites) { sites.add_numbers(version_index, {0, 2, 0x10, 0x81, 0xff}); },
    [](const EncodedMessage& message, const Site& site) {
      return put(message, site, wrong(ErrorCode::headerVersion, message, site.field));
    }};

const FaultImpl header_endianness = {Pairing::inPlace,
                                     [](const EncodedMessage&, Sites& sites) {
                                       sites.add_numbers(endianness_index, {0x01, 0x11, 0x20, 0x80, 0x90, 0xff});
                                     },
                                     [](const EncodedMessage& message, const Site& site) {
                                       return put(message, site,
                                                  wrong(ErrorCode::headerEndianness, message, site.field));
                                     }};

const FaultImpl header_endianness_flipped = {Pairing::length,
                                             [](const EncodedMessage& message, Sites& sites) {
                                               if (is_wrong_length(message, std::byteswap(object_length(message))))
                                                 sites.add_numbers(endianness_index, {0, 0x10});
                                             },
                                             put_object_length};

const FaultImpl header_length = {
    Pairing::inPlace,
    [](const EncodedMessage&, Sites& sites) { sites.add_numbers(length_index, {0, 7, 9, 16, 0x0108, 0x0800, 0xffff}); },
    [](const EncodedMessage& message, const Site& site) {
      return put(message, site, wrong(ErrorCode::headerLength, message, site.field));
    }};

const FaultImpl object_length_short = {Pairing::length,
                                       [](const EncodedMessage& message, Sites& sites) {
                                         for (std::uint64_t length = 0; length < object_length(message); length += 8)
                                           sites.add(object_length_index, length);
                                       },
                                       [](const EncodedMessage& message, const Site& site) {
                                         return put(message, site,
                                                    *truncation(message, message.map.body_begin + site.value));
                                       }};

const FaultImpl object_length_long = {
    Pairing::length,
    [](const EncodedMessage& message, Sites& sites) {
      const std::uint64_t length = object_length(message);
      // 0xfffffff0: with the header's 16 bytes it wraps to 0.
      sites.add_numbers(object_length_index, {length + 8, length + 16, 0x7ffffff8, 0x80000000, 0xfffffff0, 0xfffffff8});
    },
    put_object_length};

const FaultImpl object_length_unaligned = {Pairing::length,
                                           [](const EncodedMessage& message, Sites& sites) {
                                             const std::uint64_t length = object_length(message);
                                             for (std::uint64_t k = 1; k < 8; ++k)
                                               sites.add_numbers(object_length_index, {k, length - k, length + k});
                                             sites.add_numbers(object_length_index, {0xffffffff});
                                           },
                                           put_object_length};

const FaultImpl object_length_swapped = {Pairing::length,
                                         [](const EncodedMessage& message, Sites& sites) {
                                           const std::uint32_t swapped = std::byteswap(object_length(message));
                                           if (is_wrong_length(message, swapped))
                                             sites.add_numbers(object_length_index, {swapped});
                                         },
                                         put_object_length};

}  // namespace qmforge::sim
