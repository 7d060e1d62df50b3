// The tables. Compare with the IDL, line by line.
#include "reference/qm_failure_types.h"

#include <span>

namespace qmforge::reference {
namespace {

// Indices of members that govern another one.

constexpr Type uint8 = integer(1);
constexpr Type uint16 = integer(2);
constexpr Type uint32 = integer(4);
constexpr Type uint64 = integer(8);
constexpr Type bytes6 = bytes(6);
constexpr Type bytes8 = bytes(8);
constexpr Type bytes16 = bytes(16);
constexpr Type uint8_array = array_of(uint8);
constexpr Type uint32_array = array_of(uint32);
constexpr Type wide_string = utf16_string();

constexpr Type uint64_pointer = pointer_to(uint64);
constexpr Type bytes6_pointer = pointer_to(bytes6);
constexpr Type bytes8_pointer = pointer_to(bytes8);
constexpr Type bytes16_pointer = pointer_to(bytes16);
constexpr Type uint8_array_pointer = pointer_to(uint8_array);
constexpr Type string_pointer = pointer_to(wide_string);

constexpr Member guid_members[] = {
    {Step::none, &uint32},
    {Step::none, &uint16},
    {Step::none, &uint16},
    {Step::none, &bytes8},
};

constexpr Member byte_blob_members[] = {
    {Step::size, &uint32},
    {.step = Step::data, .type = &uint8_array_pointer, .governor = 0},
};

constexpr Member sid_members[] = {
    {Step::revision, &uint8},
    {Step::subAuthorityCount, &uint8},
    {Step::identifierAuthority, &bytes6},
    {.step = Step::subAuthority, .type = &uint32_array, .governor = 1},
};

}  // namespace

constexpr Type guid = indivisible_structure(guid_members);
constexpr Type byte_blob = structure(byte_blob_members);
constexpr Type sid = structure(sid_members);

namespace {

constexpr Type byte_blob_pointer = pointer_to(byte_blob);
constexpr Type sid_pointer = pointer_to(sid);

constexpr Member sid_and_attributes_members[] = {
    {Step::sid, &sid_pointer},
    {Step::attributes, &uint32},
};

}  // namespace

constexpr Type sid_and_attributes = structure(sid_and_attributes_members);

namespace {

constexpr Type sid_and_attributes_array = array_of(sid_and_attributes);
constexpr Type sid_and_attributes_array_pointer = pointer_to(sid_and_attributes_array);

constexpr Member token_information_members[] = {
    {Step::sidCount, &uint32},
    {.step = Step::sids, .type = &sid_and_attributes_array_pointer, .governor = 0},
    {Step::restrictedSidCount, &uint32},
    {.step = Step::restrictedSids, .type = &sid_and_attributes_array_pointer, .governor = 2},
};

constexpr Member v4_addr_mask_members[] = {
    {Step::addr, &uint32},
    {Step::mask, &uint32},
};

constexpr Member v6_addr_mask_members[] = {
    {Step::addr, &bytes16},
    {Step::prefixLength, &uint8},
};

}  // namespace

constexpr Type token_information = structure(token_information_members);
constexpr Type v4_addr_mask = structure(v4_addr_mask_members);
constexpr Type v6_addr_mask = structure(v6_addr_mask_members);

namespace {

constexpr Type token_information_pointer = pointer_to(token_information);
constexpr Type v4_addr_mask_pointer = pointer_to(v4_addr_mask);
constexpr Type v6_addr_mask_pointer = pointer_to(v6_addr_mask);
constexpr Type range_pointer = pointer_to(range);

// FWP_CONDITION_VALUE0's arms; all but the last three are FWP_VALUE0's.
constexpr Arm condition_value_arms[] = {
    {.tag = 0},
    {1, Step::uint8, &uint8},
    {2, Step::uint16, &uint16},
    {3, Step::uint32, &uint32},
    {4, Step::uint64, &uint64_pointer},
    {5, Step::int8, &uint8},
    {6, Step::int16, &uint16},
    {7, Step::int32, &uint32},
    {8, Step::int64, &uint64_pointer},
    {9, Step::float32, &uint32},
    {10, Step::double64, &uint64_pointer},
    {11, Step::byteArray16, &bytes16_pointer},
    {12, Step::byteBlob, &byte_blob_pointer},
    {13, Step::sid, &sid_pointer},
    {14, Step::sd, &byte_blob_pointer},
    {15, Step::tokenInformation, &token_information_pointer},
    {16, Step::tokenAccessInformation, &byte_blob_pointer},
    {17, Step::unicodeString, &string_pointer},
    {18, Step::byteArray6, &bytes6_pointer},
    {19, Step::uint8, &uint8},
    {20, Step::bitmapArray64, &bytes8_pointer},
    {0x100, Step::v4AddrMask, &v4_addr_mask_pointer},
    {0x101, Step::v6AddrMask, &v6_addr_mask_pointer},
    {0x102, Step::rangeValue, &range_pointer},
};
constexpr auto value_arms = std::span<const Arm>(condition_value_arms).first<21>();

constexpr Type value_union = alternatives(value_arms, Step::type);
constexpr Type condition_value_union = alternatives(condition_value_arms, Step::type);

constexpr Member value_members[] = {
    {Step::type, &uint32},
    {.step = Step::none, .type = &value_union, .governor = 0},
};

constexpr Member condition_value_members[] = {
    {Step::type, &uint32},
    {.step = Step::none, .type = &condition_value_union, .governor = 0},
};

constexpr Member range_members[] = {
    {Step::valueLow, &value},
    {Step::valueHigh, &value},
};

}  // namespace

constexpr Type value = structure(value_members);
constexpr Type condition_value = structure(condition_value_members);
constexpr Type range = structure(range_members);

namespace {

constexpr Arm subnet_arms[] = {
    {.tag = 0},                            // IPSEC_TRAFFIC_TYPE_TRANSPORT
    {.tag = 1, .type = &condition_value},  // IPSEC_TRAFFIC_TYPE_TUNNEL
};
constexpr Type subnet = alternatives(subnet_arms);

// Revision 1's members; all but the last two are revision 0's.
constexpr Member qm_failure_members[] = {
    {Step::failureErrorCode, &uint32},
    {Step::failurePoint, &uint32},
    {Step::keyingModuleType, &uint32},
    {Step::qmState, &uint32},
    {Step::saRole, &uint32},
    {Step::saTrafficType, &uint32},
    {.step = Step::localSubNet, .type = &subnet, .governor = 5},
    {.step = Step::remoteSubNet, .type = &subnet, .governor = 5},
    {Step::qmFilterId, &uint64},
    {Step::mmSaLuid, &uint64},
    {Step::mmProviderContextKey, &guid},
};

}  // namespace

constexpr Type qm_failure0 = structure(std::span<const Member>(qm_failure_members).first<9>());
constexpr Type qm_failure1 = structure(qm_failure_members);

}  // namespace qmforge::reference
