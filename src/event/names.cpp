// The C names of the enumerations' members and the names of the formats: one table each, read in both directions.
#include "qmforge/names.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "qmforge/field_path.h"

namespace qmforge {
namespace {

// Names in the order of the members. A member's number is its index, except in DataType, whose numbers have a gap.
template <class Enum>
constexpr std::array<std::string_view, 0> member_names{};
template <>
constexpr std::array<std::string_view, 3> member_names<FailurePoint> = {
    "IPSEC_FAILURE_NONE",
    "IPSEC_FAILURE_ME",
    "IPSEC_FAILURE_PEER",
};
template <>
constexpr std::array<std::string_view, 3> member_names<KeyModuleType> = {
    "IKEEXT_KEY_MODULE_IKE",
    "IKEEXT_KEY_MODULE_AUTHIP",
    "IKEEXT_KEY_MODULE_IKEV2",
};
template <>
constexpr std::array<std::string_view, 4> member_names<QmSaState> = {
    "IKEEXT_QM_SA_STATE_NONE",
    "IKEEXT_QM_SA_STATE_INITIAL",
    "IKEEXT_QM_SA_STATE_FINAL",
    "IKEEXT_QM_SA_STATE_COMPLETE",
};
template <>
constexpr std::array<std::string_view, 2> member_names<SaRole> = {
    "IKEEXT_SA_ROLE_INITIATOR",
    "IKEEXT_SA_ROLE_RESPONDER",
};
template <>
constexpr std::array<std::string_view, 2> member_names<TrafficType> = {
    "IPSEC_TRAFFIC_TYPE_TRANSPORT",
    "IPSEC_TRAFFIC_TYPE_TUNNEL",
};
template <>
constexpr std::array<std::string_view, 24> member_names<DataType> = {
    "FWP_EMPTY",
    "FWP_UINT8",
    "FWP_UINT16",
    "FWP_UINT32",
    "FWP_UINT64",
    "FWP_INT8",
    "FWP_INT16",
    "FWP_INT32",
    "FWP_INT64",
    "FWP_FLOAT",
    "FWP_DOUBLE",
    "FWP_BYTE_ARRAY16_TYPE",
    "FWP_BYTE_BLOB_TYPE",
    "FWP_SID",
    "FWP_SECURITY_DESCRIPTOR_TYPE",
    "FWP_TOKEN_INFORMATION_TYPE",
    "FWP_TOKEN_ACCESS_INFORMATION_TYPE",
    "FWP_UNICODE_STRING_TYPE",
    "FWP_BYTE_ARRAY6_TYPE",
    "FWP_BITMAP_INDEX_TYPE",
    "FWP_BITMAP_ARRAY64_TYPE",
    "FWP_V4_ADDR_MASK",
    "FWP_V6_ADDR_MASK",
    "FWP_RANGE_TYPE",
};
template <>
constexpr std::array<std::string_view, 5> member_names<Format> = {
    "ndr20", "ndr20-body", "ndr64", "native64", "native32",
};

static_assert(member_names<DataType>.size() == all_data_types.size());
static_assert(member_names<Format>.size() == all_formats.size());

// The index of a value among its enumeration's members; past the end for a value that is not a member.
template <class Enum>
constexpr std::size_t place_of(Enum value) noexcept {
  return static_cast<std::uint32_t>(value);
}
constexpr std::size_t place_of(DataType value) noexcept {
  const auto number = static_cast<std::uint32_t>(value);
  if (is_value_type(value)) return number;
  return is_condition_value_type(value) ? number - 0x100 + 21 : all_data_types.size();
}

template <class Enum>
constexpr Enum member_at(std::size_t place) noexcept {
  return static_cast<Enum>(static_cast<std::uint32_t>(place));
}
template <>
constexpr DataType member_at(std::size_t place) noexcept {
  return all_data_types[place];
}

template <class Enum>
std::string_view name_of(Enum value) noexcept {
  const std::size_t place = place_of(value);
  return place < member_names<Enum>.size() ? member_names<Enum>[place] : std::string_view();
}

template <class Enum>
std::optional<Enum> member_called(std::string_view text) noexcept {
  for (std::size_t place = 0; place < member_names<Enum>.size(); ++place)
    if (member_names<Enum>[place] == text) return member_at<Enum>(place);
  return std::nullopt;
}

}  // namespace

std::string_view c_name(FailurePoint value) noexcept { return name_of(value); }
std::string_view c_name(KeyModuleType value) noexcept { return name_of(value); }
std::string_view c_name(QmSaState value) noexcept { return name_of(value); }
std::string_view c_name(SaRole value) noexcept { return name_of(value); }
std::string_view c_name(TrafficType value) noexcept { return name_of(value); }
std::string_view c_name(DataType value) noexcept { return name_of(value); }

std::string_view to_string(Format format) noexcept { return name_of(format); }
std::optional<Format> format_from_name(std::string_view text) noexcept { return member_called<Format>(text); }

template <class Enum>
std::optional<Enum> from_c_name(std::string_view text) noexcept {
  return member_called<Enum>(text);
}
template std::optional<FailurePoint> from_c_name<FailurePoint>(std::string_view) noexcept;
template std::optional<KeyModuleType> from_c_name<KeyModuleType>(std::string_view) noexcept;
template std::optional<QmSaState> from_c_name<QmSaState>(std::string_view) noexcept;
template std::optional<SaRole> from_c_name<SaRole>(std::string_view) noexcept;
template std::optional<TrafficType> from_c_name<TrafficType>(std::string_view) noexcept;
template std::optional<DataType> from_c_name<DataType>(std::string_view) noexcept;

std::string_view arm_name(DataType type) noexcept { return to_string(arm_step(type)); }

}  // namespace qmforge
