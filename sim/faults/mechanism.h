// How each fault is made: the sites that it has in a message, and what it does at one of them.
#pragma once

#include <optional>
#include <vector>

#include "message.h"
#include "qmforge/sim/faults.h"

namespace qmforge::sim {

/// What is done to a message, and what comes of it.
struct Plan {
  std::vector<Edit> edits;         // ascending and apart
  std::optional<Outcome> outcome;  // nullopt: what comes of it cannot be told, or is `accepted`
  std::optional<Event> accepted;   // the message stays legal and means this
};

/// Collects sites; a value that a datum holds already, or that was added for it before, is passed over.
class Sites {
 public:
  explicit Sites(const EncodedMessage& message) noexcept : message_(message) {}

  /// A site that is about no datum.
  void add(std::uint64_t value) { found_.push_back({Datum::none, value}); }
  /// A site at a datum, which is not about the number that stands there.
  void add(std::uint32_t datum, std::uint64_t value) { found_.push_back({datum, value}); }
  /// One site for each number that is not where the datum stands. It has room for all of them.
  void add_numbers(std::uint32_t datum, std::initializer_list<std::uint64_t> numbers);

  [[nodiscard]] std::vector<Site> take() noexcept { return std::move(found_); }

 private:
  const EncodedMessage& message_;
  std::vector<Site> found_;
};

/// Whether a fault makes a pair with others; see apply_both.
enum class Pairing : std::uint8_t { inPlace, length, alone };

struct Mechanism {
  Pairing pairing;
  void (*sites)(const EncodedMessage& message, Sites& sites);
  Plan (*plan)(const EncodedMessage& message, const Site& site);
};

/// Calls look(index, datum) for each datum of a kind.
template <class Look>
void for_each_datum(const EncodedMessage& message, DatumKind kind, Look&& look) {
  for (std::uint32_t i = 0; i < message.map.data.size(); ++i)
    if (message.map.data[i].kind == kind) look(i, message.map.data[i]);
}

// length_faults.cpp
extern const Mechanism truncated_input, truncated_object, bytes_after_object, bytes_after_length;
// header_faults.cpp
extern const Mechanism header_version, header_endianness, header_endianness_flipped, header_length, object_length_short,
    object_length_long, object_length_unaligned, object_length_swapped;
// discriminant_faults.cpp
extern const Mechanism traffic_type_differs, traffic_type_unknown, outer_tag_differs, type_differs, type_unknown,
    inner_tag_differs;
// shift_faults.cpp
extern const Mechanism outer_tag_absent, outer_tag_twice, inner_tag_absent, inner_tag_twice, alignment_missing,
    alignment_extra;
// count_faults.cpp
extern const Mechanism max_count_differs, max_count_upper_half, size_is_differs, count_beyond_data, count_wraps;
// string_faults.cpp
extern const Mechanism string_offset_set, string_offset_upper_half, string_longer_than_max, string_count_upper_half,
    string_beyond_data, string_count_wraps, string_count_zero, string_cut_short, string_without_nul;
// pointer_faults.cpp
extern const Mechanism pointee_missing, pointee_left_over;
// address_faults.cpp
extern const Mechanism address_outside, address_just_outside, address_of_last_byte, address_straddles_end,
    address_misaligned, address_of_itself, address_of_structure;

}  // namespace qmforge::sim
