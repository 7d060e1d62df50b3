// The value types of the Windows Filtering Platform (fwptypes.h), for other systems. Part of fwpmu.h.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include "base_types.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum FWP_DIRECTION_ QMFORGE_WINDOWS_ENUM {
  FWP_DIRECTION_OUTBOUND = 0,
  FWP_DIRECTION_INBOUND = 1,
  FWP_DIRECTION_MAX = 2
} FWP_DIRECTION;

typedef enum FWP_IP_VERSION_ QMFORGE_WINDOWS_ENUM {
  FWP_IP_VERSION_V4 = 0,
  FWP_IP_VERSION_V6 = 1,
  FWP_IP_VERSION_NONE = 2,
  FWP_IP_VERSION_MAX = 3
} FWP_IP_VERSION;

typedef enum FWP_NE_FAMILY_ QMFORGE_WINDOWS_ENUM {
  FWP_AF_INET = FWP_IP_VERSION_V4,
  FWP_AF_INET6 = FWP_IP_VERSION_V6,
  FWP_AF_ETHER = FWP_IP_VERSION_NONE,
  FWP_AF_NONE = 3
} FWP_AF;

typedef enum FWP_ETHER_ENCAP_METHOD_ QMFORGE_WINDOWS_ENUM {
  FWP_ETHER_ENCAP_METHOD_ETHER_V2 = 0,
  FWP_ETHER_ENCAP_METHOD_SNAP = 1,
  FWP_ETHER_ENCAP_METHOD_SNAP_W_OUI_ZERO = 3
} FWP_ETHER_ENCAP_METHOD;

typedef enum FWP_DATA_TYPE_ QMFORGE_WINDOWS_ENUM {
  FWP_EMPTY = 0,
  FWP_UINT8 = 1,
  FWP_UINT16 = 2,
  FWP_UINT32 = 3,
  FWP_UINT64 = 4,
  FWP_INT8 = 5,
  FWP_INT16 = 6,
  FWP_INT32 = 7,
  FWP_INT64 = 8,
  FWP_FLOAT = 9,
  FWP_DOUBLE = 10,
  FWP_BYTE_ARRAY16_TYPE = 11,
  FWP_BYTE_BLOB_TYPE = 12,
  FWP_SID = 13,
  FWP_SECURITY_DESCRIPTOR_TYPE = 14,
  FWP_TOKEN_INFORMATION_TYPE = 15,
  FWP_TOKEN_ACCESS_INFORMATION_TYPE = 16,
  FWP_UNICODE_STRING_TYPE = 17,
  FWP_BYTE_ARRAY6_TYPE = 18,
  FWP_BITMAP_INDEX_TYPE = 19,
  FWP_BITMAP_ARRAY64_TYPE = 20,
  FWP_SINGLE_DATA_TYPE_MAX = 0xff,
  FWP_V4_ADDR_MASK = 0x100,
  FWP_V6_ADDR_MASK = 0x101,
  FWP_RANGE_TYPE = 0x102,
  FWP_DATA_TYPE_MAX = 0x103
} FWP_DATA_TYPE;

typedef enum FWP_MATCH_TYPE_ QMFORGE_WINDOWS_ENUM {
  FWP_MATCH_EQUAL = 0,
  FWP_MATCH_GREATER = 1,
  FWP_MATCH_LESS = 2,
  FWP_MATCH_GREATER_OR_EQUAL = 3,
  FWP_MATCH_LESS_OR_EQUAL = 4,
  FWP_MATCH_RANGE = 5,
  FWP_MATCH_FLAGS_ALL_SET = 6,
  FWP_MATCH_FLAGS_ANY_SET = 7,
  FWP_MATCH_FLAGS_NONE_SET = 8,
  FWP_MATCH_EQUAL_CASE_INSENSITIVE = 9,
  FWP_MATCH_NOT_EQUAL = 10,
  FWP_MATCH_TYPE_MAX = 11
} FWP_MATCH_TYPE;

typedef struct FWP_BYTE_ARRAY6_ {
  UINT8 byteArray6[6];
} FWP_BYTE_ARRAY6;

typedef struct FWP_BYTE_ARRAY16_ {
  UINT8 byteArray16[16];
} FWP_BYTE_ARRAY16;

typedef struct FWP_BITMAP_ARRAY64_ {
  UINT8 bitmapArray64[8];
} FWP_BITMAP_ARRAY64;

typedef struct FWP_BYTE_BLOB_ {
  UINT32 size;
  UINT8* data;
} FWP_BYTE_BLOB;

typedef struct FWP_TOKEN_INFORMATION_ {
  ULONG sidCount;
  PSID_AND_ATTRIBUTES sids;
  ULONG restrictedSidCount;
  PSID_AND_ATTRIBUTES restrictedSids;
} FWP_TOKEN_INFORMATION;

typedef struct FWP_V4_ADDR_AND_MASK_ {
  UINT32 addr;  // host order: 10.0.0.0 is 0x0a000000
  UINT32 mask;
} FWP_V4_ADDR_AND_MASK;

typedef struct FWP_V6_ADDR_AND_MASK_ {
  UINT8 addr[16];  // network order
  UINT8 prefixLength;
} FWP_V6_ADDR_AND_MASK;

// The arms that FWP_VALUE0 and FWP_CONDITION_VALUE0 share.
#define QMFORGE_FWP_VALUE_ARMS             \
  UINT8 uint8;                             \
  UINT16 uint16;                           \
  UINT32 uint32;                           \
  UINT64* uint64;                          \
  INT8 int8;                               \
  INT16 int16;                             \
  INT32 int32;                             \
  INT64* int64;                            \
  float float32;                           \
  double* double64;                        \
  FWP_BYTE_ARRAY16* byteArray16;           \
  FWP_BYTE_BLOB* byteBlob;                 \
  SID* sid;                                \
  FWP_BYTE_BLOB* sd;                       \
  FWP_TOKEN_INFORMATION* tokenInformation; \
  FWP_BYTE_BLOB* tokenAccessInformation;   \
  LPWSTR unicodeString;                    \
  FWP_BYTE_ARRAY6* byteArray6;             \
  FWP_BITMAP_ARRAY64* bitmapArray64;

typedef struct FWP_VALUE0_ {
  FWP_DATA_TYPE type;
  union {
    QMFORGE_FWP_VALUE_ARMS
  };
} FWP_VALUE0;

typedef struct FWP_RANGE0_ {
  FWP_VALUE0 valueLow;
  FWP_VALUE0 valueHigh;
} FWP_RANGE0;

typedef struct FWP_CONDITION_VALUE0_ {
  FWP_DATA_TYPE type;
  union {
    QMFORGE_FWP_VALUE_ARMS
    FWP_V4_ADDR_AND_MASK* v4AddrMask;
    FWP_V6_ADDR_AND_MASK* v6AddrMask;
    FWP_RANGE0* rangeValue;
  };
} FWP_CONDITION_VALUE0;

#undef QMFORGE_FWP_VALUE_ARMS

#ifdef __cplusplus
}
#endif
// NOLINTEND
