// Basic functions of Windows, for Linux: errors, memory, times, events, GetProcAddress. Part of windows.h.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "windows.h"

#ifdef __cplusplus
extern "C" {
#endif

// Errors and memory ---------------------------------------------------------------------------------------------------

static inline DWORD* qmforge_last_error(void) {
  static __thread DWORD code;
  return &code;
}
static inline DWORD GetLastError(void) { return *qmforge_last_error(); }
static inline void SetLastError(DWORD code) { *qmforge_last_error() = code; }

#define HEAP_ZERO_MEMORY 0x8
static inline HANDLE GetProcessHeap(void) { return (HANDLE)(intptr_t)1; }
static inline LPVOID HeapAlloc(HANDLE heap, DWORD flags, SIZE_T size) {
  (void)heap;
  return (flags & HEAP_ZERO_MEMORY) != 0 ? calloc(1, size) : malloc(size);
}
static inline BOOL HeapFree(HANDLE heap, DWORD flags, LPVOID memory) {
  (void)heap;
  (void)flags;
  free(memory);
  return TRUE;
}
static inline HANDLE LocalFree(HANDLE memory) {
  free(memory);
  return NULL;
}

// Time ----------------------------------------------------------------------------------------------------------------

static inline void Sleep(DWORD milliseconds) {
  struct timespec left = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};
  while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}
static inline ULONGLONG GetTickCount64(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (ULONGLONG)now.tv_sec * 1000 + (ULONGLONG)now.tv_nsec / 1000000;
}
static inline DWORD GetTickCount(void) { return (DWORD)GetTickCount64(); }

#define QMFORGE_SECONDS_FROM_1601_TO_1970 11644473600ll
static inline uint64_t qmforge_ticks(const FILETIME* time) {
  return (uint64_t)time->dwHighDateTime << 32 | time->dwLowDateTime;
}
static inline void qmforge_set_ticks(FILETIME* time, uint64_t ticks) {
  time->dwLowDateTime = (DWORD)ticks;
  time->dwHighDateTime = (DWORD)(ticks >> 32);
}
static inline void GetSystemTimeAsFileTime(FILETIME* time) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  qmforge_set_ticks(
      time, (uint64_t)(now.tv_sec + QMFORGE_SECONDS_FROM_1601_TO_1970) * 10000000 + (uint64_t)now.tv_nsec / 100);
}
static inline LONG CompareFileTime(const FILETIME* a, const FILETIME* b) {
  return qmforge_ticks(a) < qmforge_ticks(b) ? -1 : qmforge_ticks(a) > qmforge_ticks(b);
}
static inline BOOL qmforge_to_system_time(const struct tm* parts, uint64_t ticks, SYSTEMTIME* time) {
  time->wYear = (WORD)(parts->tm_year + 1900);
  time->wMonth = (WORD)(parts->tm_mon + 1);
  time->wDayOfWeek = (WORD)parts->tm_wday;
  time->wDay = (WORD)parts->tm_mday;
  time->wHour = (WORD)parts->tm_hour;
  time->wMinute = (WORD)parts->tm_min;
  time->wSecond = (WORD)parts->tm_sec;
  time->wMilliseconds = (WORD)(ticks / 10000 % 1000);
  return TRUE;
}
static inline BOOL FileTimeToSystemTime(const FILETIME* from, SYSTEMTIME* to) {
  const uint64_t ticks = qmforge_ticks(from);
  const time_t seconds = (time_t)((long long)(ticks / 10000000) - QMFORGE_SECONDS_FROM_1601_TO_1970);
  struct tm parts;
  if (ticks >> 63 != 0 || gmtime_r(&seconds, &parts) == NULL) {
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
  }
  return qmforge_to_system_time(&parts, ticks, to);
}
static inline BOOL SystemTimeToFileTime(const SYSTEMTIME* from, FILETIME* to) {
  struct tm parts;
  memset(&parts, 0, sizeof(parts));
  parts.tm_year = from->wYear - 1900;
  parts.tm_mon = from->wMonth - 1;
  parts.tm_mday = from->wDay;
  parts.tm_hour = from->wHour;
  parts.tm_min = from->wMinute;
  parts.tm_sec = from->wSecond;
  qmforge_set_ticks(to, (uint64_t)(timegm(&parts) + QMFORGE_SECONDS_FROM_1601_TO_1970) * 10000000 +
                            (uint64_t)from->wMilliseconds * 10000);
  return TRUE;
}
/// Local time is UTC, so that output does not depend on the machine's time zone.
static inline BOOL FileTimeToLocalFileTime(const FILETIME* from, FILETIME* to) {
  *to = *from;
  return TRUE;
}
static inline void GetSystemTime(SYSTEMTIME* time) {
  FILETIME now;
  GetSystemTimeAsFileTime(&now);
  FileTimeToSystemTime(&now, time);
}

// Events to wait for, and locks ---------------------------------------------------------------------------------------

#define WAIT_OBJECT_0 0u
#define WAIT_TIMEOUT 258u
#define WAIT_FAILED 0xFFFFFFFFu

struct qmforge_event {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  BOOL manual;
  BOOL set;
};
static inline HANDLE CreateEventA(void* attributes, BOOL manual, BOOL set, LPCSTR name) {
  struct qmforge_event* const event = (struct qmforge_event*)malloc(sizeof(struct qmforge_event));
  (void)attributes;
  (void)name;
  if (event == NULL) return NULL;
  pthread_mutex_init(&event->mutex, NULL);
  pthread_cond_init(&event->changed, NULL);
  event->manual = manual;
  event->set = set;
  return event;
}
static inline HANDLE CreateEventW(void* attributes, BOOL manual, BOOL set, LPCWSTR name) {
  (void)name;
  return CreateEventA(attributes, manual, set, NULL);
}
#define CreateEvent CreateEventA
static inline BOOL qmforge_change_event(HANDLE handle, BOOL set) {
  struct qmforge_event* const event = (struct qmforge_event*)handle;
  pthread_mutex_lock(&event->mutex);
  event->set = set;
  pthread_cond_broadcast(&event->changed);
  pthread_mutex_unlock(&event->mutex);
  return TRUE;
}
static inline BOOL SetEvent(HANDLE event) { return qmforge_change_event(event, TRUE); }
static inline BOOL ResetEvent(HANDLE event) { return qmforge_change_event(event, FALSE); }
static inline DWORD WaitForSingleObject(HANDLE handle, DWORD milliseconds) {
  struct qmforge_event* const event = (struct qmforge_event*)handle;
  struct timespec end;
  int status = 0;
  BOOL set;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_sec += (time_t)(milliseconds / 1000);
  end.tv_nsec += (long)(milliseconds % 1000) * 1000000;
  if (end.tv_nsec >= 1000000000) {
    ++end.tv_sec;
    end.tv_nsec -= 1000000000;
  }
  pthread_mutex_lock(&event->mutex);
  while (!event->set && status == 0)
    status = milliseconds == INFINITE ? pthread_cond_wait(&event->changed, &event->mutex)
                                      : pthread_cond_timedwait(&event->changed, &event->mutex, &end);
  set = event->set;
  if (set && !event->manual) event->set = FALSE;
  pthread_mutex_unlock(&event->mutex);
  return set ? WAIT_OBJECT_0 : WAIT_TIMEOUT;
}
/// Closes events; there are no other handles here.
static inline BOOL CloseHandle(HANDLE handle) {
  free(handle);
  return TRUE;
}

typedef pthread_mutex_t CRITICAL_SECTION, *LPCRITICAL_SECTION;
static inline void InitializeCriticalSection(CRITICAL_SECTION* section) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(section, &attributes);
}
static inline void EnterCriticalSection(CRITICAL_SECTION* section) { pthread_mutex_lock(section); }
static inline void LeaveCriticalSection(CRITICAL_SECTION* section) { pthread_mutex_unlock(section); }
static inline void DeleteCriticalSection(CRITICAL_SECTION* section) { pthread_mutex_destroy(section); }

static inline LONG InterlockedIncrement(volatile LONG* value) { return __atomic_add_fetch(value, 1, __ATOMIC_SEQ_CST); }
static inline LONG InterlockedDecrement(volatile LONG* value) { return __atomic_sub_fetch(value, 1, __ATOMIC_SEQ_CST); }
static inline LONG InterlockedExchange(volatile LONG* value, LONG other) {
  return __atomic_exchange_n(value, other, __ATOMIC_SEQ_CST);
}
static inline LONG InterlockedCompareExchange(volatile LONG* value, LONG other, LONG expected) {
  __atomic_compare_exchange_n(value, &expected, other, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  return expected;
}

// Functions found by name ---------------------------------------------------------------------------------------------

typedef void* HMODULE;
typedef void* HINSTANCE;
typedef int (*FARPROC)(void);
/// Every name gives the program itself, with the shared fake that it is linked with or that is on its library path.
static inline HMODULE LoadLibraryA(LPCSTR name) {
  void* const fake = dlopen("libfwpuclnt.so", RTLD_NOW);
  (void)name;
  return fake != NULL ? fake : dlopen(NULL, RTLD_NOW);
}
static inline HMODULE LoadLibraryW(LPCWSTR name) {
  (void)name;
  return LoadLibraryA(NULL);
}
#define LoadLibrary LoadLibraryA
#define LOAD_LIBRARY_SEARCH_SYSTEM32 0x800
static inline HMODULE LoadLibraryExA(LPCSTR name, HANDLE file, DWORD flags) {
  (void)file;
  (void)flags;
  return LoadLibraryA(name);
}
static inline HMODULE LoadLibraryExW(LPCWSTR name, HANDLE file, DWORD flags) {
  (void)file;
  (void)flags;
  return LoadLibraryW(name);
}
static inline HMODULE GetModuleHandleA(LPCSTR name) { return LoadLibraryA(name); }
static inline HMODULE GetModuleHandleW(LPCWSTR name) { return LoadLibraryW(name); }
static inline FARPROC GetProcAddress(HMODULE module, LPCSTR name) {
  FARPROC function;
  void* const address = dlsym(module, name);
  memcpy(&function, &address, sizeof(function));
  return function;
}
static inline BOOL FreeLibrary(HMODULE module) { return dlclose(module) == 0; }

typedef BOOL (*PHANDLER_ROUTINE)(DWORD event);
/// Accepted, but never called: a signal ends the program.
static inline BOOL SetConsoleCtrlHandler(PHANDLER_ROUTINE handler, BOOL add) {
  (void)handler;
  (void)add;
  return TRUE;
}
static inline DWORD GetCurrentProcessId(void) { return (DWORD)getpid(); }

#ifdef __cplusplus
}
#endif
// NOLINTEND
