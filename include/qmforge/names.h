// The names that Windows' headers give to the values of enums.h, and our names for the formats.
//
// Every function here is total: a value without a name gives an empty view or nullopt, never an error. The views have
// static storage.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "qmforge/enums.h"

namespace qmforge {

/// The C name of a defined member (`IPSEC_FAILURE_ME`); empty for every other value, the MAX members included.
[[nodiscard]] std::string_view c_name(FailurePoint value) noexcept;
[[nodiscard]] std::string_view c_name(KeyModuleType value) noexcept;
[[nodiscard]] std::string_view c_name(QmSaState value) noexcept;
[[nodiscard]] std::string_view c_name(SaRole value) noexcept;
[[nodiscard]] std::string_view c_name(TrafficType value) noexcept;
[[nodiscard]] std::string_view c_name(DataType value) noexcept;

/// `ndr20`, `ndr20-body`, `ndr64`, `native64`, `native32`: the names of the JSON form and of the command line.
[[nodiscard]] std::string_view to_string(Format format) noexcept;

/// The inverse of to_string(Format); nullopt for any other text.
///
/// Law NamesRoundTrip: format_from_name(to_string(f)) == f, and from_c_name<E>(c_name(v)) == v for every defined
/// member v.
[[nodiscard]] std::optional<Format> format_from_name(std::string_view text) noexcept;

/// The inverse of `c_name`; nullopt for any other text.
template <class Enum>
[[nodiscard]] std::optional<Enum> from_c_name(std::string_view text) noexcept;

/// The name of the union arm that a type selects (`v4AddrMask`), which is also its name in JSON; empty for
/// DataType::empty and for invalid types. FWP_BITMAP_INDEX_TYPE shares the arm `uint8`.
[[nodiscard]] std::string_view arm_name(DataType type) noexcept;

/// The number of defined members of an enumeration; they are 0 … member_count - 1. (DataType has gaps: all_data_types.)
template <class Enum>
inline constexpr std::uint32_t member_count = 0;
template <>
inline constexpr std::uint32_t member_count<FailurePoint> = 3;
template <>
inline constexpr std::uint32_t member_count<KeyModuleType> = 3;
template <>
inline constexpr std::uint32_t member_count<QmSaState> = 4;
template <>
inline constexpr std::uint32_t member_count<SaRole> = 2;
template <>
inline constexpr std::uint32_t member_count<TrafficType> = 2;

/// Whether a value is a defined member of its enumeration.
template <class Enum>
[[nodiscard]] constexpr bool is_valid(Enum value) noexcept {
  static_assert(member_count<Enum> != 0, "not one of the event's enumerations");
  return static_cast<std::uint32_t>(value) < member_count<Enum>;
}

/// The 24 types of FWP_CONDITION_VALUE0 in ascending order; all but the last three are FWP_VALUE0's too.
inline constexpr std::array all_data_types = {
    DataType::empty,
    DataType::uint8,
    DataType::uint16,
    DataType::uint32,
    DataType::uint64,
    DataType::int8,
    DataType::int16,
    DataType::int32,
    DataType::int64,
    DataType::float32,
    DataType::double64,
    DataType::byteArray16,
    DataType::byteBlob,
    DataType::sid,
    DataType::securityDescriptor,
    DataType::tokenInformation,
    DataType::tokenAccessInformation,
    DataType::unicodeString,
    DataType::byteArray6,
    DataType::bitmapIndex,
    DataType::bitmapArray64,
    DataType::v4AddrMask,
    DataType::v6AddrMask,
    DataType::range,
};

inline constexpr std::array all_formats = {Format::ndr20, Format::ndr20Body, Format::ndr64, Format::native64,
                                           Format::native32};

[[nodiscard]] constexpr bool is_memory_image(Format format) noexcept {
  return format == Format::native64 || format == Format::native32;
}

/// Whether FWP_VALUE0 has an arm for the type: all but the masks and the range.
[[nodiscard]] constexpr bool is_value_type(DataType type) noexcept { return static_cast<std::uint32_t>(type) <= 20; }

/// Whether FWP_CONDITION_VALUE0 has an arm for the type.
[[nodiscard]] constexpr bool is_condition_value_type(DataType type) noexcept {
  const auto number = static_cast<std::uint32_t>(type);
  return number <= 20 || (number >= 0x100 && number <= 0x102);
}

/// Whether the arm of a condition value type is a `[unique]` pointer, which can be NULL.
[[nodiscard]] constexpr bool is_pointer_type(DataType type) noexcept {
  switch (type) {
    case DataType::uint64:
    case DataType::int64:
    case DataType::double64:
    case DataType::byteArray16:
    case DataType::byteBlob:
    case DataType::sid:
    case DataType::securityDescriptor:
    case DataType::tokenInformation:
    case DataType::tokenAccessInformation:
    case DataType::unicodeString:
    case DataType::byteArray6:
    case DataType::bitmapArray64:
    case DataType::v4AddrMask:
    case DataType::v6AddrMask:
    case DataType::range: return true;
    default: return false;
  }
}

}  // namespace qmforge
