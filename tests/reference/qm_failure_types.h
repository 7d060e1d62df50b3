// FWPM_NET_EVENT_IKEEXT_QM_FAILURE0/1 and everything below it, as tables (fwpmtypes.idl, fwptypes.idl).
#pragma once

#include <cstdint>

#include "reference/type.h"

namespace qmforge::reference {

extern const Type guid;                // GUID
extern const Type byte_blob;           // FWP_BYTE_BLOB
extern const Type sid;                 // SID
extern const Type sid_and_attributes;  // SID_AND_ATTRIBUTES
extern const Type token_information;   // FWP_TOKEN_INFORMATION
extern const Type v4_addr_mask;        // FWP_V4_ADDR_AND_MASK
extern const Type v6_addr_mask;        // FWP_V6_ADDR_AND_MASK
extern const Type range;               // FWP_RANGE0
extern const Type value;               // FWP_VALUE0
extern const Type condition_value;     // FWP_CONDITION_VALUE0
extern const Type qm_failure0;         // FWPM_NET_EVENT_IKEEXT_QM_FAILURE0
extern const Type qm_failure1;         // FWPM_NET_EVENT_IKEEXT_QM_FAILURE1

}  // namespace qmforge::reference
