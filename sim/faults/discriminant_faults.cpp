// Faults of the unions: discriminants that differ from their switch, and switches that select no arm.
#include "mechanism.h"

namespace qmforge::sim {
namespace {

/// What a 32-bit discriminant is replaced with: other arms, its neighbours, and numbers whose lower half is right.
void add_other_tags(Sites& sites, std::uint32_t datum, std::uint64_t tag) {
  sites.add_numbers(datum, {0, 1, 2, tag ^ 1, tag + 1, tag ^ 0x100, tag | 0x10000, tag | 0x80000000, 0xffffffff});
}

Plan put(const EncodedMessage& message, std::uint32_t datum, const Site& site, Outcome outcome) {
  return {{overwrite(message, message.map.data[datum], site.value)}, outcome, {}};
}

/// The first discriminant that repeats a switch. (A pointer may be its partner too, but stands before it.)
std::optional<std::uint32_t> repeated(const EncodedMessage& message, std::uint32_t datum) {
  const std::vector<Datum>& data = message.map.data;
  for (std::uint32_t i = datum + 1; i < data.size(); ++i)
    if (data[i].partner == datum) return i;
  return std::nullopt;
}

void differing_switch_sites(const EncodedMessage& message, DatumKind kind, Sites& sites) {
  for_each_datum(message, kind,
                 [&](std::uint32_t i, const Datum& datum) { add_other_tags(sites, i, read(message, datum)); });
}

Plan differing_switch(const EncodedMessage& message, const Site& site) {
  return put(message, site.datum, site, wrong(ErrorCode::unionTagMismatch, message, *repeated(message, site.datum)));
}

Plan differing_tag(const EncodedMessage& message, const Site& site) {
  return put(message, site.datum, site, wrong(ErrorCode::unionTagMismatch, message, site.datum));
}

/// The switch and all that repeats it agree on a number that no arm has.
Plan unknown_switch(const EncodedMessage& message, const Site& site) {
  const std::vector<Datum>& data = message.map.data;
  const std::uint32_t judged = repeated(message, site.datum).value_or(site.datum);
  Plan plan = put(message, site.datum, site, wrong(ErrorCode::unionTagUnknown, message, judged));
  for (std::uint32_t i = site.datum + 1; i < data.size(); ++i)
    if (data[i].partner == site.datum) plan.edits.push_back(overwrite(message, data[i], site.value));
  return plan;
}

bool is_in_range(const Datum& type) { return type.field.depth() > 2; }

}  // namespace

const Mechanism traffic_type_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, DatumKind::trafficType, sites); },
    differing_switch};

const Mechanism traffic_type_unknown = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::trafficType, [&](std::uint32_t i, const Datum& datum) {
        sites.add_numbers(i, {2, 3, 0x100, read(message, datum) | 0x10000, 0x80000000, 0xffffffff});
      });
    },
    unknown_switch};

const Mechanism outer_tag_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, DatumKind::outerTag, sites); },
    differing_tag};

const Mechanism type_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, DatumKind::type, sites); },
    differing_switch};

const Mechanism type_unknown = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::type, [&](std::uint32_t i, const Datum& datum) {
        sites.add_numbers(i, {21, 0xfe, 0xff, 0x103, read(message, datum) | 0x10000, 0x80000000, 0xffffffff});
        if (is_in_range(datum)) sites.add_numbers(i, {0x100, 0x101, 0x102});
      });
    },
    unknown_switch};

const Mechanism inner_tag_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, DatumKind::innerTag, sites); },
    differing_tag};

}  // namespace qmforge::sim
