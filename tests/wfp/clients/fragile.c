/* A monitor with bugs that --torture must find: it does not check for a NULL body, leaves the engine open when it cannot
 * enumerate, and waits without end when it cannot subscribe. */
#include <fwpmu.h>
#include <stdio.h>
#include <windows.h>

static HANDLE seen;

static void CALLBACK on_event(void* context, const FWPM_NET_EVENT* event) {
  (void)context;
  if (event->type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) return;
  printf("live: error %u\n", (unsigned)event->ikeQmFailure->failureErrorCode);
  SetEvent(seen);
}

int main(void) {
  FWPM_NET_EVENT_SUBSCRIPTION subscription;
  HANDLE engine = NULL;
  HANDLE enumeration = NULL;
  HANDLE events = NULL;
  FWPM_NET_EVENT** entries = NULL;
  UINT32 count = 0;
  UINT32 i;
  if (FwpmEngineOpen(NULL, RPC_C_AUTHN_WINNT, NULL, NULL, &engine) != ERROR_SUCCESS) return 1;
  if (FwpmNetEventCreateEnumHandle(engine, NULL, &enumeration) != ERROR_SUCCESS) return 2; /* the engine stays open */
  if (FwpmNetEventEnum(engine, enumeration, 1000, &entries, &count) == ERROR_SUCCESS) {
    for (i = 0; i < count; ++i)
      if (entries[i]->type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE)
        printf("error %u\n", (unsigned)entries[i]->ikeQmFailure->failureErrorCode);
    FwpmFreeMemory((void**)&entries);
  }
  FwpmNetEventDestroyEnumHandle(engine, enumeration);
  seen = CreateEvent(NULL, TRUE, FALSE, NULL);
  ZeroMemory(&subscription, sizeof(subscription));
  FwpmNetEventSubscribe(engine, &subscription, on_event, NULL, &events);
  WaitForSingleObject(seen, INFINITE);
  FwpmNetEventUnsubscribe(engine, events);
  FwpmEngineClose(engine);
  return 0;
}
