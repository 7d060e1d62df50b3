// The sizes and offsets on which the memory images (native64, native32) rest, asserted against Windows' own headers as
// mingw-w64 has them. Those headers stop at FWPM_NET_EVENT1 and have no FWPM_NET_EVENT_IKEEXT_QM_FAILURE1, and they
// give its QM_FAILURE0 the two unions without their switch: what is asserted is what is there.
//
// There is nothing to run: it compiles or it does not. It includes no C++ library, so that a compiler without one for
// the other pointer size can check it too (see CMakeLists.txt).
#include <winsock2.h>
// after winsock2.h
#include <fwpmtypes.h>
#include <stddef.h>
#include <windows.h>

namespace {

constexpr bool is64 = sizeof(void*) == 8;
constexpr size_t on(size_t x64, size_t x86) { return is64 ? x64 : x86; }

using Failure = FWPM_NET_EVENT_IKEEXT_QM_FAILURE0;
static_assert(sizeof(Failure) == on(64, 48));
static_assert(offsetof(Failure, failureErrorCode) == 0);
static_assert(offsetof(Failure, failurePoint) == 4);
static_assert(offsetof(Failure, keyingModuleType) == 8);
static_assert(offsetof(Failure, qmState) == 12);
static_assert(offsetof(Failure, saRole) == 16);
static_assert(offsetof(Failure, saTrafficType) == 20);
static_assert(offsetof(Failure, localSubNet) == 24);
static_assert(offsetof(Failure, localSubNet.uint8) == on(32, 28));
static_assert(offsetof(Failure, remoteSubNet) == on(40, 32));
static_assert(offsetof(Failure, remoteSubNet.uint8) == on(48, 36));
static_assert(offsetof(Failure, qmFilterId) == on(56, 40));

// Enumerations are 32 bits in memory, as they are on the wire.
static_assert(sizeof(IPSEC_FAILURE_POINT) == 4);
static_assert(sizeof(IKEEXT_KEY_MODULE_TYPE) == 4);
static_assert(sizeof(IKEEXT_QM_SA_STATE) == 4);
static_assert(sizeof(IKEEXT_SA_ROLE) == 4);
static_assert(sizeof(IPSEC_TRAFFIC_TYPE) == 4);
static_assert(sizeof(FWP_DATA_TYPE) == 4);

// The members of revision 1, at their offsets after revision 0.
struct FailureAndRevision1 {
  Failure revision0;
  UINT64 mmSaLuid;
  GUID mmProviderContextKey;
};
static_assert(offsetof(FailureAndRevision1, mmSaLuid) == on(64, 48));
static_assert(offsetof(FailureAndRevision1, mmProviderContextKey) == on(72, 56));
static_assert(sizeof(FailureAndRevision1) == on(88, 72));
static_assert(sizeof(GUID) == 16);
static_assert(offsetof(GUID, Data2) == 4 && offsetof(GUID, Data3) == 6 && offsetof(GUID, Data4) == 8);

static_assert(sizeof(FWP_CONDITION_VALUE0) == on(16, 8));
static_assert(offsetof(FWP_CONDITION_VALUE0, type) == 0);
static_assert(offsetof(FWP_CONDITION_VALUE0, v4AddrMask) == on(8, 4));
static_assert(offsetof(FWP_CONDITION_VALUE0, v6AddrMask) == on(8, 4));
static_assert(offsetof(FWP_CONDITION_VALUE0, rangeValue) == on(8, 4));

static_assert(sizeof(FWP_VALUE0) == on(16, 8));
static_assert(offsetof(FWP_VALUE0, type) == 0);
static_assert(offsetof(FWP_VALUE0, uint8) == on(8, 4));
static_assert(offsetof(FWP_VALUE0, float32) == on(8, 4));
static_assert(offsetof(FWP_VALUE0, uint64) == on(8, 4));
static_assert(offsetof(FWP_VALUE0, unicodeString) == on(8, 4));
static_assert(sizeof(FWP_VALUE0::uint64) == sizeof(void*));    // a pointer, not the integer
static_assert(sizeof(FWP_VALUE0::int64) == sizeof(void*));     // likewise
static_assert(sizeof(FWP_VALUE0::double64) == sizeof(void*));  // likewise
static_assert(sizeof(FWP_VALUE0::byteArray16) == sizeof(void*));
static_assert(sizeof(FWP_VALUE0::byteArray6) == sizeof(void*));

static_assert(sizeof(FWP_BYTE_BLOB) == on(16, 8));
static_assert(offsetof(FWP_BYTE_BLOB, size) == 0);
static_assert(offsetof(FWP_BYTE_BLOB, data) == on(8, 4));
static_assert(sizeof(FWP_BYTE_ARRAY16) == 16);
static_assert(sizeof(FWP_BYTE_ARRAY6) == 6);

static_assert(sizeof(FWP_V4_ADDR_AND_MASK) == 8);
static_assert(offsetof(FWP_V4_ADDR_AND_MASK, addr) == 0);
static_assert(offsetof(FWP_V4_ADDR_AND_MASK, mask) == 4);
static_assert(sizeof(FWP_V6_ADDR_AND_MASK) == 17);
static_assert(alignof(FWP_V6_ADDR_AND_MASK) == 1);
static_assert(offsetof(FWP_V6_ADDR_AND_MASK, addr) == 0);
static_assert(offsetof(FWP_V6_ADDR_AND_MASK, prefixLength) == 16);

static_assert(sizeof(FWP_RANGE0) == on(32, 16));
static_assert(offsetof(FWP_RANGE0, valueLow) == 0);
static_assert(offsetof(FWP_RANGE0, valueHigh) == on(16, 8));

static_assert(sizeof(FWP_TOKEN_INFORMATION) == on(32, 16));
static_assert(offsetof(FWP_TOKEN_INFORMATION, sidCount) == 0);
static_assert(offsetof(FWP_TOKEN_INFORMATION, sids) == on(8, 4));
static_assert(offsetof(FWP_TOKEN_INFORMATION, restrictedSidCount) == on(16, 8));
static_assert(offsetof(FWP_TOKEN_INFORMATION, restrictedSids) == on(24, 12));
static_assert(sizeof(SID_AND_ATTRIBUTES) == on(16, 8));
static_assert(offsetof(SID_AND_ATTRIBUTES, Sid) == 0);
static_assert(offsetof(SID_AND_ATTRIBUTES, Attributes) == on(8, 4));
static_assert(offsetof(SID, Revision) == 0);
static_assert(offsetof(SID, SubAuthorityCount) == 1);
static_assert(offsetof(SID, IdentifierAuthority) == 2);
static_assert(sizeof(SID_IDENTIFIER_AUTHORITY) == 6);
static_assert(offsetof(SID, SubAuthority) == 8);
static_assert(sizeof(SID::SubAuthority[0]) == 4);
static_assert(sizeof(WCHAR) == 2);

}  // namespace
