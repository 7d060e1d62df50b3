// Faults of conformant arrays: counts that disagree, and counts that agree on more than there is.
#include <limits>

#include "mechanism.h"

namespace qmforge::sim {
namespace {

/// The datum at which a max_count is compared with its size_is field: the later of the two.
std::uint32_t compared_at(const Datum& max_count, std::uint32_t index) {
  return max_count.partner > index ? max_count.partner : index;
}

Outcome count_mismatch(const EncodedMessage& message, std::uint32_t max_count) {
  Outcome outcome = wrong(ErrorCode::arrayCountMismatch, message, max_count);
  outcome.moment = after(compared_at(message.map.data[max_count], max_count));
  return outcome;
}

bool counts_array(const Datum& max_count) { return max_count.partner != Datum::none; }

Plan put_max_count(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.data[site.datum], site.value)}, count_mismatch(message, site.datum), {}};
}

/// A site here is a max_count; the number goes into its size_is field.
Plan put_size_is(const EncodedMessage& message, const Site& site) {
  const Datum& size_is = message.map.data[message.map.data[site.datum].partner];
  return {{overwrite(message, size_is, site.value)}, count_mismatch(message, site.datum), {}};
}

/// The elements' max_count, where there is one.
std::optional<std::uint32_t> max_count_of(const EncodedMessage& message, const Datum& elements) {
  std::optional<std::uint32_t> found;
  for_each_datum(message, DatumKind::maxCount, [&](std::uint32_t i, const Datum& max_count) {
    if (max_count.partner == elements.partner) found = i;
  });
  return found;
}

/// The pointer in an image whose target holds these elements: they are the target, or its end (SID).
std::uint32_t pointer_to(const EncodedMessage& message, std::uint32_t elements) {
  std::uint32_t innermost = 0;
  for_each_datum(message, DatumKind::pointer, [&](std::uint32_t i, const Datum& pointer) {
    if (pointer.partner != Datum::none && pointer.partner <= elements && elements < pointer.partner_end) innermost = i;
  });
  return innermost;
}

/// Both counts say `site.value`, and the elements (the site's datum) do not fit.
Plan put_count(const EncodedMessage& message, const Site& site) {
  const std::vector<Datum>& data = message.map.data;
  const Datum& elements = data[site.datum];
  const Datum& size_is = data[elements.partner];
  if (is_image(message.options.format)) {
    Plan plan{{overwrite(message, size_is, site.value)},
              wrong(ErrorCode::badAddress, message, pointer_to(message, site.datum)),
              {}};
    if (size_is.size == 1) plan.outcome->moment = after(elements.partner);  // a SID is first read up to its count
    return plan;
  }
  const std::uint32_t max_count = *max_count_of(message, elements);
  Outcome outcome = wrong(ErrorCode::truncated, message, site.datum);
  outcome.moment = before(site.datum);
  Plan plan{{overwrite(message, size_is, site.value), overwrite(message, data[max_count], site.value)}, outcome, {}};
  if (plan.edits[0].offset > plan.edits[1].offset) std::swap(plan.edits[0], plan.edits[1]);
  return plan;
}

/// Adds what of `counts` the size_is field can hold and the data cannot.
void add_too_large(const EncodedMessage& message, std::uint32_t elements, std::initializer_list<std::uint64_t> counts,
                   Sites& sites) {
  const Datum& datum = message.map.data[elements];
  const Datum& size_is = message.map.data[datum.partner];
  const std::uint64_t most = size_is.size == 1 ? 0xff : 0xffffffff;
  const std::uint64_t room = message.bytes.size() - datum.offset;
  for (const std::uint64_t count : counts)
    if (count <= most && count * datum.unit > room) sites.add(elements, count);
}

}  // namespace

const Mechanism max_count_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::maxCount, [&](std::uint32_t i, const Datum& max_count) {
        if (!counts_array(max_count)) return;
        const std::uint64_t count = read(message, max_count);
        // + 0x100, + 0x10000: right where only a part of the number is looked at.
        if (count != 0) sites.add_numbers(i, {count - 1});
        sites.add_numbers(i, {0, count + 1, count + 0x100, count + 0x10000, 0x7fffffff, 0x80000000, 0xffffffff});
      });
    },
    put_max_count};

const Mechanism max_count_upper_half = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::maxCount, [&](std::uint32_t i, const Datum& max_count) {
        const std::uint64_t count = read(message, max_count);
        if (counts_array(max_count))
          sites.add_numbers(i, {count | 1ULL << 32, count | 1ULL << 63, count | ~0ULL << 32});
      });
    },
    put_max_count};

const Mechanism size_is_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::maxCount, [&](std::uint32_t i, const Datum& max_count) {
        if (!counts_array(max_count)) return;
        const Datum& size_is = message.map.data[max_count.partner];
        const std::uint64_t count = read(message, size_is);
        const std::uint64_t most = size_is.size == 1 ? 0xff : 0xffffffff;
        for (const std::uint64_t other : {count - 1, count + 1, std::uint64_t{0}, most})
          if (other <= most && other != count) sites.add(i, other);
      });
    },
    put_size_is};

const Mechanism count_beyond_data = {
    Pairing::length,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::elements, [&](std::uint32_t i, const Datum& elements) {
        const std::uint64_t fits = (message.bytes.size() - elements.offset) / elements.unit;
        add_too_large(message, i, {fits + 1, fits + 2, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff}, sites);
      });
    },
    put_count};

const Mechanism count_wraps = {
    Pairing::length,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::elements, [&](std::uint32_t i, const Datum& elements) {
        constexpr std::uint64_t all = 1ULL << 32;
        const std::uint64_t count = read(message, message.map.data[elements.partner]);
        // In 32 bits: count × size is 0, then what it was; offset + count × size is 0, then the elements' end.
        const std::uint64_t base = is_image(message.options.format) ? message.options.image_base : 0;
        const std::uint64_t product = all / elements.unit;
        const std::uint64_t sum = (all - static_cast<std::uint32_t>(base + elements.offset)) / elements.unit;
        add_too_large(message, i, {product, product + count, sum, sum + count}, sites);
      });
    },
    put_count};

}  // namespace qmforge::sim
