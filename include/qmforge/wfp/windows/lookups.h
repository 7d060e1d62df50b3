// Look-ups of other objects, mainly filters, that consumers of net events make (fwpmtypes.h, fwpmu.h), for other
// systems. Part of fwpmu.h. The fake has no such objects: every look-up fails with "not found".
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include "net_events_0_and_1.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef UINT32 FWP_ACTION_TYPE;
#define FWP_ACTION_BLOCK 0x00001001u
#define FWP_ACTION_PERMIT 0x00001002u

typedef struct FWPM_ACTION0_ {
  FWP_ACTION_TYPE type;
  union {
    GUID filterType;
    GUID calloutKey;
  };
} FWPM_ACTION0;

typedef struct FWPM_PROVIDER0_ {
  GUID providerKey;
  FWPM_DISPLAY_DATA0 displayData;
  UINT32 flags;
  FWP_BYTE_BLOB providerData;
  WCHAR* serviceName;
} FWPM_PROVIDER0;

typedef struct FWPM_SUBLAYER0_ {
  GUID subLayerKey;
  FWPM_DISPLAY_DATA0 displayData;
  UINT32 flags;
  GUID* providerKey;
  FWP_BYTE_BLOB providerData;
  UINT16 weight;
} FWPM_SUBLAYER0;

typedef struct FWPM_FILTER0_ {
  GUID filterKey;
  FWPM_DISPLAY_DATA0 displayData;
  UINT32 flags;
  GUID* providerKey;
  FWP_BYTE_BLOB providerData;
  GUID layerKey;
  GUID subLayerKey;
  FWP_VALUE0 weight;
  UINT32 numFilterConditions;
  FWPM_FILTER_CONDITION0* filterCondition;
  FWPM_ACTION0 action;
  union {
    UINT64 rawContext;
    GUID providerContextKey;
  };
  GUID* reserved;
  UINT64 filterId;
  FWP_VALUE0 effectiveWeight;
} FWPM_FILTER0;

typedef enum FWPM_FIELD_TYPE_ {
  FWPM_FIELD_RAW_DATA = 0,
  FWPM_FIELD_IP_ADDRESS = 1,
  FWPM_FIELD_FLAGS = 2,
  FWPM_FIELD_TYPE_MAX = 3
} FWPM_FIELD_TYPE;

typedef struct FWPM_FIELD0_ {
  GUID* fieldKey;
  FWPM_FIELD_TYPE type;
  FWP_DATA_TYPE dataType;
} FWPM_FIELD0;

typedef struct FWPM_LAYER0_ {
  GUID layerKey;
  FWPM_DISPLAY_DATA0 displayData;
  UINT32 flags;
  UINT32 numFields;
  FWPM_FIELD0* field;
  GUID defaultSubLayerKey;
  UINT16 layerId;
} FWPM_LAYER0;

DWORD WINAPI FwpmFilterGetById0(HANDLE engineHandle, UINT64 id, FWPM_FILTER0** filter);
DWORD WINAPI FwpmFilterGetByKey0(HANDLE engineHandle, const GUID* key, FWPM_FILTER0** filter);
DWORD WINAPI FwpmLayerGetById0(HANDLE engineHandle, UINT16 id, FWPM_LAYER0** layer);
DWORD WINAPI FwpmLayerGetByKey0(HANDLE engineHandle, const GUID* key, FWPM_LAYER0** layer);
DWORD WINAPI FwpmProviderGetByKey0(HANDLE engineHandle, const GUID* key, FWPM_PROVIDER0** provider);
DWORD WINAPI FwpmSubLayerGetByKey0(HANDLE engineHandle, const GUID* key, FWPM_SUBLAYER0** subLayer);

#ifdef __cplusplus
}
#endif
// NOLINTEND
