// Reads a filter of the Base Filtering Engine with the library's NDR reader, which reads the values as it reads those
// of a subnet. The members around the values are read here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <span>
#include <vector>

#include "decode/ndr20_header.h"
#include "decode/ndr_reader.h"
#include "decode/transfer_syntax.h"
#include "qmforge/decode.h"
#include "qmforge/event.h"

namespace qmforge::testing {

/// The values of a filter, in wire order.
struct BfeValues {
  std::deque<Value> values;                // FWP_VALUE0: the weights
  std::vector<ConditionValue> conditions;  // FWP_CONDITION_VALUE0
  std::size_t left = 0;                    // bytes that were not read: padding, if fewer than 8
};

class BfeReader {
 public:
  using Reader = detail::NdrReader<detail::Ndr20<std::endian::little>>;

  /// `boot`: which of the two structures.
  static std::expected<BfeValues, DecodeError> read(std::span<const std::byte> pickle, bool boot) {
    using Header = detail::Ndr20Header;
    detail::Outcome outcome(std::in_place);
    std::size_t length = 0;
    if (Header::common(pickle) != Header::little) Header::reject(pickle, outcome);
    if (!outcome || !Header::read_length<std::endian::little>(pickle, length, outcome))
      return std::unexpected(outcome.error());
    constexpr std::size_t body = Header::size;
    BfeReader reader(Reader(pickle.data() + body, length, body, outcome));
    if (!(boot ? reader.boot_filter() : reader.fwpm_filter())) {
      // A filter that ends with a NULL pointer or an unknown version is not an error.
      return std::unexpected(outcome ? DecodeError{ErrorCode::truncated, {}, body} : outcome.error());
    }
    reader.found_.left = pickle.size() - body - reader.in_.position();
    return reader.found_;
  }

 private:
  explicit BfeReader(Reader reader) : in_(reader) {}

  // Each function reads the structure of the same name in bfe_types.cpp, member by member.

  bool boot_filter() {
    bool is_null = false;
    std::uint32_t version = 0;
    if (!in_.pointer(is_null, {}) || is_null) return !is_null;
    return in_.integer(version, {}) && skip<std::uint32_t>() && skip_guid() && in_.discriminant(version, {}) &&
           (version == 0 || in_.unknown_discriminant({})) && in_.pointer(is_null, {}) && (is_null || boot_filter2());
  }

  bool boot_filter2() {
    Value& weight = found_.values.emplace_back();
    std::uint32_t count = 0;
    bool no_conditions = false;
    bool no_context = false;
    return skip<std::uint64_t>() && in_.value(weight, {}) && skip<std::uint16_t>() && skip<std::uint16_t>() &&
           in_.integer(count, {}) && in_.pointer(no_conditions, {}) && skip<std::uint32_t>() && skip<std::uint32_t>() &&
           skip<std::uint64_t>() && in_.pointer(no_context, {}) && in_.pointee(weight, {}) &&
           (no_conditions || conditions(count, [this] { return skip<std::uint16_t>() && skip<std::uint16_t>(); })) &&
           (no_context || skip<std::uint32_t>());
  }

  bool fwpm_filter() {
    bool is_null = false;
    if (!in_.pointer(is_null, {}) || is_null) return !is_null;
    in_.align(8);  // as the structure, which holds 64-bit integers
    bool no_name = false;
    bool no_description = false;
    bool no_provider = false;
    bool no_data = false;
    bool no_conditions = false;
    bool no_reserved = false;
    std::uint32_t flags = 0;
    std::uint32_t data_size = 0;
    std::uint32_t count = 0;
    Value& weight = found_.values.emplace_back();
    Value& effective_weight = found_.values.emplace_back();
    return skip_guid() && in_.pointer(no_name, {}) && in_.pointer(no_description, {}) && in_.integer(flags, {}) &&
           in_.pointer(no_provider, {}) && in_.integer(data_size, {}) && in_.pointer(no_data, {}) && skip_guid() &&
           skip_guid() && in_.value(weight, {}) && in_.integer(count, {}) && in_.pointer(no_conditions, {}) &&
           skip<std::uint32_t>() && skip<std::uint32_t>() && skip_guid() && fwpm_context(flags & 4) &&
           in_.pointer(no_reserved, {}) && skip<std::uint64_t>() && in_.value(effective_weight, {}) &&
           // the pointees
           (no_name || skip_string()) && (no_description || skip_string()) && (no_provider || skip_guid()) &&
           (no_data || skip_bytes(data_size)) && in_.pointee(weight, {}) &&
           (no_conditions || conditions(count, [this] { return skip_guid(); })) && (no_reserved || skip_guid()) &&
           in_.pointee(effective_weight, {});
  }

  bool fwpm_context(std::uint32_t switch_field) {
    if (!in_.discriminant(switch_field, {})) return false;
    return switch_field == 0 ? skip<std::uint64_t>() : skip_guid();
  }

  /// An array of conditions; `field` reads the start of each.
  template <class Field>
  bool conditions(std::uint32_t count, Field field) {
    if (!in_.max_count(count, {})) return false;
    const std::size_t first = found_.conditions.size();
    for (std::uint32_t i = 0; i < count; ++i) {
      in_.align(4);
      if (!field() || !skip<std::uint32_t>() || !in_.condition_value(found_.conditions.emplace_back(), {}))
        return false;
    }
    for (std::uint32_t i = 0; i < count; ++i)
      if (!in_.condition_pointee(found_.conditions[first + i], {})) return false;
    return true;
  }

  template <class T>
  bool skip() {
    T skipped{};
    return in_.integer(skipped, {});
  }
  bool skip_guid() {
    Guid skipped{};
    return in_.guid(skipped, {});
  }
  bool skip_string() {
    Utf16View skipped;
    return in_.string(skipped, {});
  }
  bool skip_bytes(std::uint32_t size) {
    const std::byte* skipped = nullptr;
    return in_.max_count(size, {}) && in_.elements(skipped, size, 1, {});
  }

  Reader in_;
  BfeValues found_;
};

}  // namespace qmforge::testing
