// Faults that move the following fields: bytes are missing or repeated.
//
// The decoder's error depends on the bytes that it reads at the wrong place. read_shifted() derives the error from the
// field map; where it cannot, there is no site.
#include <utility>

#include "fault_impl.h"

namespace qmforge::sim {
namespace {

/// Inserts or erases bytes. An ndr20 body is padded again, and its ObjectBufferLength updated.
Mutation shift_by(const EncodedMessage& message, Edit shift) {
  const std::uint64_t size = message.bytes.size();
  Mutation mutation;
  if (message.options.format != Format::ndr20) {
    mutation.edits = {std::move(shift)};
  } else {
    const std::uint64_t object =
        message.map.object_end - message.map.body_begin + shift.inserted.size() - shift.removed.size();
    const std::uint64_t body = (object + 7) / 8 * 8;
    const std::uint64_t end = message.map.body_begin + body;
    const std::uint64_t moved = size + shift.inserted.size() - shift.removed.size();
    mutation.edits = {overwrite(message, message.map.fields[object_length_index], body), std::move(shift)};
    if (end > moved) mutation.edits.push_back(insert(size, end - moved));
    if (end < moved) mutation.edits.push_back(erase(message, size - (moved - end), moved - end));
  }
  mutation.expected = read_shifted(message, edited(message.bytes, mutation.edits));
  return mutation;
}

/// The size of a discriminant with the padding after it.
std::uint64_t extent(const EncodedMessage& message, std::uint32_t tag) {
  const std::vector<WireField>& fields = message.map.fields;
  const bool padded = fields[tag + 1].kind == FieldKind::alignment || fields[tag + 1].kind == FieldKind::structPadding;
  return fields[tag].size + (padded && fields[tag + 1].offset == fields[tag].end() ? fields[tag + 1].size : 0);
}

Mutation remove_tag(const EncodedMessage& message, const Site& site) {
  const WireField& tag = message.map.fields[site.field];
  return shift_by(message, erase(message, tag.offset, extent(message, site.field)));
}

Mutation duplicate_tag(const EncodedMessage& message, const Site& site) {
  const WireField& tag = message.map.fields[site.field];
  Edit copy = erase(message, tag.offset, extent(message, site.field));
  copy.inserted = std::exchange(copy.removed, {});
  return shift_by(message, std::move(copy));
}

Mutation remove_padding(const EncodedMessage& message, const Site& site) {
  const WireField& padding = message.map.fields[site.field];
  return shift_by(message, erase(message, padding.offset, padding.size));
}

/// Inserts as many bytes as the field has before it, all `site.value`.
Mutation insert_before(const EncodedMessage& message, const Site& site) {
  const WireField& field = message.map.fields[site.field];
  return shift_by(message, insert(field.offset, field.size, static_cast<std::byte>(site.value)));
}

void add_if_decidable(const EncodedMessage& message, Mutation (*mutate)(const EncodedMessage&, const Site&),
                      const Site& site, Sites& sites) {
  if (mutate(message, site).expected) sites.add(site.field, site.value);
}

template <Mutation (*mutate)(const EncodedMessage&, const Site&), FieldKind... kinds>
void decidable_sites(const EncodedMessage& message, Sites& sites) {
  for (std::uint32_t i = 0; i < message.map.fields.size(); ++i)
    if (((message.map.fields[i].kind == kinds) || ...)) add_if_decidable(message, mutate, {i, 0}, sites);
}

}  // namespace

const FaultImpl outer_tag_absent = {Pairing::never, decidable_sites<remove_tag, FieldKind::outerTag>, remove_tag};
const FaultImpl outer_tag_twice = {Pairing::never, decidable_sites<duplicate_tag, FieldKind::outerTag>, duplicate_tag};
const FaultImpl inner_tag_absent = {Pairing::never, decidable_sites<remove_tag, FieldKind::innerTag>, remove_tag};
const FaultImpl inner_tag_twice = {Pairing::never, decidable_sites<duplicate_tag, FieldKind::innerTag>, duplicate_tag};
const FaultImpl alignment_missing = {
    Pairing::never, decidable_sites<remove_padding, FieldKind::alignment, FieldKind::structPadding>, remove_padding};

const FaultImpl alignment_extra = {Pairing::never,
                                   [](const EncodedMessage& message, Sites& sites) {
                                     for (std::uint32_t i = 0; i < message.map.fields.size(); ++i) {
                                       const WireField& field = message.map.fields[i];
                                       if (field.offset < message.map.body_begin || !is_required(field.kind)) continue;
                                       if (field.size != 2 && field.size != 4 && field.size != 8)
                                         continue;  // only primitives that have an alignment
                                       for (const std::uint64_t filling : {0x00U, 0xffU})
                                         add_if_decidable(message, insert_before, {i, filling}, sites);
                                     }
                                   },
                                   insert_before};

}  // namespace qmforge::sim
