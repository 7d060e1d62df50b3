#include "qmforge/fuzz/mutator.h"

#include <algorithm>
#include <cstring>
#include <memory_resource>
#include <optional>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/faults.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace qmforge::fuzz {
namespace {

/// Uniform answers from a seed: SplitMix64. RandomChoices takes longer to set up than a mutation takes.
class QuickChoices final : public sim::Choices {
 public:
  explicit QuickChoices(std::uint64_t seed) noexcept : state_(seed) {}

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, sim::Question /*question*/) override {
    std::uint64_t random = (state_ += 0x9e3779b97f4a7c15);
    random = (random ^ (random >> 30)) * 0xbf58476d1ce4e5b9;
    random = (random ^ (random >> 27)) * 0x94d049bb133111eb;
    random ^= random >> 31;
    if (count != 0 && count <= 0x100000000) return ((random >> 32) * count) >> 32;
    return count == 0 ? random : random % count;
  }

  std::uint64_t state_;
};

/// What one mutation needs, kept for the next.
struct Memory {
  std::vector<std::uint8_t> input;  // the views of an event that was decoded point here
  std::vector<std::byte> block = std::vector<std::byte>(1 << 14);
  std::pmr::monotonic_buffer_resource storage{block.data(), block.size()};
  std::vector<std::byte> bytes;
  sim::EncodedMessage encoded;
};

Memory& memory() {
  thread_local Memory memory;
  return memory;
}

/// The event in the bytes, in a revision in which they decode; a memory image mostly decodes in both, then in either.
std::optional<Event> event_in(std::span<const std::uint8_t> data, Format format, sim::Choices& choices) {
  const bool r1_first = choices.coin();
  for (const Revision revision : {r1_first ? Revision::r1 : Revision::r0, r1_first ? Revision::r0 : Revision::r1})
    if (const auto event = decode(std::as_bytes(data), {.format = format, .revision = revision})) return *event;
  return std::nullopt;
}

/// Takes the revision of `other`. In an event of revision 0 that was decoded, the members of revision 1 are
/// indeterminate.
void take_revision(Event& event, const Event& other) {
  if (event.revision == Revision::r0) {
    event.mmSaLuid = 0;
    event.mmProviderContextKey = {};
  }
  event.revision = other.revision;
}

/// Takes one member of `other` into `event`, possibly one of revision 1; an event of revision 0 does not have these, so
/// the revision changes with them.
void take_a_member(Event& event, const Event& other, sim::Choices& choices) {
  switch (choices.choose(11)) {
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
    case 8:
      if (event.has_subnets() && other.has_subnets()) event.remoteSubNet = other.remoteSubNet;
      break;
    case 9:
      take_revision(event, other);
      if (other.revision == Revision::r1) event.mmSaLuid = other.mmSaLuid;
      break;
    default:
      take_revision(event, other);
      if (other.revision == Revision::r1) event.mmProviderContextKey = other.mmProviderContextKey;
      break;
  }
}

template <class Values>
const auto& one_of(const Values& values, sim::Choices& choices) {
  return values[static_cast<std::size_t>(choices.choose(values.size()))];
}

/// Writes the event in some legal form, one time in three with a fault. Returns the size; 0 if it does not fit.
std::size_t write(const Event& event, Format format, sim::Choices& choices, std::span<std::uint8_t> out) {
  const sim::EncodeOptions options = sim::choose_encoding(choices, format);
  std::vector<std::byte>& bytes = memory().bytes;
  if (choices.one_in(3)) {
    sim::EncodedMessage& encoded = memory().encoded;
    if (!sim::encode(event, options, encoded)) return 0;
    const sim::Fault fault = one_of(sim::fault_catalogue(), choices).fault;
    const std::vector<sim::Site> sites = sim::sites(fault, encoded);
    bytes = sites.empty() ? encoded.bytes : sim::apply(fault, one_of(sites, choices), encoded).bytes;
  } else if (!sim::encode(event, options, bytes)) {
    return 0;
  }
  if (bytes.empty() || bytes.size() > out.size()) return 0;
  std::memcpy(out.data(), bytes.data(), bytes.size());
  return bytes.size();
}

}  // namespace

std::size_t mutate(Format format, std::uint8_t* data, std::size_t size, std::size_t max_size, unsigned seed) {
  QuickChoices choices(seed);
  if (choices.coin()) return LLVMFuzzerMutate(data, size, max_size);
  memory().input.assign(data, data + size);
  memory().storage.release();
  const Event fresh = sim::generate(choices, sim::Profile{}.for_format(format), memory().storage);
  std::optional<Event> event = event_in(memory().input, format, choices);
  if (event) {
    take_a_member(*event, fresh, choices);
  } else {
    event = fresh;
  }
  const std::size_t written = write(*event, format, choices, {data, max_size});
  return written != 0 ? written : LLVMFuzzerMutate(data, size, max_size);
}

std::size_t cross_over(Format format, std::span<const std::uint8_t> first, std::span<const std::uint8_t> second,
                       std::span<std::uint8_t> out, unsigned seed) {
  QuickChoices choices(seed);
  std::optional<Event> event = event_in(first, format, choices);
  const std::optional<Event> other = event_in(second, format, choices);
  if (event && other) {
    take_a_member(*event, *other, choices);
    return write(*event, format, choices, out);
  }
  const auto head = static_cast<std::size_t>(std::min<std::uint64_t>(choices.choose(first.size() + 1), out.size()));
  const std::size_t tail = std::min(second.size() - std::min(head, second.size()), out.size() - head);
  std::ranges::copy(first.first(head), out.begin());
  std::ranges::copy(second.last(tail), out.begin() + static_cast<std::ptrdiff_t>(head));
  return head + tail;
}

}  // namespace qmforge::fuzz
