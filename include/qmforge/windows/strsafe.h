// String functions that do not write past their buffer.
#pragma once

#ifdef _WIN32
#include_next <strsafe.h>
#else
#include <stdarg.h>

#include "windows.h"

#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007A)

static inline HRESULT StringCchVPrintfA(LPSTR text, size_t size, LPCSTR format, va_list arguments) {
  const int length = vsnprintf(text, size, format, arguments);
  return length >= 0 && (size_t)length < size ? S_OK : STRSAFE_E_INSUFFICIENT_BUFFER;
}
static inline HRESULT StringCchPrintfA(LPSTR text, size_t size, LPCSTR format, ...) {
  va_list arguments;
  HRESULT result;
  va_start(arguments, format);
  result = StringCchVPrintfA(text, size, format, arguments);
  va_end(arguments);
  return result;
}
static inline HRESULT StringCchCopyA(LPSTR text, size_t size, LPCSTR from) {
  return StringCchPrintfA(text, size, "%s", from);
}
static inline HRESULT StringCchCatA(LPSTR text, size_t size, LPCSTR from) {
  const size_t used = strlen(text);
  return StringCchPrintfA(text + used, size - used, "%s", from);
}
#ifndef UNICODE
#define StringCchPrintf StringCchPrintfA
#define StringCchCopy StringCchCopyA
#define StringCchCat StringCchCatA
#endif
#endif
