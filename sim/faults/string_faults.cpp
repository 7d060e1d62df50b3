// Faults of strings: max_count, offset, actual_count and the NUL at the end.
#include "mechanism.h"

namespace qmforge::sim {
namespace {

std::uint64_t max_count_of(const EncodedMessage& message, const Datum& actual_count) {
  return read(message, message.map.data[actual_count.partner]);
}

Plan put_offset(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.data[site.datum], site.value)},
          wrong(ErrorCode::stringOffset, message, site.datum),
          {}};
}

Plan put_actual_count(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.data[site.datum], site.value)},
          wrong(ErrorCode::stringLength, message, site.datum),
          {}};
}

/// The smallest wrong max_count is put there; everything else is put into actual_count (the site's datum).
Plan put_longer(const EncodedMessage& message, const Site& site) {
  const Datum& actual_count = message.map.data[site.datum];
  if (site.value > read(message, actual_count)) return put_actual_count(message, site);
  Plan plan = put_actual_count(message, site);
  plan.edits = {overwrite(message, message.map.data[actual_count.partner], site.value)};
  return plan;
}

/// max_count and actual_count agree on more units (the site's datum) than there are.
Plan put_count(const EncodedMessage& message, const Site& site) {
  const std::vector<Datum>& data = message.map.data;
  const Datum& actual_count = data[data[site.datum].partner];
  Outcome outcome = wrong(ErrorCode::truncated, message, site.datum);
  outcome.moment = before(site.datum);
  return {{overwrite(message, data[actual_count.partner], site.value), overwrite(message, actual_count, site.value)},
          outcome,
          {}};
}

void add_too_large(const EncodedMessage& message, std::uint32_t units, std::initializer_list<std::uint64_t> counts,
                   Sites& sites) {
  const std::uint64_t room = message.bytes.size() - message.map.data[units].offset;
  for (const std::uint64_t count : counts)
    if (count * 2 > room) sites.add(units, count);
}

Plan cut_short(const EncodedMessage& message, const Site& site) {
  return {{overwrite(message, message.map.data[site.datum], site.value)},
          wrong(ErrorCode::stringUnterminated, message, site.datum),
          {}};
}

Datum unit_at(const Datum& units, std::uint64_t index) {
  return {.kind = DatumKind::integer, .field = units.field, .offset = units.offset + 2 * index, .size = 2};
}

/// Another unit instead of the last one of the units (the site's datum).
Plan put_last_unit(const EncodedMessage& message, const Site& site) {
  const Datum& units = message.map.data[site.datum];
  Plan plan{{overwrite(message, unit_at(units, units.size / 2 - 1), site.value)}, {}, {}};
  if (is_image(message.options.format)) {
    for_each_datum(message, DatumKind::pointer, [&](std::uint32_t i, const Datum& pointer) {
      if (pointer.partner == site.datum) plan.outcome = wrong(ErrorCode::stringUnterminated, message, i);
    });
  } else {
    plan.outcome = wrong(ErrorCode::stringUnterminated, message, units.partner);
    plan.outcome->moment = after(site.datum);
  }
  return plan;
}

}  // namespace

const Mechanism string_offset_set = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::stringOffset, [&](std::uint32_t i, const Datum&) {
        sites.add_numbers(i, {1, 0x100, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff});
      });
    },
    put_offset};

const Mechanism string_offset_upper_half = {Pairing::inPlace,
                                            [](const EncodedMessage& message, Sites& sites) {
                                              for_each_datum(
                                                  message, DatumKind::stringOffset, [&](std::uint32_t i, const Datum&) {
                                                    sites.add_numbers(i, {1ULL << 32, 1ULL << 63, ~0ULL << 32});
                                                  });
                                            },
                                            put_offset};

const Mechanism string_longer_than_max = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::actualCount, [&](std::uint32_t i, const Datum& actual_count) {
        const std::uint64_t most = max_count_of(message, actual_count);
        const std::uint64_t actual = read(message, actual_count);
        for (const std::uint64_t max_count : {actual - 1, std::uint64_t{0}}) sites.add_numbers(i, {max_count});
        for (const std::uint64_t count : {most + 1, most + 0x100, std::uint64_t{0xffffffff}})
          if (count > most && count <= 0xffffffff) sites.add_numbers(i, {count});
      });
    },
    put_longer};

const Mechanism string_count_upper_half = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::actualCount, [&](std::uint32_t i, const Datum& actual_count) {
        const std::uint64_t actual = read(message, actual_count);
        sites.add_numbers(i, {actual | 1ULL << 32, actual | 1ULL << 63, 1ULL << 32});
      });
    },
    put_actual_count};

const Mechanism string_beyond_data = {
    Pairing::length,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::units, [&](std::uint32_t i, const Datum& units) {
        const std::uint64_t fits = (message.bytes.size() - units.offset) / 2;
        add_too_large(message, i, {fits + 1, 0xffff, 0x7fffffff, 0xffffffff}, sites);
      });
    },
    put_count};

const Mechanism string_count_wraps = {Pairing::length,
                                      [](const EncodedMessage& message, Sites& sites) {
                                        for_each_datum(
                                            message, DatumKind::units, [&](std::uint32_t i, const Datum& units) {
                                              // In 32 bits: count × 2 is 0, then what it was; offset + count × 2 is 0,
                                              // then the units' end.
                                              constexpr std::uint64_t half = 1ULL << 31;
                                              const std::uint64_t count = units.size / 2;
                                              const std::uint64_t sum = half - units.offset / 2;
                                              add_too_large(message, i, {half, half + count, sum, sum + count}, sites);
                                            });
                                      },
                                      put_count};

const Mechanism string_count_zero = {Pairing::inPlace,
                                     [](const EncodedMessage& message, Sites& sites) {
                                       for_each_datum(message, DatumKind::actualCount,
                                                      [&](std::uint32_t i, const Datum&) { sites.add(i, 0); });
                                     },
                                     cut_short};

const Mechanism string_cut_short = {
    Pairing::alone,  // fewer units are asked for, which a cut message or a smaller max_count may allow
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::units, [&](std::uint32_t, const Datum& units) {
        const std::uint64_t count = units.size / 2;
        for (const std::uint64_t fewer : {count - 1, count / 2, std::uint64_t{1}})
          if (fewer != 0 && fewer < count && read(message, unit_at(units, fewer - 1)) != 0)
            sites.add_numbers(units.partner, {fewer});
      });
    },
    cut_short};

const Mechanism string_without_nul = {
    Pairing::inPlace,
    [](const EncodedMessage& message, Sites& sites) {
      for_each_datum(message, DatumKind::units, [&](std::uint32_t i, const Datum& units) {
        // In memory the string goes on to the next NUL, unless the image ends here.
        if (is_image(message.options.format) && units.end() != message.bytes.size()) return;
        for (const std::uint64_t unit : {0x0001U, 0x0041U, 0x0100U, 0x2000U, 0xd800U, 0xffffU}) sites.add(i, unit);
      });
    },
    put_last_unit};

}  // namespace qmforge::sim
