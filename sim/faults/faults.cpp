// Applies faults, and states the result that a decoder and a validator must then give.
#include "qmforge/sim/faults.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <ranges>
#include <utility>

#include "fault_impl.h"
#include "malform.h"
#include "qmforge/sim/expected.h"

namespace qmforge::sim {
namespace {

/// The implementations of the faults of decoding, in the order of the enumeration; the faults of class `rule` follow.
constexpr std::array implementations = {
    &truncated_input,
    &truncated_object,
    &bytes_after_object,
    &bytes_after_length,
    &header_version,
    &header_endianness,
    &header_endianness_flipped,
    &header_length,
    &object_length_short,
    &object_length_long,
    &object_length_unaligned,
    &object_length_swapped,
    &traffic_type_differs,
    &traffic_type_unknown,
    &outer_tag_differs,
    &outer_tag_absent,
    &outer_tag_twice,
    &type_differs,
    &type_unknown,
    &inner_tag_differs,
    &inner_tag_absent,
    &inner_tag_twice,
    &max_count_differs,
    &max_count_upper_half,
    &size_is_differs,
    &count_beyond_data,
    &count_wraps,
    &string_offset_set,
    &string_offset_upper_half,
    &string_longer_than_max,
    &string_count_upper_half,
    &string_beyond_data,
    &string_count_wraps,
    &string_count_zero,
    &string_cut_short,
    &string_without_nul,
    &alignment_missing,
    &alignment_extra,
    &pointee_missing,
    &pointee_left_over,
    &address_outside,
    &address_just_outside,
    &address_of_last_byte,
    &address_straddles_end,
    &address_misaligned,
    &address_of_itself,
    &address_of_structure,
};
static_assert(implementations.size() == static_cast<std::size_t>(Fault::failurePointOutOfRange));

bool is_rule(Fault fault) { return static_cast<std::size_t>(fault) >= implementations.size(); }
const FaultImpl& implementation(Fault fault) { return *implementations[static_cast<std::size_t>(fault)]; }

void set(Report& report, std::expected<Event, DecodeError> expected) {
  report.event = std::move(expected);
  report.findings = report.event ? expected_findings(*report.event) : Findings();
}

Edit edit_of(const Change& change, std::span<const std::byte> original) {
  const auto removed =
      original.subspan(static_cast<std::size_t>(change.offset), static_cast<std::size_t>(change.removed));
  Edit edit{change.offset, {removed.begin(), removed.end()}, {}};
  for (std::size_t i = 0; i < change.inserted; ++i) edit.inserted.push_back(change.pattern[i % change.pattern.size()]);
  return edit;
}

std::vector<Edit> edits_of(const Changes& changes, std::span<const std::byte> original) {
  std::vector<Edit> edits;
  for (const Change& change : changes.all()) edits.push_back(edit_of(change, original));
  return edits;
}

/// The message with all of it replaced by the encoding of an event that breaks the rule.
FaultedMessage apply_rule(Fault fault, const Site& site, const EncodedMessage& message) {
  FaultedMessage faulted;
  const Event event = break_rule(fault, site, message.event).event;
  [[maybe_unused]] const auto encoded = encode(event, message.options, faulted.bytes);
  assert(encoded.has_value());  // sites() returns only events with an encoding
  faulted.edits = {{0, message.bytes, faulted.bytes}};
  set(faulted.expected, event);
  return faulted;
}

/// Applies a fault of decoding; returns what changed.
Changes apply_change(const FaultAt& at, const EncodedMessage& message, std::vector<std::byte>& bytes,
                     Report& expected) {
  const Mutation mutation = implementation(at.fault).mutate(message, at.site);
  change(message.bytes, mutation.changes, bytes);
  if (mutation.accepted)
    set(expected, *mutation.accepted);
  else
    set(expected, std::unexpected(mutation.expected->error));
  return mutation.changes;
}

bool overlap(const Change& a, const Change& b) { return a.offset < b.end() && b.offset < a.end(); }

/// apply_both(); the changes, or nullopt.
std::optional<Changes> apply_changes(const FaultAt& first, const FaultAt& second, const EncodedMessage& message,
                                     std::vector<std::byte>& bytes, Report& expected) {
  if (is_rule(first.fault) || is_rule(second.fault)) return std::nullopt;
  const Pairing pairing = implementation(first.fault).pairing;
  const Pairing other = implementation(second.fault).pairing;
  if (pairing == Pairing::never || other == Pairing::never) return std::nullopt;
  if (pairing == Pairing::length && other == Pairing::length) return std::nullopt;

  Mutation a = implementation(first.fault).mutate(message, first.site);
  const Mutation b = implementation(second.fault).mutate(message, second.site);
  if (a.expected->position == b.expected->position) return std::nullopt;
  for (const Change& change : a.changes.all())
    if (std::ranges::any_of(b.changes.all(), [&](const Change& theirs) { return overlap(change, theirs); }))
      return std::nullopt;

  for (const Change& change : b.changes.all()) a.changes.push_back(change);
  std::ranges::sort(a.changes.all(), {}, &Change::offset);
  change(message.bytes, a.changes, bytes);
  set(expected, std::unexpected((a.expected->position < b.expected->position ? a : b).expected->error));
  return a.changes;
}

}  // namespace

std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options, EncodedMessage& out) {
  out.event = event;
  out.options = options;
  return encode(event, options, out.bytes, &out.map);
}

void Sites::add_numbers(std::uint32_t index, std::initializer_list<std::uint64_t> numbers) {
  const WireField& target = message_.map.fields[index];
  const std::uint64_t now = read(message_, target);
  for (const std::uint64_t number : numbers) {
    assert(target.size == 8 || number >> (8 * target.size) == 0);
    if (number != now && !has(index, number)) found_.push_back({index, number});
  }
}

bool Sites::has(std::uint32_t index, std::uint64_t number) const {
  for (const Site& site : std::views::reverse(found_)) {
    if (site.field != index) return false;
    if (site.value == number) return true;
  }
  return false;
}

void find_sites(Fault fault, const EncodedMessage& message, std::vector<Site>& found) {
  found.clear();
  if (is_rule(fault)) {
    found = rule_sites(fault, message.event);
    std::vector<std::byte> bytes;
    std::erase_if(found, [&](const Site& site) {
      return !encode(break_rule(fault, site, message.event).event, message.options, bytes).has_value();
    });
    return;
  }
  const std::span<const Format> formats = info(fault).formats;
  const bool occurs = std::ranges::find(formats, message.options.format) != formats.end();
  if (!occurs || message.options.placement.share) return;
  Sites sites(message, found);
  implementation(fault).sites(message, sites);
}

std::vector<Site> sites(Fault fault, const EncodedMessage& message) {
  std::vector<Site> found;
  find_sites(fault, message, found);
  return found;
}

FaultedMessage apply(Fault fault, const Site& site, const EncodedMessage& message) {
  if (is_rule(fault)) return apply_rule(fault, site, message);
  FaultedMessage faulted;
  faulted.edits = edits_of(apply_change({fault, site}, message, faulted.bytes, faulted.expected), message.bytes);
  return faulted;
}

void malform(const FaultAt& at, const EncodedMessage& message, std::vector<std::byte>& bytes, Report& expected) {
  apply_change(at, message, bytes, expected);
}

std::vector<std::byte> revert(const FaultedMessage& faulted) {
  const auto at = [](std::uint64_t offset) { return static_cast<std::ptrdiff_t>(offset); };
  std::vector<std::byte> bytes = faulted.bytes;
  // From the end on: the offsets of the edits before are the original's up to there, and so are these bytes.
  std::uint64_t grown = 0;
  for (const Edit& edit : faulted.edits) grown += edit.inserted.size() - edit.removed.size();
  for (const Edit& edit : std::views::reverse(faulted.edits)) {
    grown -= edit.inserted.size() - edit.removed.size();  // what the edits before it add, modulo 2^64
    const auto begin = bytes.begin() + at(edit.offset + grown);
    const auto place = bytes.erase(begin, begin + at(edit.inserted.size()));
    bytes.insert(place, edit.removed.begin(), edit.removed.end());
  }
  return bytes;
}

std::optional<FaultedMessage> apply_both(const FaultAt& first, const FaultAt& second, const EncodedMessage& message) {
  FaultedMessage faulted;
  const auto changes = apply_changes(first, second, message, faulted.bytes, faulted.expected);
  if (!changes) return std::nullopt;
  faulted.edits = edits_of(*changes, message.bytes);
  return faulted;
}

bool malform_twice(const FaultAt& first, const FaultAt& second, const EncodedMessage& message,
                   std::vector<std::byte>& bytes, Report& expected) {
  return apply_changes(first, second, message, bytes, expected).has_value();
}

}  // namespace qmforge::sim
