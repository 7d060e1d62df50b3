// How each fault is implemented: its sites in a message, and the change that it makes at one of them.
#pragma once

#include <optional>
#include <vector>

#include "message.h"
#include "qmforge/sim/faults.h"

namespace qmforge::sim {

/// A change of a message, and the expected result.
struct Mutation {
  Changes changes;
  std::optional<ExpectedError> expected;  // nullopt: unknown, or the message stays legal
  std::optional<Event> accepted;          // the event, if the message stays legal
};

/// Collects sites. add_numbers() skips the present value of a wire field and duplicates.
class Sites {
 public:
  Sites(const EncodedMessage& message, std::vector<Site>& found) noexcept : message_(message), found_(found) {}

  /// A site without a wire field.
  void add(std::uint64_t value) { found_.push_back({WireField::none, value}); }
  /// A site at a wire field, with a value that is not a new number for it.
  void add(std::uint32_t index, std::uint64_t value) { found_.push_back({index, value}); }
  /// One site for each number that is not the field's present value. Each number must fit in the field.
  void add_numbers(std::uint32_t index, std::initializer_list<std::uint64_t> numbers);

 private:
  /// Whether the last sites, which are at this field, have the number.
  [[nodiscard]] bool has(std::uint32_t index, std::uint64_t number) const;

  const EncodedMessage& message_;
  std::vector<Site>& found_;
};

/// Which other faults a fault can be combined with; see apply_both.
enum class Pairing : std::uint8_t {
  inPlace,  // with all but `never`
  length,   // only with `inPlace`
  never,
};

struct FaultImpl {
  Pairing pairing;
  void (*sites)(const EncodedMessage& message, Sites& sites);
  Mutation (*mutate)(const EncodedMessage& message, const Site& site);
};

/// Calls visit(index, field) for each wire field of a kind.
template <class Visitor>
void for_each_field(const EncodedMessage& message, FieldKind kind, Visitor&& visit) {
  for (std::uint32_t i = 0; i < message.map.fields.size(); ++i)
    if (message.map.fields[i].kind == kind) visit(i, message.map.fields[i]);
}

// length_faults.cpp
extern const FaultImpl truncated_input, truncated_object, bytes_after_object, bytes_after_length;
// header_faults.cpp
extern const FaultImpl header_version, header_endianness, header_endianness_flipped, header_length, object_length_short,
    object_length_long, object_length_unaligned, object_length_swapped;
// discriminant_faults.cpp
extern const FaultImpl traffic_type_differs, traffic_type_unknown, outer_tag_differs, type_differs, type_unknown,
    inner_tag_differs;
// shift_faults.cpp
extern const FaultImpl outer_tag_absent, outer_tag_twice, inner_tag_absent, inner_tag_twice, alignment_missing,
    alignment_extra;
// count_faults.cpp
extern const FaultImpl max_count_differs, max_count_upper_half, size_is_differs, count_beyond_data, count_wraps;
// string_faults.cpp
extern const FaultImpl string_offset_set, string_offset_upper_half, string_longer_than_max, string_count_upper_half,
    string_beyond_data, string_count_wraps, string_count_zero, string_cut_short, string_without_nul;
// pointer_faults.cpp
extern const FaultImpl pointee_missing, pointee_left_over;
// address_faults.cpp
extern const FaultImpl address_outside, address_just_outside, address_of_last_byte, address_straddles_end,
    address_misaligned, address_of_itself, address_of_structure;

}  // namespace qmforge::sim
