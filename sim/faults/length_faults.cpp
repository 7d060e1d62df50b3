// Faults of the input's length: it ends too early, or goes on too long.
#include "mechanism.h"

namespace qmforge::sim {
namespace {

const Datum& object_length(const EncodedMessage& message) { return message.map.data[object_length_index]; }

Plan cut(const EncodedMessage& message, const Site& site) {
  const std::uint64_t length = site.value;
  Plan plan{{erase(message, length, message.bytes.size() - length)}, {}, {}};
  if (message.options.format == Format::ndr20 && length >= message.map.body_begin)
    plan.outcome = wrong_object_length(message);
  else
    plan.outcome = truncation(message, length);
  return plan;
}

/// The body that ObjectBufferLength announces and the input both end after `site.value` bytes of body.
Plan cut_object(const EncodedMessage& message, const Site& site) {
  const std::uint64_t end = message.map.body_begin + site.value;
  return {{overwrite(message, object_length(message), site.value), erase(message, end, message.bytes.size() - end)},
          truncation(message, end),
          {}};
}

/// `site.value` more bytes after the object and its padding.
Plan append_to_object(const EncodedMessage& message, const Site& site) {
  Plan plan{{}, Outcome{{ErrorCode::trailingBytes, {}, message.map.object_end}, at_end(message)}, {}};
  if (message.options.format == Format::ndr20)
    plan.edits.push_back(
        overwrite(message, object_length(message), read(message, object_length(message)) + site.value));
  plan.edits.push_back(insert(message.bytes.size(), site.value));
  return plan;
}

Plan append_to_input(const EncodedMessage& message, const Site& site) {
  return {{insert(message.bytes.size(), site.value)},
          Outcome{{ErrorCode::trailingBytes, {}, message.bytes.size()}, at_end(message) + 1},
          {}};
}

}  // namespace

const Mechanism truncated_input = {Pairing::length,
                                   [](const EncodedMessage& message, Sites& sites) {
                                     for (std::uint64_t length = 0; length < message.bytes.size(); ++length)
                                       if (cut(message, {Datum::none, length}).outcome) sites.add(length);
                                   },
                                   cut};

const Mechanism truncated_object = {Pairing::length,
                                    [](const EncodedMessage& message, Sites& sites) {
                                      const std::uint64_t length = message.bytes.size() - message.map.body_begin;
                                      for (std::uint64_t shorter = 0; shorter < length; shorter += 8)
                                        sites.add(shorter);
                                    },
                                    cut_object};

const Mechanism bytes_after_object = {Pairing::length,
                                      [](const EncodedMessage& message, Sites& sites) {
                                        if (message.options.format == Format::ndr20) {
                                          for (const std::uint64_t more : {8U, 16U, 4096U}) sites.add(more);
                                        } else {
                                          const std::uint64_t there = message.bytes.size() - message.map.object_end;
                                          for (const std::uint64_t left : {8U, 9U, 15U, 4096U}) sites.add(left - there);
                                        }
                                      },
                                      append_to_object};

const Mechanism bytes_after_length = {Pairing::length,
                                      [](const EncodedMessage&, Sites& sites) {
                                        for (const std::uint64_t more : {1U, 7U, 8U, 4096U}) sites.add(more);
                                      },
                                      append_to_input};

}  // namespace qmforge::sim
