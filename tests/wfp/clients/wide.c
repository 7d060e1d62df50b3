/* A lister that prints wide text only. On Linux it is compiled with -fshort-wchar. */
#include <fwpmu.h>
#include <stdio.h>
#include <tchar.h>
#include <windows.h>

int main(void) {
  FWPM_SESSION session;
  HANDLE engine = NULL;
  HANDLE enumeration = NULL;
  FWPM_NET_EVENT** entries = NULL;
  UINT32 count = 0;
  FWP_BYTE_BLOB* app_id = NULL;
  SYSTEMTIME time;
  ZeroMemory(&session, sizeof(session));
  session.displayData.name = (WCHAR*)L"wide lister";
  if (FwpmEngineOpen(NULL, RPC_C_AUTHN_WINNT, NULL, &session, &engine) != ERROR_SUCCESS) return 1;
  wprintf(L"[%s] [%14s] [%-14s] [%.4s]\n", session.displayData.name, session.displayData.name, session.displayData.name,
          session.displayData.name);
  if (FwpmGetAppIdFromFileName(L"D:\\Tools\\Lister.exe", &app_id) == ERROR_SUCCESS) {
    wprintf(L"%s, %u characters\n", (const WCHAR*)app_id->data, (unsigned)wcslen((const WCHAR*)app_id->data));
    FwpmFreeMemory((void**)&app_id);
  }
  if (FwpmNetEventCreateEnumHandle(engine, NULL, &enumeration) == ERROR_SUCCESS &&
      FwpmNetEventEnum(engine, enumeration, 10, &entries, &count) == ERROR_SUCCESS) {
    if (count > 0 && FileTimeToSystemTime(&entries[0]->header.timeStamp, &time))
      wprintf(L"%u events, from year %d\n", (unsigned)count, time.wYear > 2000 ? 2000 : 0);
    if (count > 0 && entries[0]->ikeQmFailure != NULL)
      wprintf(L"error 0x%08x, filter %I64u, %S\n", (unsigned)entries[0]->ikeQmFailure->failureErrorCode,
              entries[0]->ikeQmFailure->qmFilterId, "narrow");
    FwpmFreeMemory((void**)&entries);
  }
  FwpmNetEventDestroyEnumHandle(engine, enumeration);
  FwpmEngineClose(engine);
  return 0;
}
