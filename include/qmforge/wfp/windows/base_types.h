// The basic types of Windows that net events are made of, for systems that have none. Part of fwpmu.h.
//
// Windows' long is 32 bits and its wchar_t 16, whatever they are here: DWORD and WCHAR are the types to use.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include <stdint.h>

#define WINAPI  // calling conventions: 32-bit Windows has more than one, others have not
#define CALLBACK

typedef int8_t INT8;
typedef int16_t INT16;
typedef int32_t INT32;
typedef int64_t INT64;
typedef uint8_t UINT8;
typedef uint16_t UINT16;
typedef uint32_t UINT32;
typedef uint64_t UINT64;
typedef uint8_t BYTE;
typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef int BOOL;
typedef void* HANDLE;

// An enumeration of Windows is an int: every 32-bit value may stand in one.
#ifdef __cplusplus
#define QMFORGE_WINDOWS_ENUM : int
typedef char16_t WCHAR;
#else
#define QMFORGE_WINDOWS_ENUM
typedef uint_least16_t WCHAR;
#endif
typedef WCHAR* LPWSTR;

typedef struct _FILETIME {
  DWORD dwLowDateTime;  // 100 ns since 1601-01-01 00:00 UTC
  DWORD dwHighDateTime;
} FILETIME;

typedef struct _GUID {
  UINT32 Data1;
  UINT16 Data2;
  UINT16 Data3;
  UINT8 Data4[8];
} GUID;

typedef struct _SID_IDENTIFIER_AUTHORITY {
  BYTE Value[6];  // big-endian
} SID_IDENTIFIER_AUTHORITY;

typedef struct _SID {
  BYTE Revision;
  BYTE SubAuthorityCount;
  SID_IDENTIFIER_AUTHORITY IdentifierAuthority;
  DWORD SubAuthority[1];  // SubAuthorityCount of them
} SID;

typedef struct _SID_AND_ATTRIBUTES {
  SID* Sid;
  DWORD Attributes;
} SID_AND_ATTRIBUTES, *PSID_AND_ATTRIBUTES;

// Only ever passed as a pointer, which is not looked at.
typedef struct _SEC_WINNT_AUTH_IDENTITY_W SEC_WINNT_AUTH_IDENTITY_W;

#define RPC_C_AUTHN_WINNT 10
#define RPC_C_AUTHN_DEFAULT 0xFFFFFFFFu

// The error codes that the calls return.
#define ERROR_SUCCESS 0u
#define ERROR_INVALID_HANDLE 6u
#define ERROR_NOT_ENOUGH_MEMORY 8u
#define ERROR_NOT_SUPPORTED 50u
#define ERROR_POSSIBLE_DEADLOCK 1131u
#define ERROR_BAD_CONFIGURATION 1610u
#define RPC_S_UNKNOWN_AUTHN_SERVICE 1747u
#define FWP_E_CONDITION_NOT_FOUND 0x80320002u
#define FWP_E_ALREADY_EXISTS 0x80320009u
#define FWP_E_WRONG_SESSION 0x8032000Cu
#define FWP_E_NO_TXN_IN_PROGRESS 0x8032000Du
#define FWP_E_TXN_IN_PROGRESS 0x8032000Eu
#define FWP_E_NET_EVENTS_DISABLED 0x80320013u
#define FWP_E_NULL_POINTER 0x8032001Cu
#define FWP_E_INVALID_ENUMERATOR 0x8032001Du
#define FWP_E_INVALID_FLAGS 0x8032001Eu
#define FWP_E_INVALID_NET_MASK 0x8032001Fu
#define FWP_E_INVALID_RANGE 0x80320020u
#define FWP_E_INVALID_INTERVAL 0x80320021u
#define FWP_E_MATCH_TYPE_MISMATCH 0x80320026u
#define FWP_E_TYPE_MISMATCH 0x80320027u
#define FWP_E_OUT_OF_BOUNDS 0x80320028u
#define FWP_E_DUPLICATE_CONDITION 0x8032002Au
#define FWP_E_INVALID_PARAMETER 0x80320035u
// NOLINTEND
