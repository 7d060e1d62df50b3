// The part of windows.h that programs which read net events use, for Linux: types, SAL annotations, and functions for
// events, times and GetProcAddress. With mingw-w64 it includes Windows' own header.
//
// Lower-case names only, as mingw-w64 has them: <Windows.h> and <WinSock2.h> are in the folder capitals/.
#pragma once

#ifdef _WIN32
#include_next <windows.h>
#else
// NOLINTBEGIN: C and Windows' own names

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../wfp/windows/base_types.h"
#include "sal_words.h"

// Types ---------------------------------------------------------------------------------------------------------------

#define VOID void
#define CONST const
#define TRUE 1
#define FALSE 0
typedef void *PVOID, *LPVOID;
typedef const void* LPCVOID;
typedef char CHAR, *PCHAR, *PSTR, *LPSTR;
typedef const char *PCSTR, *LPCSTR;
typedef WCHAR *PWCHAR, *PWSTR;
typedef const WCHAR *PCWSTR, *LPCWSTR;
typedef BYTE BOOLEAN, UCHAR, *PBOOLEAN, *PUCHAR, *PBYTE, *LPBYTE;
typedef int16_t SHORT;
typedef uint16_t USHORT, WORD, *PUSHORT, *PWORD;
typedef int INT, *PINT;
typedef unsigned int UINT, *PUINT;
typedef int32_t LONG, LONG32, *PLONG;
typedef uint32_t ULONG32, DWORD32, *PULONG, *PDWORD, *LPDWORD;
typedef int64_t LONGLONG, LONG64;
typedef uint64_t ULONGLONG, ULONG64, DWORD64, DWORDLONG, *PULONG64, *PULONGLONG;
typedef UINT8* PUINT8;
typedef UINT16* PUINT16;
typedef UINT32* PUINT32;
typedef UINT64* PUINT64;
typedef BOOL *PBOOL, *LPBOOL;
typedef HANDLE *PHANDLE, *LPHANDLE;
typedef intptr_t INT_PTR, LONG_PTR;
typedef uintptr_t UINT_PTR, ULONG_PTR, DWORD_PTR;
typedef size_t SIZE_T;
typedef ptrdiff_t SSIZE_T;
typedef int32_t HRESULT, NTSTATUS;
typedef GUID UUID, *LPGUID, *PGUID;
typedef const GUID* LPCGUID;
typedef FILETIME *PFILETIME, *LPFILETIME;
typedef SID_IDENTIFIER_AUTHORITY* PSID_IDENTIFIER_AUTHORITY;
#ifdef UNICODE
typedef WCHAR TCHAR;
#else
typedef char TCHAR;
#endif
typedef TCHAR *PTSTR, *LPTSTR;
typedef const TCHAR *PCTSTR, *LPCTSTR;

typedef union _LARGE_INTEGER {
  __extension__ struct {
    DWORD LowPart;
    LONG HighPart;
  };
  __extension__ struct {
    DWORD LowPart;
    LONG HighPart;
  } u;
  LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
  __extension__ struct {
    DWORD LowPart;
    DWORD HighPart;
  };
  __extension__ struct {
    DWORD LowPart;
    DWORD HighPart;
  } u;
  ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef struct _SYSTEMTIME {
  WORD wYear;
  WORD wMonth;
  WORD wDayOfWeek;
  WORD wDay;
  WORD wHour;
  WORD wMinute;
  WORD wSecond;
  WORD wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;

// Macros --------------------------------------------------------------------------------------------------------------

#define __int64 long long
#define __stdcall
#define __cdecl
#define __fastcall
#define __declspec(x)
#define APIENTRY WINAPI
#define NTAPI WINAPI
#define FORCEINLINE static inline
#define INFINITE 0xFFFFFFFFu
#define MAX_PATH 260
#define MAXDWORD 0xFFFFFFFFu
#define MAXUINT32 0xFFFFFFFFu
#define MAXUINT64 UINT64_MAX
#define INVALID_HANDLE_VALUE ((HANDLE)(intptr_t)-1)
#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_FAIL ((HRESULT)0x80004005)
#define E_OUTOFMEMORY ((HRESULT)0x8007000E)
#define SUCCEEDED(result) ((HRESULT)(result) >= 0)
#define FAILED(result) ((HRESULT)(result) < 0)
#define HRESULT_FROM_WIN32(code) \
  ((HRESULT)(code) <= 0 ? (HRESULT)(code) : (HRESULT)(((uint32_t)(code) & 0xFFFFu) | 0x80070000u))
#define ARRAYSIZE(array) (sizeof(array) / sizeof((array)[0]))
#define _countof(array) ARRAYSIZE(array)
#define UNREFERENCED_PARAMETER(x) ((void)(x))
#define DBG_UNREFERENCED_PARAMETER(x) ((void)(x))
#define LOWORD(x) ((WORD)((uintptr_t)(x) & 0xFFFF))
#define HIWORD(x) ((WORD)((uintptr_t)(x) >> 16 & 0xFFFF))
#define ZeroMemory(to, size) memset((to), 0, (size))
#define RtlZeroMemory ZeroMemory
#define SecureZeroMemory ZeroMemory
#define CopyMemory(to, from, size) memcpy((to), (from), (size))
#define RtlCopyMemory CopyMemory
#define FillMemory(to, size, value) memset((to), (value), (size))
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
  __attribute__((unused)) static const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#define IsEqualGUID(a, b) (memcmp(QMFORGE_GUID_AT(a), QMFORGE_GUID_AT(b), sizeof(GUID)) == 0)
#ifdef __cplusplus
#define QMFORGE_GUID_AT(guid) (&(guid))  // C++ passes references, C pointers
static inline bool operator==(const GUID& a, const GUID& b) { return memcmp(&a, &b, sizeof(GUID)) == 0; }
#else
#define QMFORGE_GUID_AT(guid) (guid)
#endif
#define InlineIsEqualGUID IsEqualGUID
#define IsEqualIID IsEqualGUID

// TEXT("x") and L"x": without -fshort-wchar, L"x" has 32-bit characters here, which are not WCHARs. See docs/wfp.md.
#if __SIZEOF_WCHAR_T__ == 2
#define QMFORGE_WIDE(text) L##text
#else
#define QMFORGE_WIDE(text) u##text
#endif
#ifdef UNICODE
#define TEXT(text) QMFORGE_WIDE(text)
#else
#define TEXT(text) text
#endif

#include "base_functions.h"
#if __SIZEOF_WCHAR_T__ == 2
#include "wide_output.h"
#endif
// NOLINTEND
#endif
