// Faults of strings: max_count, offset, actual_count and the terminating NUL.
#include "fault_impl.h"

namespace qmforge::sim {
namespace {

std::uint64_t max_count_value(const EncodedMessage& message, const WireField& actual_count) {
  return read(message, message.map.fields[actual_count.partner]);
}

Mutation put_offset(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.fields[site.field], site.value)},
          wrong(ErrorCode::stringOffset, message, site.field),
          {}};
}

Mutation put_actual_count(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.fields[site.field], site.value)},
          wrong(ErrorCode::stringLength, message, site.field),
          {}};
}

/// Makes actual_count (the site's field) greater than max_count: numbers above actual_count are written to it, lower
/// ones to max_count.
Mutation exceed_max_count(const EncodedMessage& message, const Site& site) {
  const WireField& actual_count = message.map.fields[site.field];
  if (site.value > read(message, actual_count)) return put_actual_count(message, site);
  Mutation mutation = put_actual_count(message, site);
  mutation.changes = {overwrite(message, message.map.fields[actual_count.partner], site.value)};
  return mutation;
}

/// Sets max_count and actual_count to more units than the data holds. The site's field is the units.
Mutation put_units(const EncodedMessage& message, const Site& site) {
  const std::vector<WireField>& fields = message.map.fields;
  const WireField& actual_count = fields[fields[site.field].partner];
  ExpectedError expected = wrong(ErrorCode::truncated, message, site.field);
  expected.position = before_reading(site.field);
  return {{overwrite(message, fields[actual_count.partner], site.value), overwrite(message, actual_count, site.value)},
          expected,
          {}};
}

void add_too_long(const EncodedMessage& message, std::uint32_t units, std::initializer_list<std::uint64_t> counts,
                  Sites& sites) {
  const std::uint64_t room = message.bytes.size() - message.map.fields[units].offset;
  for (const std::uint64_t count : counts)
    if (count * 2 > room) sites.add(units, count);
}

Mutation cut_short(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.fields[site.field], site.value)},
          wrong(ErrorCode::stringUnterminated, message, site.field),
          {}};
}

WireField unit_at(const WireField& units, std::uint64_t index) {
  return {.kind = FieldKind::integer, .path = units.path, .offset = units.offset + 2 * index, .size = 2};
}

/// Replaces the last one of the units (the site's field).
Mutation put_last_unit(const EncodedMessage& message, const Site& site) {
  const WireField& units = message.map.fields[site.field];
  Mutation mutation{{overwrite(message, unit_at(units, units.size / 2 - 1), site.value)}, {}, {}};
  if (is_memory_image(message.options.format)) {
    for_each_field(message, FieldKind::pointer, [&](std::uint32_t i, const WireField& pointer) {
      if (pointer.partner == site.field) mutation.expected = wrong(ErrorCode::stringUnterminated, message, i);
    });
  } else {
    mutation.expected = wrong(ErrorCode::stringUnterminated, message, units.partner);
    mutation.expected->position = after_reading(site.field);
  }
  return mutation;
}

}  // namespace

const FaultImpl string_offset_set = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::stringOffset, [&](std::uint32_t i, const WireField&) {
        sites.add_numbers(i, {1, 0x100, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff});
      });
    },
    put_offset};

const FaultImpl string_offset_upper_half = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::stringOffset, [&](std::uint32_t i, const WireField&) {
        sites.add_numbers(i, {1ULL << 32, 1ULL << 63, ~0ULL << 32});
      });
    },
    put_offset};

const FaultImpl string_longer_than_max = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::actualCount, [&](std::uint32_t i, const WireField& actual_count) {
        const std::uint64_t most = max_count_value(message, actual_count);
        const std::uint64_t actual = read(message, actual_count);
        for (const std::uint64_t max_count : {actual - 1, std::uint64_t{0}}) sites.add_numbers(i, {max_count});
        for (const std::uint64_t count : {most + 1, most + 0x100, std::uint64_t{0xffffffff}})
          if (count > most && count <= 0xffffffff) sites.add_numbers(i, {count});
      });
    },
    exceed_max_count};

const FaultImpl string_count_upper_half = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::actualCount, [&](std::uint32_t i, const WireField& actual_count) {
        const std::uint64_t actual = read(message, actual_count);
        sites.add_numbers(i, {actual | 1ULL << 32, actual | 1ULL << 63, 1ULL << 32});
      });
    },
    put_actual_count};

const FaultImpl string_beyond_data = {
    Pairing::length,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::units, [&](std::uint32_t i, const WireField& units) {
        const std::uint64_t fits = (message.bytes.size() - units.offset) / 2;
        add_too_long(message, i, {fits + 1, 0xffff, 0x7fffffff, 0xffffffff}, sites);
      });
    },
    put_units};

const FaultImpl string_count_wraps = {Pairing::length,
                                      [](const EncodedMessage& message, Sites& sites) {
                                        for_each_field(
                                            message, FieldKind::units, [&](std::uint32_t i, const WireField& units) {
                                              // In 32 bits: count × 2 wraps to 0, or to the true size; offset + count ×
                                              // 2 to 0, or to the true
                                              // end.
                                              constexpr std::uint64_t half = 1ULL << 31;
                                              const std::uint64_t count = units.size / 2;
                                              const std::uint64_t sum = half - units.offset / 2;
                                              add_too_long(message, i, {half, half + count, sum, sum + count}, sites);
                                            });
                                      },
                                      put_units};

const FaultImpl string_count_zero = {Pairing::inPlace,
                                     [](const EncodedMessage& message, Sites& sites) {
                                       for_each_field(message, FieldKind::actualCount,
                                                      [&](std::uint32_t i, const WireField&) { sites.add(i, 0); });
                                     },
                                     cut_short};

const FaultImpl string_cut_short = {
    Pairing::never,  // needs fewer units, so a truncated message or a smaller max_count may become legal
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::units, [&](std::uint32_t, const WireField& units) {
        const std::uint64_t count = units.size / 2;
        for (const std::uint64_t fewer : {count - 1, count / 2, std::uint64_t{1}})
          if (fewer != 0 && fewer < count && read(message, unit_at(units, fewer - 1)) != 0)
            sites.add_numbers(units.partner, {fewer});
      });
    },
    cut_short};

const FaultImpl string_without_nul = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_field(message, FieldKind::units, [&](std::uint32_t i, const WireField& units) {
        // In memory the string continues up to the next NUL, unless the image ends here.
        if (is_memory_image(message.options.format) && units.end() != message.bytes.size()) return;
        for (const std::uint64_t unit : {0x0001U, 0x0041U, 0x0100U, 0x2000U, 0xd800U, 0xffffU}) sites.add(i, unit);
      });
    },
    put_last_unit};

}  // namespace qmforge::sim
