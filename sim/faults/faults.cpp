// Applying faults: which mechanism makes which, and what a decoder and a validator must then say.
#include "qmforge/sim/faults.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "mechanism.h"
#include "qmforge/sim/expected.h"

namespace qmforge::sim {
namespace {

/// The mechanisms of the faults of decoding, in the order of the enumeration; the rules' faults follow them.
constexpr std::array mechanisms = {
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
static_assert(mechanisms.size() == static_cast<std::size_t>(Fault::failurePointOutOfRange));

bool is_rule(Fault fault) { return static_cast<std::size_t>(fault) >= mechanisms.size(); }
const Mechanism& mechanism(Fault fault) { return *mechanisms[static_cast<std::size_t>(fault)]; }

FaultedMessage faulted(const EncodedMessage& message, std::vector<Edit> edits,
                       std::expected<Event, DecodeError> expected) {
  Report report{.event = std::move(expected), .findings = {}};
  if (report.event) report.findings = expected_findings(*report.event);
  return {.bytes = edited(message.bytes, edits), .edits = std::move(edits), .expected = std::move(report)};
}

FaultedMessage apply_rule(Fault fault, const Site& site, const EncodedMessage& message) {
  const Event event = break_rule(fault, site, message.event).event;
  Edit all{0, message.bytes, {}};
  static_cast<void>(encode(event, message.options, all.inserted));  // sites() has asked whether it can be encoded
  return faulted(message, {std::move(all)}, event);
}

bool overlap(const Edit& a, const Edit& b) { return a.offset < b.end() && b.offset < a.end(); }

}  // namespace

std::expected<void, EncodeError> encode(const Event& event, const EncodeOptions& options, EncodedMessage& out) {
  out.event = event;
  out.options = options;
  return encode(event, options, out.bytes, &out.map);
}

void Sites::add_numbers(std::uint32_t datum, std::initializer_list<std::uint64_t> numbers) {
  const Datum& target = message_.map.data[datum];
  for (const std::uint64_t number : numbers) {
    assert(target.size == 8 || number >> (8 * target.size) == 0);
    const Site site{datum, number};
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
  mechanism(fault).sites(message, found);
  return found.take();
}

FaultedMessage apply(Fault fault, const Site& site, const EncodedMessage& message) {
  if (is_rule(fault)) return apply_rule(fault, site, message);
  Plan plan = mechanism(fault).plan(message, site);
  if (plan.accepted) return faulted(message, std::move(plan.edits), *plan.accepted);
  return faulted(message, std::move(plan.edits), std::unexpected(plan.outcome->error));
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
  const Pairing pairing = mechanism(first.fault).pairing;
  const Pairing other = mechanism(second.fault).pairing;
  if (pairing == Pairing::alone || other == Pairing::alone) return std::nullopt;
  if (pairing == Pairing::length && other == Pairing::length) return std::nullopt;

  Plan a = mechanism(first.fault).plan(message, first.site);
  Plan b = mechanism(second.fault).plan(message, second.site);
  if (a.outcome->moment == b.outcome->moment) return std::nullopt;
  for (const Edit& edit : a.edits)
    if (std::ranges::any_of(b.edits, [&](const Edit& its) { return overlap(edit, its); })) return std::nullopt;

  const DecodeError error = a.outcome->moment < b.outcome->moment ? a.outcome->error : b.outcome->error;
  std::ranges::move(b.edits, std::back_inserter(a.edits));
  std::ranges::sort(a.edits, {}, &Edit::offset);
  return faulted(message, std::move(a.edits), std::unexpected(error));
}

}  // namespace qmforge::sim
