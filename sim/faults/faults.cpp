// Applies faults, and states the result that a decoder and a validator must then give.
#include "qmforge/sim/faults.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "fault_impl.h"
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

FaultedMessage faulted(const EncodedMessage& message, std::vector<Edit> edits,
                       std::expected<Event, DecodeError> expected) {
  Report report{.event = std::move(expected), .findings = {}};
  if (report.event) report.findings = expected_findings(*report.event);
  return {.bytes = edited(message.bytes, edits), .edits = std::move(edits), .expected = std::move(report)};
}

FaultedMessage apply_rule(Fault fault, const Site& site, const EncodedMessage& message) {
  const Event event = break_rule(fault, site, message.event).event;
  Edit all{0, message.bytes, {}};
  static_cast<void>(encode(event, message.options, all.inserted));  // sites() returns only events that can be encoded
  return faulted(message, {std::move(all)}, event);
}

bool overlap(const Edit& a, const Edit& b) { return a.offset < b.end() && b.offset < a.end(); }

}  // namespace

std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options, EncodedMessage& out) {
  out.event = event;
  out.options = options;
  return encode(event, options, out.bytes, &out.map);
}

void Sites::add_numbers(std::uint32_t index, std::initializer_list<std::uint64_t> numbers) {
  const WireField& target = message_.map.fields[index];
  for (const std::uint64_t number : numbers) {
    assert(target.size == 8 || number >> (8 * target.size) == 0);
    const Site site{index, number};
    if (number != read(message_, target) && std::ranges::find(found_, site) == found_.end()) found_.push_back(site);
  }
}

std::vector<Site> sites(Fault fault, const EncodedMessage& message) {
  if (is_rule(fault)) {
    std::vector<Site> found = rule_sites(fault, message.event);
    std::vector<std::byte> bytes;
    std::erase_if(found, [&](const Site& site) {
      return !encode(break_rule(fault, site, message.event).event, message.options, bytes).has_value();
    });
    return found;
  }
  const std::span<const Format> formats = info(fault).formats;
  const bool occurs = std::ranges::find(formats, message.options.format) != formats.end();
  if (!occurs || message.options.placement.share) return {};
  Sites found(message);
  implementation(fault).sites(message, found);
  return found.take();
}

FaultedMessage apply(Fault fault, const Site& site, const EncodedMessage& message) {
  if (is_rule(fault)) return apply_rule(fault, site, message);
  Mutation mutation = implementation(fault).mutate(message, site);
  if (mutation.accepted) return faulted(message, std::move(mutation.edits), *mutation.accepted);
  return faulted(message, std::move(mutation.edits), std::unexpected(mutation.expected->error));
}

std::vector<std::byte> revert(const FaultedMessage& faulted) {
  std::vector<Edit> back = faulted.edits;
  std::uint64_t grown = 0;
  for (Edit& edit : back) {
    const std::uint64_t growth = edit.inserted.size() - edit.removed.size();  // modulo 2^64, and so is the sum
    edit.offset += grown;
    grown += growth;
    std::swap(edit.removed, edit.inserted);
  }
  return edited(faulted.bytes, back);
}

std::optional<FaultedMessage> apply_both(const FaultAt& first, const FaultAt& second, const EncodedMessage& message) {
  if (is_rule(first.fault) || is_rule(second.fault)) return std::nullopt;
  const Pairing pairing = implementation(first.fault).pairing;
  const Pairing other = implementation(second.fault).pairing;
  if (pairing == Pairing::never || other == Pairing::never) return std::nullopt;
  if (pairing == Pairing::length && other == Pairing::length) return std::nullopt;

  Mutation a = implementation(first.fault).mutate(message, first.site);
  Mutation b = implementation(second.fault).mutate(message, second.site);
  if (a.expected->position == b.expected->position) return std::nullopt;
  for (const Edit& edit : a.edits)
    if (std::ranges::any_of(b.edits, [&](const Edit& second_edit) { return overlap(edit, second_edit); }))
      return std::nullopt;

  const DecodeError error = a.expected->position < b.expected->position ? a.expected->error : b.expected->error;
  std::ranges::move(b.edits, std::back_inserter(a.edits));
  std::ranges::sort(a.edits, {}, &Edit::offset);
  return faulted(message, std::move(a.edits), std::unexpected(error));
}

}  // namespace qmforge::sim
