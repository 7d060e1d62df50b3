// Faults of the input's length: it is truncated, or has trailing bytes.
#include <algorithm>

#include "fault_impl.h"

namespace qmforge::sim {
namespace {

const WireField& length_field(const EncodedMessage& message) { return message.map.fields[object_length_index]; }

Mutation cut(const EncodedMessage& message, const Site& site) {
  const std::uint64_t length = site.value;
  Mutation mutation{{erase(length, message.bytes.size() - length)}, {}, {}};
  if (message.options.format == Format::ndr20 && length >= message.map.body_begin)
    mutation.expected = wrong_object_length(message);
  else
    mutation.expected = truncation(message, length);
  return mutation;
}

/// Every shorter length is an error. Of a bare body, trailing bytes may be missing.
std::uint64_t end_of_cuts(const EncodedMessage& message) {
  if (message.options.format == Format::ndr20 || is_memory_image(message.options.format)) return message.bytes.size();
  std::uint64_t end = 0;
  for (const WireField& field : message.map.fields)
    if (is_required(field.kind)) end = std::max(end, field.end());
  return end;
}

/// The input ends after `site.value` bytes of the body, and ObjectBufferLength says so.
Mutation cut_object(const EncodedMessage& message, const Site& site) {
  const std::uint64_t end = message.map.body_begin + site.value;
  return {{overwrite(message, length_field(message), site.value), erase(end, message.bytes.size() - end)},
          truncation(message, end),
          {}};
}

/// Appends `site.value` bytes after the object and its padding.
Mutation append_to_object(const EncodedMessage& message, const Site& site) {
  Mutation mutation{{}, ExpectedError{{ErrorCode::trailingBytes, {}, message.map.object_end}, at_end(message)}, {}};
  if (message.options.format == Format::ndr20)
    mutation.changes.push_back(
        overwrite(message, length_field(message), read(message, length_field(message)) + site.value));
  mutation.changes.push_back(insert(message.bytes.size(), site.value));
  return mutation;
}

Mutation append_to_input(const EncodedMessage& message, const Site& site) {
  return {{insert(message.bytes.size(), site.value)},
          ExpectedError{{ErrorCode::trailingBytes, {}, message.bytes.size()}, at_end(message) + 1},
          {}};
}

}  // namespace

const FaultImpl truncated_input = {Pairing::length,
                                   [](const EncodedMessage& message, Sites& sites) {
                                     const std::uint64_t end = end_of_cuts(message);
                                     for (std::uint64_t length = 0; length < end; ++length) sites.add(length);
                                   },
                                   cut};

const FaultImpl truncated_object = {Pairing::length,
                                    [](const EncodedMessage& message, Sites& sites) {
                                      const std::uint64_t length = message.bytes.size() - message.map.body_begin;
                                      for (std::uint64_t shorter = 0; shorter < length; shorter += 8)
                                        sites.add(shorter);
                                    },
                                    cut_object};

const FaultImpl bytes_after_object = {Pairing::length,
                                      [](const EncodedMessage& message, Sites& sites) {
                                        if (message.options.format == Format::ndr20) {
                                          for (const std::uint64_t more : {8U, 16U, 4096U}) sites.add(more);
                                        } else {
                                          const std::uint64_t there = message.bytes.size() - message.map.object_end;
                                          for (const std::uint64_t left : {8U, 9U, 15U, 4096U}) sites.add(left - there);
                                        }
                                      },
                                      append_to_object};

const FaultImpl bytes_after_length = {Pairing::length,
                                      [](const EncodedMessage&, Sites& sites) {
                                        for (const std::uint64_t more : {1U, 7U, 8U, 4096U}) sites.add(more);
                                      },
                                      append_to_input};

}  // namespace qmforge::sim
