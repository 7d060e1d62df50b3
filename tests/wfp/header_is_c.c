/* The faked header is C as well: a program in C that lists what was logged. */
#include <stddef.h>

#include "qmforge/wfp/fwpmu.h"

int main(void) {
  HANDLE engine = NULL;
  HANDLE enumeration = NULL;
  FWPM_NET_EVENT3** entries = NULL;
  UINT32 count = 1;
  if (FwpmEngineOpen0(NULL, RPC_C_AUTHN_WINNT, NULL, NULL, &engine) != ERROR_SUCCESS) return 1;
  if (FwpmNetEventCreateEnumHandle0(engine, NULL, &enumeration) != ERROR_SUCCESS) return 2;
  if (FwpmNetEventEnum3(engine, enumeration, 10, &entries, &count) != ERROR_SUCCESS) return 3;
  FwpmFreeMemory0((void**)&entries);
  FwpmNetEventDestroyEnumHandle0(engine, enumeration);
  FwpmEngineClose0(engine);
  return count == 0 ? 0 : 4;
}
