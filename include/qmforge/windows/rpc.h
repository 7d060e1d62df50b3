// The part of RPC that sessions of the filter engine need.
#pragma once

#ifdef _WIN32
#include_next <rpc.h>
#else
#include "windows.h"

typedef int32_t RPC_STATUS;
#define RPC_S_OK 0
#define RPC_C_AUTHN_NONE 0

static inline RPC_STATUS UuidCreateNil(UUID* uuid) {
  memset(uuid, 0, sizeof(*uuid));
  return RPC_S_OK;
}
static inline RPC_STATUS UuidCreate(UUID* uuid) {
  FILE* const random = fopen("/dev/urandom", "rb");
  if (random == NULL || fread(uuid, sizeof(*uuid), 1, random) != 1) abort();
  fclose(random);
  uuid->Data3 = (UINT16)((uuid->Data3 & 0x0fff) | 0x4000);
  uuid->Data4[0] = (UINT8)((uuid->Data4[0] & 0x3f) | 0x80);
  return RPC_S_OK;
}
#endif
