// Faults of conformant arrays: counts that differ, and equal counts that exceed the data.
#include <algorithm>
#include <limits>

#include "fault_impl.h"

namespace qmforge::sim {
namespace {

/// The later one of a max_count and its size_is field: there the two are compared.
std::uint32_t compared_at(const WireField& max_count, std::uint32_t index) {
  return max_count.partner > index ? max_count.partner : index;
}

ExpectedError count_mismatch(const EncodedMessage& message, std::uint32_t max_count) {
  ExpectedError expected = wrong(ErrorCode::arrayCountMismatch, message, max_count);
  expected.position = after_reading(compared_at(message.map.fields[max_count], max_count));
  return expected;
}

bool is_of_array(const WireField& max_count) { return max_count.partner != WireField::none; }

Mutation put_max_count(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.fields[site.field], site.value)}, count_mismatch(message, site.field), {}};
}

/// The site is a max_count; the number is written to its size_is field.
Mutation put_size_is(const EncodedMessage& message, const Site& site) {
  const WireField& size_is = message.map.fields[message.map.fields[site.field].partner];
  return {{overwrite(message, size_is, site.value)}, count_mismatch(message, site.field), {}};
}

/// The max_count of `elements`, if it has one.
std::optional<std::uint32_t> max_count_of(const EncodedMessage& message, const WireField& elements) {
  std::optional<std::uint32_t> found;
  for_each_field(message, FieldKind::maxCount, [&](std::uint32_t i, const WireField& max_count) {
    if (max_count.partner == elements.partner) found = i;
  });
  return found;
}

/// The pointer in an image whose pointee is these elements, or ends with them (SID).
std::uint32_t pointer_to(const EncodedMessage& message, std::uint32_t elements) {
  std::uint32_t innermost = 0;
  for_each_field(message, FieldKind::pointer, [&](std::uint32_t i, const WireField& pointer) {
    if (pointer.partner != WireField::none && pointer.partner <= elements && elements < pointer.partner_end)
      innermost = i;
  });
  return innermost;
}

/// Both counts are `site.value`, and the elements (the site's field) do not fit.
Mutation put_count(const EncodedMessage& message, const Site& site) {
  const std::vector<WireField>& fields = message.map.fields;
  const WireField& elements = fields[site.field];
  const WireField& size_is = fields[elements.partner];
  if (is_memory_image(message.options.format)) {
    Mutation mutation{{overwrite(message, size_is, site.value)},
                      wrong(ErrorCode::badAddress, message, pointer_to(message, site.field)),
                      {}};
    if (size_is.size == 1)
      mutation.expected->position = after_reading(elements.partner);  // a SID is read up to its count first
    return mutation;
  }
  const std::uint32_t max_count = *max_count_of(message, elements);
  ExpectedError expected = wrong(ErrorCode::truncated, message, site.field);
  expected.position = before_reading(site.field);
  Mutation mutation{
      {overwrite(message, size_is, site.value), overwrite(message, fields[max_count], site.value)}, expected, {}};
  std::ranges::sort(mutation.changes.all(), {}, &Change::offset);
  return mutation;
}

/// Adds those of `counts` that fit in the size_is field and exceed the data.
void add_too_large(const EncodedMessage& message, std::uint32_t elements, std::initializer_list<std::uint64_t> counts,
                   Sites& sites) {
  const WireField& field = message.map.fields[elements];
  const WireField& size_is = message.map.fields[field.partner];
  const std::uint64_t most = size_is.size == 1 ? 0xff : 0xffffffff;
  const std::uint64_t room = message.bytes.size() - field.offset;
  for (const std::uint64_t count : counts)
    if (count <= most && count * field.unit > room) sites.add(elements, count);
}

}  // namespace

const FaultImpl max_count_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::maxCount, [&](std::uint32_t i, const WireField& max_count) {
        if (!is_of_array(max_count)) return;
        const std::uint64_t count = read(message, max_count);
        // + 0x100, + 0x10000: equal to a decoder that compares only the lower bits.
        if (count != 0) sites.add_numbers(i, {count - 1});
        sites.add_numbers(i, {0, count + 1, count + 0x100, count + 0x10000, 0x7fffffff, 0x80000000, 0xffffffff});
      });
    },
    put_max_count};

const FaultImpl max_count_upper_half = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::maxCount, [&](std::uint32_t i, const WireField& max_count) {
        const std::uint64_t count = read(message, max_count);
        if (is_of_array(max_count)) sites.add_numbers(i, {count | 1ULL << 32, count | 1ULL << 63, count | ~0ULL << 32});
      });
    },
    put_max_count};

const FaultImpl size_is_differs = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::maxCount, [&](std::uint32_t i, const WireField& max_count) {
        if (!is_of_array(max_count)) return;
        const WireField& size_is = message.map.fields[max_count.partner];
        const std::uint64_t count = read(message, size_is);
        const std::uint64_t most = size_is.size == 1 ? 0xff : 0xffffffff;
        for (const std::uint64_t other : {count - 1, count + 1, std::uint64_t{0}, most})
          if (other <= most && other != count) sites.add(i, other);
      });
    },
    put_size_is};

const FaultImpl count_beyond_data = {
    Pairing::length,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::elements, [&](std::uint32_t i, const WireField& elements) {
        const std::uint64_t fits = (message.bytes.size() - elements.offset) / elements.unit;
        add_too_large(message, i, {fits + 1, fits + 2, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff}, sites);
      });
    },
    put_count};

const FaultImpl count_wraps = {
    Pairing::length,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::elements, [&](std::uint32_t i, const WireField& elements) {
        constexpr std::uint64_t all = 1ULL << 32;
        const std::uint64_t count = read(message, message.map.fields[elements.partner]);
        // In 32 bits: count × size wraps to 0, or to the true size; offset + count × size to 0, or to the true end.
        const std::uint64_t base = is_memory_image(message.options.format) ? message.options.image_base : 0;
        const std::uint64_t product = all / elements.unit;
        const std::uint64_t sum = (all - static_cast<std::uint32_t>(base + elements.offset)) / elements.unit;
        add_too_large(message, i, {product, product + count, sum, sum + count}, sites);
      });
    },
    put_count};

}  // namespace qmforge::sim
