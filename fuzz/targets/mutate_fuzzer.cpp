// mutate_*_fuzzer: the same checks as decode_*_fuzzer, driven by a mutator that understands the bytes: it changes
// fields, arms, counts and discriminants, writes the event again in another legal form, or puts a fault into it.
// QMFORGE_FORMAT says which encoding.
//
// A custom mutator shuts out the engine's own, so half of the mutations are the engine's, and decode_*_fuzzer has none
// of ours.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <optional>
#include <span>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "support/oracles.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using namespace qmforge;

constexpr Format format = Format::QMFORGE_FORMAT;
constexpr Revision revisions[] = {Revision::r0, Revision::r1};

/// The event in the bytes, in whichever revision they hold one.
std::optional<Event> event_in(std::span<const std::uint8_t> data) {
  for (const Revision revision : revisions)
    if (const auto event = decode(std::as_bytes(data), {.format = format, .revision = revision})) return *event;
  return std::nullopt;
}

/// One member of `event` taken from `other`.
void take_a_member(Event& event, const Event& other, sim::Choices& choices) {
  switch (choices.choose(9)) {
    case 0: event.failureErrorCode = other.failureErrorCode; break;
    case 1: event.failurePoint = other.failurePoint; break;
    case 2: event.keyingModuleType = other.keyingModuleType; break;
    case 3: event.qmState = other.qmState; break;
    case 4: event.saRole = other.saRole; break;
    case 5: event.qmFilterId = other.qmFilterId; break;
    case 6:
      event.saTrafficType = other.saTrafficType;
      event.localSubNet = other.localSubNet;
      event.remoteSubNet = other.remoteSubNet;
      break;
    case 7:
      if (event.has_subnets() && other.has_subnets()) event.localSubNet = other.localSubNet;
      break;
    default:
      if (event.has_subnets() && other.has_subnets()) event.remoteSubNet = other.remoteSubNet;
      break;
  }
}

template <class Values>
const auto& one_of(const Values& values, sim::Choices& choices) {
  return values[static_cast<std::size_t>(choices.choose(values.size()))];
}

/// Writes the event in some legal form, with a fault in it once in three times. Returns the size, 0 when it does not
/// fit.
std::size_t write(const Event& event, sim::Choices& choices, std::uint8_t* out, std::size_t max_size) {
  sim::EncodedMessage encoded;
  if (!sim::encode(event, sim::choose_encoding(choices, format), encoded)) return 0;
  std::vector<std::byte> bytes = encoded.bytes;
  if (choices.once_in(3)) {
    const sim::Fault fault = one_of(sim::fault_catalogue(), choices).fault;
    const std::vector<sim::Site> sites = sim::sites(fault, encoded);
    if (!sites.empty()) bytes = sim::apply(fault, one_of(sites, choices), encoded).bytes;
  }
  if (bytes.empty() || bytes.size() > max_size) return 0;
  std::memcpy(out, bytes.data(), bytes.size());
  return bytes.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const Revision revision : revisions)
    fuzz::check_input(std::as_bytes(std::span(data, size)), {.format = format, .revision = revision});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned int seed) {
  sim::RandomChoices choices(seed);
  if (choices.yes()) return LLVMFuzzerMutate(data, size, max_size);
  const std::vector<std::uint8_t> input(data, data + size);  // the event's views point here
  std::pmr::monotonic_buffer_resource storage;
  const Event fresh = sim::generate(choices, sim::Profile{}.for_format(format), storage);
  std::optional<Event> event = event_in(input);
  if (event) {
    take_a_member(*event, fresh, choices);
  } else {
    event = fresh;
  }
  const std::size_t written = write(*event, choices, data, max_size);
  return written != 0 ? written : LLVMFuzzerMutate(data, size, max_size);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data1, std::size_t size1,
                                                 const std::uint8_t* data2, std::size_t size2, std::uint8_t* out,
                                                 std::size_t max_size, unsigned int seed) {
  sim::RandomChoices choices(seed);
  std::optional<Event> event = event_in(std::span(data1, size1));
  const std::optional<Event> other = event_in(std::span(data2, size2));
  if (event && other) {
    take_a_member(*event, *other, choices);
    return write(*event, choices, out, max_size);
  }
  // Bytes that are no event: the first part of the one, the second of the other.
  const auto head = static_cast<std::size_t>(std::min(choices.choose(size1 + 1), std::uint64_t{max_size}));
  const std::size_t tail = std::min<std::size_t>(size2 - std::min(head, size2), max_size - head);
  std::memcpy(out, data1, head);
  std::memcpy(out + head, data2 + (size2 - tail), tail);
  return head + tail;
}
