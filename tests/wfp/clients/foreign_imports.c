/* A monitor that imports more than net events: eight look-ups, and enumerations and subscriptions that it finds by
 * name. */
#include <fwpmu.h>
#include <stdio.h>
#include <string.h>
#include <windows.h>

typedef DWORD(WINAPI* CreateEnum)(HANDLE, const void*, HANDLE*);
typedef DWORD(WINAPI* Enum)(HANDLE, HANDLE, UINT32, void***, UINT32*);
typedef DWORD(WINAPI* DestroyEnum)(HANDLE, HANDLE);
typedef DWORD(WINAPI* SubscribeChanges)(HANDLE, const void*, void*, void*, HANDLE*);

static void find(HMODULE module, const char* object, const char* call, void* function) {
  char name[64];
  FARPROC found;
  snprintf(name, sizeof(name), "%s%s", object, call);
  found = GetProcAddress(module, name);
  memcpy(function, &found, sizeof(found));
}

static void enumerate(HMODULE module, HANDLE engine, const char* object) {
  CreateEnum create;
  Enum next;
  DestroyEnum destroy;
  HANDLE enumeration = NULL;
  void** entries = (void**)&entries;
  UINT32 count = 77;
  find(module, object, "CreateEnumHandle0", &create);
  find(module, object, "Enum0", &next);
  find(module, object, "DestroyEnumHandle0", &destroy);
  if (create == NULL || next == NULL || destroy == NULL) {
    printf("%s: not exported\n", object);
  } else {
    const DWORD created = create(engine, NULL, &enumeration);
    const DWORD got = next(engine, enumeration, 100, &entries, &count);
    printf("%s: %u %u %u, %u entries%s\n", object, (unsigned)created, (unsigned)got,
           (unsigned)destroy(engine, enumeration), (unsigned)count, entries == NULL ? "" : " somewhere");
  }
}

static void CALLBACK on_change(void* context, const void* change) {
  (void)context;
  (void)change;
  printf("a change\n");
}

int main(void) {
  static const WCHAR name[] = {'C', ':', '\\', 'A', '.', 'e', 'x', 'e', 0};
  static const GUID key = {1, 2, 3, {4, 5, 6, 7, 8, 9, 10, 11}};
  const HMODULE module = LoadLibraryA("fwpuclnt.dll");
  void(CALLBACK* const callback)(void*, const void*) = on_change;
  void* callback_address;
  SubscribeChanges subscribe;
  DestroyEnum unsubscribe;
  HANDLE engine = NULL;
  HANDLE changes = NULL;
  FWPM_FILTER0* filter = NULL;
  FWPM_LAYER0* layer = NULL;
  FWPM_PROVIDER0* provider = NULL;
  FWPM_SUBLAYER0* sublayer = NULL;
  FWP_BYTE_BLOB* app_id = NULL;
  PSECURITY_DESCRIPTOR descriptor = NULL;
  PACL dacl = NULL;
  if (FwpmEngineOpen0(NULL, RPC_C_AUTHN_WINNT, NULL, NULL, &engine) != ERROR_SUCCESS) return 1;
  printf("filter %08x %08x\n", (unsigned)FwpmFilterGetById0(engine, (UINT64)1 << 33, &filter),
         (unsigned)FwpmFilterGetByKey0(engine, &key, &filter));
  printf("layer %08x %08x\n", (unsigned)FwpmLayerGetById0(engine, 44, &layer),
         (unsigned)FwpmLayerGetByKey0(engine, &key, &layer));
  printf("provider %08x\n", (unsigned)FwpmProviderGetByKey0(engine, &key, &provider));
  printf("sublayer %08x\n", (unsigned)FwpmSubLayerGetByKey0(engine, &key, &sublayer));
  if (FwpmGetAppIdFromFileName0(name, &app_id) == ERROR_SUCCESS) {
    UINT32 i;
    for (i = 0; i + 2 < app_id->size; i += 2) putchar(app_id->data[i]);
    printf(", %u bytes\n", (unsigned)app_id->size);
    FwpmFreeMemory0((void**)&app_id);
  }
  if (FwpmNetEventsGetSecurityInfo0(engine, 4, NULL, NULL, &dacl, NULL, &descriptor) == ERROR_SUCCESS) {
    printf("may read events: %u entry\n", (unsigned)dacl->AceCount);
    FwpmFreeMemory0(&descriptor);
  }
  enumerate(module, engine, "FwpmFilter");
  enumerate(module, engine, "IPsecSaContext");
  find(module, "FwpmFilter", "SubscribeChanges0", &subscribe);
  find(module, "FwpmFilter", "UnsubscribeChanges0", &unsubscribe);
  memcpy(&callback_address, &callback, sizeof(callback));
  if (subscribe != NULL && unsubscribe != NULL) {
    const DWORD subscribed = subscribe(engine, "any", callback_address, NULL, &changes);
    const DWORD ended = unsubscribe(engine, changes);
    printf("changes: %u, %s, %u\n", (unsigned)subscribed, changes != NULL ? "a handle" : "no handle", (unsigned)ended);
  }
  FwpmEngineClose0(engine);
  return 0;
}
