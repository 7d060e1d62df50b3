/* A lister in C, with nothing of C++: what was logged, by the names without a version. */
#include <fwpmu.h>
#include <stdio.h>
#include <windows.h>

static void print(const FWPM_NET_EVENT* event) {
  const FWPM_NET_EVENT_IKEEXT_QM_FAILURE* const failure = event->ikeQmFailure;
  if (event->type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) {
    printf("type %d\n", (int)event->type);
  } else if (failure == NULL) {
    printf("no body\n");
  } else {
    printf("error %u, filter %u", (unsigned)failure->failureErrorCode, (unsigned)failure->qmFilterId);
    if (failure->saTrafficType == IPSEC_TRAFFIC_TYPE_TUNNEL && failure->localSubNet.type == FWP_V4_ADDR_MASK)
      printf(", from %08x", (unsigned)failure->localSubNet.v4AddrMask->addr);
    printf("\n");
  }
}

int main(void) {
  HANDLE engine = NULL;
  HANDLE enumeration = NULL;
  FWPM_NET_EVENT** entries = NULL;
  UINT32 count = 0;
  UINT32 i;
  DWORD code = FwpmEngineOpen(NULL, RPC_C_AUTHN_WINNT, NULL, NULL, &engine);
  if (code == ERROR_SUCCESS) code = FwpmNetEventCreateEnumHandle(engine, NULL, &enumeration);
  if (code == ERROR_SUCCESS) code = FwpmNetEventEnum(engine, enumeration, INFINITE, &entries, &count);
  if (code == ERROR_SUCCESS) {
    for (i = 0; i < count; ++i) print(entries[i]);
    FwpmFreeMemory((void**)&entries);
  }
  if (enumeration != NULL) FwpmNetEventDestroyEnumHandle(engine, enumeration);
  if (engine != NULL) FwpmEngineClose(engine);
  if (code != ERROR_SUCCESS) fprintf(stderr, "error 0x%08x\n", (unsigned)code);
  return code == ERROR_SUCCESS ? 0 : 1;
}
