// The exhaustive set: every combination, every shape, every edge case, every fault at every site.
//
// Its parts and their sizes: E = 6 encodings: ndr20 little- and big-endian, ndr20-body, ndr64, native64,
// native32. A *shape* of a subnet is one of the 24 data types, NULL or not if its arm is a pointer: S = 24 + 15 = 39.
//
//   combinations  2 revisions × 72 enum combinations × (1 for transport + S² for a tunnel) × E        1,315,008
//                 (72 times two traffic types are the 144 of docs/format.md 1.2)
//   contents      2 revisions × 2 sides × edges of one subnet's contents: 1,804, or 1,803 in an image,
//                 which cannot hold a NUL inside a string                                               43,288
//   fields        2 traffic types × E × (39 for revision 0 + 49 for revision 1): of each enumeration but
//                 saTrafficType 5 invalid values (MAX, MAX + 1, both sides of the sign bit, all ones), 12 error codes,
//                 7 filter ids, 7 LUIDs, 3 GUIDs                          1,056
//   forms         (1 + S) × 2 revisions × legal ways to write one: 8 for ndr20 in each byte order, 13
//                 for a bare body, 4 for an image                                                         4,000
//   faults        every site of every fault in 161 messages × E, by fault in docs/generators.md           323,149
//   pairs         every pair of faults in 8 messages × E, one site each                                     3,750
//
// An invalid saTrafficType is malformed, not invalid, because it selects no arm: it belongs to the faults.
#pragma once

#include <cstdint>
#include <functional>

#include "qmforge/sim/labelled.h"

namespace qmforge::sim {

enum class Part : std::uint8_t { combinations, contents, fields, forms, faults, pairs };
inline constexpr std::array all_parts = {Part::combinations, Part::contents, Part::fields,
                                         Part::forms,        Part::faults,   Part::pairs};

/// `combinations`, `contents` …
[[nodiscard]] std::string_view to_string(Part part) noexcept;

inline constexpr std::uint64_t encoding_count = 6;
inline constexpr std::uint64_t shape_count = 24 + 15;

/// The number of inputs by the formulas above; 0 for the parts without a formula.
[[nodiscard]] constexpr std::uint64_t part_size(Part part) noexcept {
  constexpr std::uint64_t contents = 1804;
  constexpr std::uint64_t two = 2;  // revisions, sides, traffic types
  switch (part) {
    case Part::combinations: return two * 72 * (1 + shape_count * shape_count) * encoding_count;
    case Part::contents: return two * two * (4 * contents + 2 * (contents - 1));
    case Part::fields: return two * encoding_count * (39 + 49);
    case Part::forms: return (1 + shape_count) * two * (2 * 8 + 2 * 13 + 2 * 4);
    default: return 0;
  }
}

/// Calls `visit` with each input of a part, always in the same order. The input has no label yet and lives until
/// `visit` returns.
void walk(Part part, const std::function<void(const LabelledInput&)>& visit);

}  // namespace qmforge::sim
