// The calls from Windows 8 on (fwpmu.h), for other systems, and for mingw-w64, whose headers lack them (its import
// library has them). Part of fwpmu.h.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include "net_events_2_to_5.h"

#ifdef __cplusplus
extern "C" {
#endif

DWORD WINAPI FwpmNetEventEnum2(HANDLE engineHandle, HANDLE enumHandle, UINT32 numEntriesRequested,
                               FWPM_NET_EVENT2*** entries, UINT32* numEntriesReturned);
DWORD WINAPI FwpmNetEventEnum3(HANDLE engineHandle, HANDLE enumHandle, UINT32 numEntriesRequested,
                               FWPM_NET_EVENT3*** entries, UINT32* numEntriesReturned);
DWORD WINAPI FwpmNetEventEnum4(HANDLE engineHandle, HANDLE enumHandle, UINT32 numEntriesRequested,
                               FWPM_NET_EVENT4*** entries, UINT32* numEntriesReturned);
DWORD WINAPI FwpmNetEventEnum5(HANDLE engineHandle, HANDLE enumHandle, UINT32 numEntriesRequested,
                               FWPM_NET_EVENT5*** entries, UINT32* numEntriesReturned);

typedef void(CALLBACK* FWPM_NET_EVENT_CALLBACK1)(void* context, const FWPM_NET_EVENT2* event);
typedef void(CALLBACK* FWPM_NET_EVENT_CALLBACK2)(void* context, const FWPM_NET_EVENT3* event);
typedef void(CALLBACK* FWPM_NET_EVENT_CALLBACK3)(void* context, const FWPM_NET_EVENT4* event);
typedef void(CALLBACK* FWPM_NET_EVENT_CALLBACK4)(void* context, const FWPM_NET_EVENT5* event);

DWORD WINAPI FwpmNetEventSubscribe1(HANDLE engineHandle, const FWPM_NET_EVENT_SUBSCRIPTION0* subscription,
                                    FWPM_NET_EVENT_CALLBACK1 callback, void* context, HANDLE* eventsHandle);
DWORD WINAPI FwpmNetEventSubscribe2(HANDLE engineHandle, const FWPM_NET_EVENT_SUBSCRIPTION0* subscription,
                                    FWPM_NET_EVENT_CALLBACK2 callback, void* context, HANDLE* eventsHandle);
DWORD WINAPI FwpmNetEventSubscribe3(HANDLE engineHandle, const FWPM_NET_EVENT_SUBSCRIPTION0* subscription,
                                    FWPM_NET_EVENT_CALLBACK3 callback, void* context, HANDLE* eventsHandle);
DWORD WINAPI FwpmNetEventSubscribe4(HANDLE engineHandle, const FWPM_NET_EVENT_SUBSCRIPTION0* subscription,
                                    FWPM_NET_EVENT_CALLBACK4 callback, void* context, HANDLE* eventsHandle);

#ifdef __cplusplus
}
#endif
// NOLINTEND
