// Faults that move what follows: bytes that should be there and are not, or are there twice.
//
// What a decoder then says depends on what it reads where something else should be. misread() tells it from the datum
// map; where it cannot, there is no site.
#include <utility>

#include "mechanism.h"

namespace qmforge::sim {
namespace {

/// The body's end moves with what is inserted or erased; ndr20's is padded anew, ObjectBufferLength with it.
Plan shifted(const EncodedMessage& message, Edit shift) {
  const std::uint64_t size = message.bytes.size();
  Plan plan;
  if (message.options.format != Format::ndr20) {
    plan.edits = {std::move(shift)};
  } else {
    const std::uint64_t object =
        message.map.object_end - message.map.body_begin + shift.inserted.size() - shift.removed.size();
    const std::uint64_t body = (object + 7) / 8 * 8;
    const std::uint64_t end = message.map.body_begin + body;
    const std::uint64_t moved = size + shift.inserted.size() - shift.removed.size();
    plan.edits = {overwrite(message, message.map.data[object_length_index], body), std::move(shift)};
    if (end > moved) plan.edits.push_back(insert(size, end - moved));
    if (end < moved) plan.edits.push_back(erase(message, size - (moved - end), moved - end));
  }
  plan.outcome = misread(message, edited(message.bytes, plan.edits));
  return plan;
}

/// A discriminant and the padding that belongs to it: how far what follows moves.
std::uint64_t extent(const EncodedMessage& message, std::uint32_t tag) {
  const std::vector<Datum>& data = message.map.data;
  const bool padded = data[tag + 1].kind == DatumKind::alignment || data[tag + 1].kind == DatumKind::structPadding;
  return data[tag].size + (padded && data[tag + 1].offset == data[tag].end() ? data[tag + 1].size : 0);
}

Plan without(const EncodedMessage& message, const Site& site) {
  const Datum& tag = message.map.data[site.datum];
  return shifted(message, erase(message, tag.offset, extent(message, site.datum)));
}

Plan twice(const EncodedMessage& message, const Site& site) {
  const Datum& tag = message.map.data[site.datum];
  Edit copy = erase(message, tag.offset, extent(message, site.datum));
  copy.inserted = std::exchange(copy.removed, {});
  return shifted(message, std::move(copy));
}

Plan unaligned(const EncodedMessage& message, const Site& site) {
  const Datum& padding = message.map.data[site.datum];
  return shifted(message, erase(message, padding.offset, padding.size));
}

/// As many bytes as the datum has, before it; all of them `site.value`.
Plan moved_by_one(const EncodedMessage& message, const Site& site) {
  const Datum& datum = message.map.data[site.datum];
  return shifted(message, insert(datum.offset, datum.size, static_cast<std::byte>(site.value)));
}

void add_tellable(const EncodedMessage& message, Plan (*plan)(const EncodedMessage&, const Site&), const Site& site,
                  Sites& sites) {
  if (plan(message, site).outcome) sites.add(site.datum, site.value);
}

template <Plan (*plan)(const EncodedMessage&, const Site&), DatumKind... kinds>
void tellable_sites(const EncodedMessage& message, Sites& sites) {
  for (std::uint32_t i = 0; i < message.map.data.size(); ++i)
    if (((message.map.data[i].kind == kinds) || ...)) add_tellable(message, plan, {i, 0}, sites);
}

}  // namespace

const Mechanism outer_tag_absent = {Pairing::alone, tellable_sites<without, DatumKind::outerTag>, without};
const Mechanism outer_tag_twice = {Pairing::alone, tellable_sites<twice, DatumKind::outerTag>, twice};
const Mechanism inner_tag_absent = {Pairing::alone, tellable_sites<without, DatumKind::innerTag>, without};
const Mechanism inner_tag_twice = {Pairing::alone, tellable_sites<twice, DatumKind::innerTag>, twice};
const Mechanism alignment_missing = {
    Pairing::alone, tellable_sites<unaligned, DatumKind::alignment, DatumKind::structPadding>, unaligned};

const Mechanism alignment_extra = {Pairing::alone,
                                   [](const EncodedMessage& message, Sites& sites) {
                                     for (std::uint32_t i = 0; i < message.map.data.size(); ++i) {
                                       const Datum& datum = message.map.data[i];
                                       if (datum.offset < message.map.body_begin || !is_required(datum.kind)) continue;
                                       if (datum.size != 2 && datum.size != 4 && datum.size != 8)
                                         continue;  // a primitive that has an alignment
                                       for (const std::uint64_t filling : {0x00U, 0xffU})
                                         add_tellable(message, moved_by_one, {i, filling}, sites);
                                     }
                                   },
                                   moved_by_one};

}  // namespace qmforge::sim
