// The enumerations of FWPM_NET_EVENT_IKEEXT_QM_FAILURE0/1, and qmforge's own: revision and format.
//
// Windows' enumerations are `[v1_enum]`: 32 bits on the wire and in memory (iketypes.idl, ipsectypes.idl). In a decoded
// event they may have any 32-bit value; is_valid() (names.h) checks for a defined member. The *_MAX members of the C
// headers are for parameter validation only (Microsoft Learn), so they are not members here.
#pragma once

#include <cstdint>
#include <string_view>

namespace qmforge {

/// IPSEC_FAILURE_POINT: which end of the negotiation failed.
enum class FailurePoint : std::uint32_t { none = 0, me = 1, peer = 2 };

/// IKEEXT_KEY_MODULE_TYPE: the keying module that negotiated.
enum class KeyModuleType : std::uint32_t { ike = 0, authip = 1, ikev2 = 2 };

/// IKEEXT_QM_SA_STATE: the state of the Quick Mode negotiation when it failed.
enum class QmSaState : std::uint32_t { none = 0, initial = 1, final = 2, complete = 3 };

/// IKEEXT_SA_ROLE: the role of this host.
enum class SaRole : std::uint32_t { initiator = 0, responder = 1 };

/// IPSEC_TRAFFIC_TYPE: transport mode has no subnets, tunnel mode has two. It is the switch of both subnet unions.
enum class TrafficType : std::uint32_t { transport = 0, tunnel = 1 };

/// FWP_DATA_TYPE: the switch of FWP_VALUE0 and FWP_CONDITION_VALUE0 (fwptypes.idl). The enumerators carry the names of
/// the union arms where a type has an arm of its own.
enum class DataType : std::uint32_t {
  empty = 0,
  uint8 = 1,
  uint16 = 2,
  uint32 = 3,
  uint64 = 4,
  int8 = 5,
  int16 = 6,
  int32 = 7,
  int64 = 8,
  float32 = 9,
  double64 = 10,
  byteArray16 = 11,
  byteBlob = 12,
  sid = 13,
  securityDescriptor = 14,
  tokenInformation = 15,
  tokenAccessInformation = 16,
  unicodeString = 17,
  byteArray6 = 18,
  bitmapIndex = 19,    // only in the SDKs of some Windows 10 releases
  bitmapArray64 = 20,  // likewise
  v4AddrMask = 0x100,  // from here on: FWP_CONDITION_VALUE0 alone
  v6AddrMask = 0x101,
  range = 0x102,
};

/// Which revision of the structure: 0 is FWPM_NET_EVENT_IKEEXT_QM_FAILURE0; 1 (Windows 10 RS4 and later) appends
/// mmSaLuid and mmProviderContextKey. There is no revision 2, and no encoding says which one it holds.
enum class Revision : std::uint32_t { r0 = 0, r1 = 1 };

/// How an event is encoded; docs/format.md 2 has the layouts.
enum class Format : std::uint32_t {
  ndr20 = 0,      // type serialization version 1 around NDR 2.0, either byte order ([MS-RPCE] 2.2.6)
  ndr20Body = 1,  // the NDR 2.0 body alone, little-endian (C706 chapter 14)
  ndr64 = 2,      // the NDR64 body alone, little-endian ([MS-RPCE] 2.2.5)
  native64 = 3,   // a memory image of the 64-bit structure, little-endian
  native32 = 4,   // a memory image of the 32-bit structure, little-endian
};

}  // namespace qmforge
