/* A monitor that is linked with nothing: it finds its functions by name, and takes the newest FwpmNetEventSubscribe
 * that there is. late_binding N: as on a system whose newest is N. */
#include <fwpmu.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

typedef DWORD(WINAPI* EngineOpen)(const WCHAR*, UINT32, SEC_WINNT_AUTH_IDENTITY_W*, const FWPM_SESSION0*, HANDLE*);
typedef DWORD(WINAPI* EngineClose)(HANDLE);
typedef DWORD(WINAPI* Unsubscribe)(HANDLE, HANDLE);
typedef void(CALLBACK* AnyCallback)(void*, const void*);
typedef DWORD(WINAPI* Subscribe)(HANDLE, const FWPM_NET_EVENT_SUBSCRIPTION0*, AnyCallback, void*, HANDLE*);

#define EXPECTED 3
static UINT32 codes[EXPECTED];
static volatile LONG seen;
static HANDLE enough;

static void add(FWPM_NET_EVENT_TYPE type, const UINT32* body) {
  if (type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE || body == NULL || seen >= EXPECTED) return;
  codes[seen] = body[0]; /* failureErrorCode, in every version */
  if (InterlockedIncrement(&seen) == EXPECTED) SetEvent(enough);
}

#define DEFINE_CALLBACK(n)                                              \
  static void CALLBACK on_event##n(void* context, const void* event) {  \
    const FWPM_NET_EVENT##n* const e = (const FWPM_NET_EVENT##n*)event; \
    (void)context;                                                      \
    add(e->type, (const UINT32*)(const void*)e->ikeQmFailure);          \
  }
DEFINE_CALLBACK(1)
DEFINE_CALLBACK(2)
DEFINE_CALLBACK(3)
DEFINE_CALLBACK(4)
DEFINE_CALLBACK(5)

/* A function pointer as another: by way of memory, since no cast says that it is meant. */
static void find(HMODULE module, const char* name, void* function) {
  const FARPROC found = GetProcAddress(module, name);
  memcpy(function, &found, sizeof(found));
}

int main(int argc, char** argv) {
  static const AnyCallback callbacks[] = {on_event1, on_event2, on_event3, on_event4, on_event5};
  const HMODULE module = LoadLibraryA("fwpuclnt.dll");
  EngineOpen open = NULL;
  EngineClose close = NULL;
  Unsubscribe unsubscribe = NULL;
  Subscribe subscribe = NULL;
  int version = argc > 1 ? atoi(argv[1]) : 4;
  HANDLE engine = NULL;
  HANDLE events = NULL;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription;
  LONG i;
  if (module == NULL) return 1;
  find(module, "FwpmEngineOpen0", &open);
  find(module, "FwpmEngineClose0", &close);
  find(module, "FwpmNetEventUnsubscribe0", &unsubscribe);
  for (; version >= 0; --version) {
    char name[32];
    snprintf(name, sizeof(name), "FwpmNetEventSubscribe%d", version);
    find(module, name, &subscribe);
    if (subscribe != NULL) break;
  }
  if (open == NULL || close == NULL || unsubscribe == NULL || subscribe == NULL) return 2;
  printf("FwpmNetEventSubscribe%d\n", version);
  if (GetProcAddress(module, "FwpmNetEventCreateEnumHandleEx") != NULL) printf("private fields\n");

  enough = CreateEvent(NULL, TRUE, FALSE, NULL);
  ZeroMemory(&subscription, sizeof(subscription));
  if (open(NULL, RPC_C_AUTHN_DEFAULT, NULL, NULL, &engine) != ERROR_SUCCESS) return 3;
  if (subscribe(engine, &subscription, callbacks[version], NULL, &events) != ERROR_SUCCESS) {
    close(engine);
    return 4;
  }
  WaitForSingleObject(enough, 20000);
  unsubscribe(engine, events);
  close(engine);
  for (i = 0; i < seen; ++i) printf("error %u\n", (unsigned)codes[i]);
  return 0;
}
