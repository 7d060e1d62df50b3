// Faults of the unions: repeated discriminants that differ, and discriminants that select no arm.
#include "fault_impl.h"

namespace qmforge::sim {
namespace {

/// Adds other values for a 32-bit discriminant: other arms, neighbours, and numbers whose lower half is right.
void add_other_tags(Sites& sites, std::uint32_t index, std::uint64_t tag) {
  sites.add_numbers(index, {0, 1, 2, tag ^ 1, tag + 1, tag ^ 0x100, tag | 0x10000, tag | 0x80000000, 0xffffffff});
}

Mutation put(const EncodedMessage& message, std::uint32_t index, const Site& site, ExpectedError expected) {
  return {{overwrite(message, message.map.fields[index], site.value)}, expected, {}};
}

/// The first field that repeats a discriminant. (A pointer may have it as its partner, too, but precedes it.)
std::optional<std::uint32_t> repeated(const EncodedMessage& message, std::uint32_t index) {
  const std::vector<WireField>& fields = message.map.fields;
  for (std::uint32_t i = index + 1; i < fields.size(); ++i)
    if (fields[i].partner == index) return i;
  return std::nullopt;
}

void differing_switch_sites(const EncodedMessage& message, FieldKind kind, Sites& sites) {
  for_each_field(message, kind,
                 [&](std::uint32_t i, const WireField& field) { add_other_tags(sites, i, read(message, field)); });
}

Mutation differing_switch(const EncodedMessage& message, const Site& site) {
  return put(message, site.field, site, wrong(ErrorCode::unionTagMismatch, message, *repeated(message, site.field)));
}

Mutation differing_tag(const EncodedMessage& message, const Site& site) {
  return put(message, site.field, site, wrong(ErrorCode::unionTagMismatch, message, site.field));
}

/// Sets a discriminant and its copies to a number that selects no arm.
Mutation unknown_switch(const EncodedMessage& message, const Site& site) {
  const std::vector<WireField>& fields = message.map.fields;
  const std::uint32_t reported = repeated(message, site.field).value_or(site.field);
  Mutation mutation = put(message, site.field, site, wrong(ErrorCode::unionTagUnknown, message, reported));
  for (std::uint32_t i = site.field + 1; i < fields.size(); ++i)
    if (fields[i].partner == site.field) mutation.changes.push_back(overwrite(message, fields[i], site.value));
  return mutation;
}

bool is_in_range(const WireField& type) { return type.path.depth() > 2; }

}  // namespace

const FaultImpl traffic_type_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, FieldKind::trafficType, sites); },
    differing_switch};

const FaultImpl traffic_type_unknown = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::trafficType, [&](std::uint32_t i, const WireField& field) {
        sites.add_numbers(i, {2, 3, 0x100, read(message, field) | 0x10000, 0x80000000, 0xffffffff});
      });
    },
    unknown_switch};

const FaultImpl outer_tag_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, FieldKind::outerTag, sites); },
    differing_tag};

const FaultImpl type_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, FieldKind::type, sites); },
    differing_switch};

const FaultImpl type_unknown = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::type, [&](std::uint32_t i, const WireField& field) {
        sites.add_numbers(i, {21, 0xfe, 0xff, 0x103, read(message, field) | 0x10000, 0x80000000, 0xffffffff});
        if (is_in_range(field)) sites.add_numbers(i, {0x100, 0x101, 0x102});
      });
    },
    unknown_switch};

const FaultImpl inner_tag_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) { differing_switch_sites(message, FieldKind::innerTag, sites); },
    differing_tag};

}  // namespace qmforge::sim
