// Faults that move the following fields: bytes are missing or repeated.
//
// The decoder's error depends on the bytes that it reads at the wrong place. read_shifted() derives the error from the
// field map; where it cannot, there is no site.
#include <algorithm>
#include <cstddef>
#include <vector>

#include "fault_impl.h"

namespace qmforge::sim {
namespace {

/// With a change that inserts or erases bytes, an ndr20 body is padded again, and its ObjectBufferLength updated.
Changes shift_by(const EncodedMessage& message, const Change& shift) {
  if (message.options.format != Format::ndr20) return {shift};
  const std::uint64_t size = message.bytes.size();
  const std::uint64_t object = message.map.object_end - message.map.body_begin + shift.inserted - shift.removed;
  const std::uint64_t body = (object + 7) / 8 * 8;
  const std::uint64_t end = message.map.body_begin + body;
  const std::uint64_t moved = size + shift.inserted - shift.removed;
  Changes changes = {overwrite(message, message.map.fields[object_length_index], body), shift};
  if (end > moved) changes.push_back(insert(size, end - moved));
  if (end < moved) changes.push_back(erase(size - (moved - end), moved - end));
  return changes;
}

/// The size of a discriminant with the padding after it.
std::uint64_t extent(const EncodedMessage& message, std::uint32_t tag) {
  const std::vector<WireField>& fields = message.map.fields;
  const bool padded = fields[tag + 1].kind == FieldKind::alignment || fields[tag + 1].kind == FieldKind::structPadding;
  return fields[tag].size + (padded && fields[tag + 1].offset == fields[tag].end() ? fields[tag + 1].size : 0);
}

Change remove_tag(const EncodedMessage& message, const Site& site) {
  return erase(message.map.fields[site.field].offset, extent(message, site.field));
}

Change duplicate_tag(const EncodedMessage& message, const Site& site) {
  Change copy = insert(message.map.fields[site.field].offset, extent(message, site.field));
  assert(copy.inserted <= copy.pattern.size());
  std::copy_n(message.bytes.begin() + static_cast<std::ptrdiff_t>(copy.offset), copy.inserted, copy.pattern.begin());
  return copy;
}

Change remove_padding(const EncodedMessage& message, const Site& site) {
  const WireField& padding = message.map.fields[site.field];
  return erase(padding.offset, padding.size);
}

/// Inserts as many bytes as the field has before it, all `site.value`.
Change insert_before(const EncodedMessage& message, const Site& site) {
  const WireField& field = message.map.fields[site.field];
  return insert(field.offset, field.size, static_cast<std::byte>(site.value));
}

/// `bytes`: memory to reuse.
void add_if_decidable(const EncodedMessage& message, Change (*shift)(const EncodedMessage&, const Site&),
                      const Site& site, std::vector<std::byte>& bytes, Sites& sites) {
  const Change moving = shift(message, site);
  change(message.bytes, shift_by(message, moving), bytes);
  if (read_shifted(message, bytes, moving.offset)) sites.add(site.field, site.value);
}

using Shift = Change (*)(const EncodedMessage& message, const Site& site);

template <Shift shift>
Mutation shifted(const EncodedMessage& message, const Site& site) {
  const Change moving = shift(message, site);
  Mutation mutation{shift_by(message, moving), {}, {}};
  std::vector<std::byte> bytes;
  change(message.bytes, mutation.changes, bytes);
  mutation.expected = read_shifted(message, bytes, moving.offset);
  return mutation;
}

/// Adds the sites whose error the map determines, at fields of these kinds, in the order of the map.
template <Shift shift, FieldKind... kinds>
void decidable_sites(const EncodedMessage& message, Sites& sites) {
  std::vector<std::byte> bytes;
  for (std::uint32_t i = 0; i < message.map.fields.size(); ++i)
    if (((message.map.fields[i].kind == kinds) || ...)) add_if_decidable(message, shift, {i, 0}, bytes, sites);
}

template <Shift shift, FieldKind... kinds>
constexpr FaultImpl shift_fault = {Pairing::never, decidable_sites<shift, kinds...>, shifted<shift>};

}  // namespace

const FaultImpl outer_tag_absent = shift_fault<remove_tag, FieldKind::outerTag>;
const FaultImpl outer_tag_twice = shift_fault<duplicate_tag, FieldKind::outerTag>;
const FaultImpl inner_tag_absent = shift_fault<remove_tag, FieldKind::innerTag>;
const FaultImpl inner_tag_twice = shift_fault<duplicate_tag, FieldKind::innerTag>;
const FaultImpl alignment_missing = shift_fault<remove_padding, FieldKind::alignment, FieldKind::structPadding>;

const FaultImpl alignment_extra = {Pairing::never,
                                   [](const EncodedMessage& message, Sites& sites) {
                                     std::vector<std::byte> bytes;
                                     for (std::uint32_t i = 0; i < message.map.fields.size(); ++i) {
                                       const WireField& field = message.map.fields[i];
                                       if (field.offset < message.map.body_begin || !is_required(field.kind)) continue;
                                       if (field.size != 2 && field.size != 4 && field.size != 8)
                                         continue;  // only primitives that have an alignment
                                       for (const std::uint64_t filling : {0x00U, 0xffU})
                                         add_if_decidable(message, insert_before, {i, filling}, bytes, sites);
                                     }
                                   },
                                   shifted<insert_before>};

}  // namespace qmforge::sim
