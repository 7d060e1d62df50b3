// SIDs as text.
#pragma once

#ifdef _WIN32
#include_next <sddl.h>
#else
#include "windows.h"

/// S-1-5-32-544. Free the text with LocalFree().
static inline BOOL ConvertSidToStringSidA(PSID sid, LPSTR* text) {
  const SID* const s = (const SID*)sid;
  uint64_t authority = 0;
  char buffer[16 + 24 + 256 * 11];
  int length, i;
  for (i = 0; i < 6; ++i) authority = authority << 8 | s->IdentifierAuthority.Value[i];
  length = snprintf(buffer, sizeof(buffer), "S-%u-%llu", (unsigned)s->Revision, (unsigned long long)authority);
  for (i = 0; i < s->SubAuthorityCount; ++i)
    length += snprintf(buffer + length, sizeof(buffer) - (size_t)length, "-%u", (unsigned)s->SubAuthority[i]);
  *text = (LPSTR)malloc((size_t)length + 1);
  if (*text == NULL) return FALSE;
  memcpy(*text, buffer, (size_t)length + 1);
  return TRUE;
}
static inline BOOL ConvertSidToStringSidW(PSID sid, LPWSTR* text) {
  LPSTR narrow;
  size_t i, size;
  if (!ConvertSidToStringSidA(sid, &narrow)) return FALSE;
  size = strlen(narrow) + 1;
  *text = (LPWSTR)malloc(size * sizeof(WCHAR));
  for (i = 0; *text != NULL && i < size; ++i) (*text)[i] = (WCHAR)narrow[i];
  free(narrow);
  return *text != NULL;
}
#ifdef UNICODE
#define ConvertSidToStringSid ConvertSidToStringSidW
#else
#define ConvertSidToStringSid ConvertSidToStringSidA
#endif
#endif
