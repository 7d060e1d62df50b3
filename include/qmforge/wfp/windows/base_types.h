// The basic types of Windows that net events need, for other systems. Part of fwpmu.h.
//
// Windows' long is 32 bits and its wchar_t 16, whatever they are here: DWORD and WCHAR are the types to use.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include <stdint.h>

#include "error_codes.h"

#define WINAPI  // a calling convention; only 32-bit Windows has more than one
#define CALLBACK

#if defined(__i386__)
// 32-bit Windows aligns 64-bit integers to 8 bytes, 32-bit Linux to 4.
#define QMFORGE_ALIGNED_8 __attribute__((aligned(8)))
#else
#define QMFORGE_ALIGNED_8
#endif

typedef int8_t INT8;
typedef int16_t INT16;
typedef int32_t INT32;
typedef int64_t INT64 QMFORGE_ALIGNED_8;
typedef uint8_t UINT8;
typedef uint16_t UINT16;
typedef uint32_t UINT32;
typedef uint64_t UINT64 QMFORGE_ALIGNED_8;
typedef uint8_t BYTE;
typedef uint32_t DWORD;
typedef uint32_t ULONG;
typedef int BOOL;
typedef void* HANDLE;

// An enumeration of Windows is an int: it can hold every 32-bit value.
#ifdef __cplusplus
#define QMFORGE_WINDOWS_ENUM : int
#else
#define QMFORGE_WINDOWS_ENUM
#endif

// With -fshort-wchar, WCHAR takes L"text", as on Windows. Without, it takes u"text", as TEXT("text") is here.
#if __SIZEOF_WCHAR_T__ == 2
#ifdef __cplusplus
typedef wchar_t WCHAR;
#else
typedef __WCHAR_TYPE__ WCHAR;
#endif
#elif defined __cplusplus
typedef char16_t WCHAR;
#else
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

typedef void* PSID;
typedef void* PSECURITY_DESCRIPTOR;  // a self-relative one
typedef DWORD SECURITY_INFORMATION;

typedef struct _ACL {
  BYTE AclRevision;
  BYTE Sbz1;
  UINT16 AclSize;
  UINT16 AceCount;
  UINT16 Sbz2;
} ACL, *PACL;

typedef struct _SID_AND_ATTRIBUTES {
  SID* Sid;
  DWORD Attributes;
} SID_AND_ATTRIBUTES, *PSID_AND_ATTRIBUTES;

// Used only through pointers, which the fake does not dereference.
typedef struct _SEC_WINNT_AUTH_IDENTITY_W SEC_WINNT_AUTH_IDENTITY_W;

#define RPC_C_AUTHN_WINNT 10
#define RPC_C_AUTHN_DEFAULT 0xFFFFFFFFu
// NOLINTEND
