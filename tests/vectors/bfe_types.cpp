#include "vectors/bfe_types.h"

#include "reference/qm_failure_types.h"

namespace qmforge::reference {
namespace {

// No member has a Step, since an event does not have these members.
constexpr Step unnamed = Step::none;

const Type uint16 = integer(2);
const Type uint32 = integer(4);
const Type uint64 = integer(8);
const Type string = utf16_string();
const Type uint32_pointer = pointer_to(uint32);
const Type string_pointer = pointer_to(string);
const Type guid_pointer = pointer_to(guid);

// boot

const Member boot_condition_members[] = {
    {unnamed, &uint16},  // fieldId
    {unnamed, &uint16},  // reserved
    {unnamed, &uint32},  // matchType
    {unnamed, &condition_value},
};
const Type boot_condition = structure(boot_condition_members);
const Type boot_condition_array = array_of(boot_condition);
const Type boot_condition_array_pointer = pointer_to(boot_condition_array);

const Member boot_filter2_members[] = {
    {unnamed, &uint64},  // filterId
    {unnamed, &value},   // weight
    {unnamed, &uint16},  // subLayerWeight
    {unnamed, &uint16},  // flags
    {unnamed, &uint32},  // number of conditions
    {.step = unnamed, .type = &boot_condition_array_pointer, .governor = 4},
    {unnamed, &uint32},          // actionType
    {unnamed, &uint32},          // calloutId
    {unnamed, &uint64},          // context
    {unnamed, &uint32_pointer},  // providerContext
};
const Type boot_filter2 = structure(boot_filter2_members);
const Type boot_filter2_pointer = pointer_to(boot_filter2);

const Arm boot_filter_arms[] = {{.tag = 0, .type = &boot_filter2_pointer}};
const Type boot_filter_union = alternatives(boot_filter_arms);

const Member boot_filter_members[] = {
    {unnamed, &uint32},  // version
    {unnamed, &uint32},  // layerId
    {unnamed, &guid},
    {.step = unnamed, .type = &boot_filter_union, .governor = 0},
};
const Type boot_filter = structure(boot_filter_members);

// fwpm_filter

const Member fwpm_condition_members[] = {
    {unnamed, &guid},    // fieldKey
    {unnamed, &uint32},  // matchType
    {unnamed, &condition_value},
};
const Type fwpm_condition = structure(fwpm_condition_members);
const Type fwpm_condition_array = array_of(fwpm_condition);
const Type fwpm_condition_array_pointer = pointer_to(fwpm_condition_array);

const Arm fwpm_context_arms[] = {
    {.tag = 0, .type = &uint64},  // rawContext
    {.tag = 4, .type = &guid},    // providerContextKey
};
const Type fwpm_context_union = alternatives(fwpm_context_arms);

const Member fwpm_filter_members[] = {
    {unnamed, &guid},            // filterKey
    {unnamed, &string_pointer},  // name
    {unnamed, &string_pointer},  // description
    {unnamed, &uint32},          // flags
    {unnamed, &guid_pointer},    // providerKey
    {unnamed, &byte_blob},       // providerData
    {unnamed, &guid},            // layerKey
    {unnamed, &guid},            // subLayerKey
    {unnamed, &value},           // weight
    {unnamed, &uint32},          // number of conditions
    {.step = unnamed, .type = &fwpm_condition_array_pointer, .governor = 9},
    {unnamed, &uint32},  // actionType
    {unnamed, &uint32},  // actionDiscriminant
    {unnamed, &guid},    // actionKey
    {.step = unnamed, .type = &fwpm_context_union, .governor = 3, .governor_mask = 4},
    {unnamed, &guid_pointer},  // reserved
    {unnamed, &uint64},        // filterId
    {unnamed, &value},         // effectiveWeight
};
const Type fwpm_filter = structure(fwpm_filter_members);

}  // namespace

const Type bfe_boot_filter_pointer = pointer_to(boot_filter);
const Type bfe_fwpm_filter_pointer = pointer_to(fwpm_filter);

}  // namespace qmforge::reference
