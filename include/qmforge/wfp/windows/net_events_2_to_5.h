// The net events from Windows 8 on, and their constants (fwpmtypes.h, fwpmu.h), for other systems, and for mingw-w64,
// whose headers lack them. Part of fwpmu.h.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#ifndef _WIN32
#include "net_events_0_and_1.h"
#else
// The types that FWPM_NET_EVENT_TYPE lacks in mingw-w64's headers, whose FWPM_NET_EVENT_TYPE_MAX is 6.
#define FWPM_NET_EVENT_TYPE_CLASSIFY_ALLOW ((FWPM_NET_EVENT_TYPE)6)
#define FWPM_NET_EVENT_TYPE_CAPABILITY_DROP ((FWPM_NET_EVENT_TYPE)7)
#define FWPM_NET_EVENT_TYPE_CAPABILITY_ALLOW ((FWPM_NET_EVENT_TYPE)8)
#define FWPM_NET_EVENT_TYPE_CLASSIFY_DROP_MAC ((FWPM_NET_EVENT_TYPE)9)
#define FWPM_NET_EVENT_TYPE_LPM_PACKET_ARRIVAL ((FWPM_NET_EVENT_TYPE)10)
// The options that FWPM_ENGINE_OPTION lacks in mingw-w64's headers, whose FWPM_ENGINE_OPTION_MAX is 3.
#define FWPM_ENGINE_MONITOR_IPSEC_CONNECTIONS ((FWPM_ENGINE_OPTION)3)
#define FWPM_ENGINE_PACKET_QUEUING ((FWPM_ENGINE_OPTION)4)
#define FWPM_ENGINE_TXN_WATCHDOG_TIMEOUT_IN_MSEC ((FWPM_ENGINE_OPTION)5)
#endif

#ifndef FWPM_SESSION_FLAG_DYNAMIC
#define FWPM_SESSION_FLAG_DYNAMIC 0x00000001u
#endif

// FWPM_ENGINE_NET_EVENT_MATCH_ANY_KEYWORDS: which additional events are collected.
#ifndef FWPM_NET_EVENT_KEYWORD_INBOUND_MCAST
#define FWPM_NET_EVENT_KEYWORD_INBOUND_MCAST 0x00000001
#define FWPM_NET_EVENT_KEYWORD_INBOUND_BCAST 0x00000002
#endif
#define FWPM_NET_EVENT_KEYWORD_CAPABILITY_DROP 0x00000004
#define FWPM_NET_EVENT_KEYWORD_CAPABILITY_ALLOW 0x00000008
#define FWPM_NET_EVENT_KEYWORD_CLASSIFY_ALLOW 0x00000010
#define FWPM_NET_EVENT_KEYWORD_PORT_SCANNING_DROP 0x00000020

// The flags of Main Mode and Extended Mode failures: the same two, in another order.
#define FWPM_NET_EVENT_IKEEXT_MM_FAILURE_FLAG_BENIGN 0x00000001u
#define FWPM_NET_EVENT_IKEEXT_MM_FAILURE_FLAG_MULTIPLE 0x00000002u
#define FWPM_NET_EVENT_IKEEXT_EM_FAILURE_FLAG_MULTIPLE 0x00000001u
#define FWPM_NET_EVENT_IKEEXT_EM_FAILURE_FLAG_BENIGN 0x00000002u

#ifdef __cplusplus
extern "C" {
#endif

// FWPM_NET_EVENT_HEADERn.flags: which members are set. An address needs FWPM_NET_EVENT_FLAG_IP_VERSION_SET as well.
#define FWPM_NET_EVENT_FLAG_IP_PROTOCOL_SET 0x00000001u
#define FWPM_NET_EVENT_FLAG_LOCAL_ADDR_SET 0x00000002u
#define FWPM_NET_EVENT_FLAG_REMOTE_ADDR_SET 0x00000004u
#define FWPM_NET_EVENT_FLAG_LOCAL_PORT_SET 0x00000008u
#define FWPM_NET_EVENT_FLAG_REMOTE_PORT_SET 0x00000010u
#define FWPM_NET_EVENT_FLAG_APP_ID_SET 0x00000020u
#define FWPM_NET_EVENT_FLAG_USER_ID_SET 0x00000040u
#define FWPM_NET_EVENT_FLAG_SCOPE_ID_SET 0x00000080u
#define FWPM_NET_EVENT_FLAG_IP_VERSION_SET 0x00000100u
#define FWPM_NET_EVENT_FLAG_REAUTH_REASON_SET 0x00000200u
#define FWPM_NET_EVENT_FLAG_PACKAGE_ID_SET 0x00000400u
#define FWPM_NET_EVENT_FLAG_ENTERPRISE_ID_SET 0x00000800u
#define FWPM_NET_EVENT_FLAG_POLICY_FLAGS_SET 0x00001000u
#define FWPM_NET_EVENT_FLAG_EFFECTIVE_NAME_SET 0x00002000u

// The fields that a template's conditions may name. FWPM_CONDITION_SCOPE_ID is documented for internal use only,
// and no public header gives its key.
#ifdef __cplusplus
#define QMFORGE_CONDITION_KEY inline const GUID
#else
#define QMFORGE_CONDITION_KEY static const GUID
#endif
QMFORGE_CONDITION_KEY FWPM_CONDITION_IP_PROTOCOL = {
    0x3971ef2b, 0x623e, 0x4f9a, {0x8c, 0xb1, 0x6e, 0x79, 0xb8, 0x06, 0xb9, 0xa7}};
QMFORGE_CONDITION_KEY FWPM_CONDITION_IP_LOCAL_ADDRESS = {
    0xd9ee00de, 0xc1ef, 0x4617, {0xbf, 0xe3, 0xff, 0xd8, 0xf5, 0xa0, 0x89, 0x57}};
QMFORGE_CONDITION_KEY FWPM_CONDITION_IP_REMOTE_ADDRESS = {
    0xb235ae9a, 0x1d64, 0x49b8, {0xa4, 0x4c, 0x5f, 0xf3, 0xd9, 0x09, 0x50, 0x45}};
QMFORGE_CONDITION_KEY FWPM_CONDITION_IP_LOCAL_PORT = {
    0x0c1ba1af, 0x5765, 0x453f, {0xaf, 0x22, 0xa8, 0xf7, 0x91, 0xac, 0x77, 0x5b}};
QMFORGE_CONDITION_KEY FWPM_CONDITION_IP_REMOTE_PORT = {
    0xc35a604d, 0xd22b, 0x4e1a, {0x91, 0xb4, 0x68, 0xf6, 0x74, 0xee, 0x67, 0x4b}};
QMFORGE_CONDITION_KEY FWPM_CONDITION_ALE_APP_ID = {
    0xd78e1e87, 0x8644, 0x4ea5, {0x94, 0x37, 0xd8, 0x09, 0xec, 0xef, 0xc9, 0x71}};
QMFORGE_CONDITION_KEY FWPM_CONDITION_ALE_USER_ID = {
    0xaf043a0a, 0xb34d, 0x4f86, {0x97, 0x9c, 0xc9, 0x03, 0x71, 0xaf, 0x6e, 0x66}};
QMFORGE_CONDITION_KEY FWPM_CONDITION_NET_EVENT_TYPE = {
    0x206e9996, 0x490e, 0x40cf, {0xb8, 0x31, 0xb3, 0x86, 0x41, 0xeb, 0x6f, 0xcb}};
#undef QMFORGE_CONDITION_KEY

typedef struct FWPM_NET_EVENT_HEADER2_ {
  FILETIME timeStamp;
  UINT32 flags;
  FWP_IP_VERSION ipVersion;
  UINT8 ipProtocol;
  union {
    UINT32 localAddrV4;
    FWP_BYTE_ARRAY16 localAddrV6;
  };
  union {
    UINT32 remoteAddrV4;
    FWP_BYTE_ARRAY16 remoteAddrV6;
  };
  UINT16 localPort;
  UINT16 remotePort;
  UINT32 scopeId;
  FWP_BYTE_BLOB appId;
  SID* userId;
  FWP_AF addressFamily;
  SID* packageSid;
} FWPM_NET_EVENT_HEADER2;

typedef struct FWPM_NET_EVENT_HEADER3_ {
  FILETIME timeStamp;
  UINT32 flags;
  FWP_IP_VERSION ipVersion;
  UINT8 ipProtocol;
  union {
    UINT32 localAddrV4;
    FWP_BYTE_ARRAY16 localAddrV6;
  };
  union {
    UINT32 remoteAddrV4;
    FWP_BYTE_ARRAY16 remoteAddrV6;
  };
  UINT16 localPort;
  UINT16 remotePort;
  UINT32 scopeId;
  FWP_BYTE_BLOB appId;
  SID* userId;
  FWP_AF addressFamily;
  SID* packageSid;
  WCHAR* enterpriseId;
  UINT64 policyFlags;
  FWP_BYTE_BLOB effectiveName;
} FWPM_NET_EVENT_HEADER3;

typedef struct FWPM_NET_EVENT_IKEEXT_MM_FAILURE2_ {
  UINT32 failureErrorCode;
  IPSEC_FAILURE_POINT failurePoint;
  UINT32 flags;
  IKEEXT_KEY_MODULE_TYPE keyingModuleType;
  IKEEXT_MM_SA_STATE mmState;
  IKEEXT_SA_ROLE saRole;
  IKEEXT_AUTHENTICATION_METHOD_TYPE mmAuthMethod;
  UINT8 endCertHash[IKEEXT_CERT_HASH_LEN];
  UINT64 mmId;
  UINT64 mmFilterId;
  WCHAR* localPrincipalNameForAuth;
  WCHAR* remotePrincipalNameForAuth;
  UINT32 numLocalPrincipalGroupSids;
  LPWSTR* localPrincipalGroupSids;
  UINT32 numRemotePrincipalGroupSids;
  LPWSTR* remotePrincipalGroupSids;
  GUID* providerContextKey;
} FWPM_NET_EVENT_IKEEXT_MM_FAILURE2;

typedef struct FWPM_NET_EVENT_IKEEXT_QM_FAILURE1_ {
  UINT32 failureErrorCode;
  IPSEC_FAILURE_POINT failurePoint;
  IKEEXT_KEY_MODULE_TYPE keyingModuleType;
  IKEEXT_QM_SA_STATE qmState;
  IKEEXT_SA_ROLE saRole;
  IPSEC_TRAFFIC_TYPE saTrafficType;
  union {
    FWP_CONDITION_VALUE0 localSubNet;  // IPSEC_TRAFFIC_TYPE_TUNNEL only; otherwise indeterminate
  };
  union {
    FWP_CONDITION_VALUE0 remoteSubNet;
  };
  UINT64 qmFilterId;
  UINT64 mmSaLuid;
  GUID mmProviderContextKey;
} FWPM_NET_EVENT_IKEEXT_QM_FAILURE1;

typedef struct FWPM_NET_EVENT_CLASSIFY_DROP2_ {
  UINT64 filterId;
  UINT16 layerId;
  UINT32 reauthReason;
  UINT32 originalProfile;
  UINT32 currentProfile;
  UINT32 msFwpDirection;
  BOOL isLoopback;
  FWP_BYTE_BLOB vSwitchId;
  UINT32 vSwitchSourcePort;
  UINT32 vSwitchDestinationPort;
} FWPM_NET_EVENT_CLASSIFY_DROP2;

typedef struct FWPM_NET_EVENT_CLASSIFY_ALLOW0_ {
  UINT64 filterId;
  UINT16 layerId;
  UINT32 reauthReason;
  UINT32 originalProfile;
  UINT32 currentProfile;
  UINT32 msFwpDirection;
  BOOL isLoopback;
} FWPM_NET_EVENT_CLASSIFY_ALLOW0;

typedef enum FWPM_APPC_NETWORK_CAPABILITY_TYPE_ {
  FWPM_APPC_NETWORK_CAPABILITY_INTERNET_CLIENT = 0,
  FWPM_APPC_NETWORK_CAPABILITY_INTERNET_CLIENT_SERVER = 1,
  FWPM_APPC_NETWORK_CAPABILITY_INTERNET_PRIVATE_NETWORK = 2
} FWPM_APPC_NETWORK_CAPABILITY_TYPE;

typedef struct FWPM_NET_EVENT_CAPABILITY_DROP0_ {
  FWPM_APPC_NETWORK_CAPABILITY_TYPE networkCapabilityId;
  UINT64 filterId;
  BOOL isLoopback;
} FWPM_NET_EVENT_CAPABILITY_DROP0;

typedef struct FWPM_NET_EVENT_CAPABILITY_ALLOW0_ {
  FWPM_APPC_NETWORK_CAPABILITY_TYPE networkCapabilityId;
  UINT64 filterId;
  BOOL isLoopback;
} FWPM_NET_EVENT_CAPABILITY_ALLOW0;

typedef struct FWPM_NET_EVENT_CLASSIFY_DROP_MAC0_ {
  FWP_BYTE_ARRAY6 localMacAddr;
  FWP_BYTE_ARRAY6 remoteMacAddr;
  UINT32 mediaType;
  UINT32 ifType;
  UINT16 etherType;
  UINT32 ndisPortNumber;
  UINT32 reserved;
  UINT16 vlanTag;
  UINT64 ifLuid;
  UINT64 filterId;
  UINT16 layerId;
  UINT32 reauthReason;
  UINT32 originalProfile;
  UINT32 currentProfile;
  UINT32 msFwpDirection;
  BOOL isLoopback;
  FWP_BYTE_BLOB vSwitchId;
  UINT32 vSwitchSourcePort;
  UINT32 vSwitchDestinationPort;
} FWPM_NET_EVENT_CLASSIFY_DROP_MAC0;

typedef struct FWPM_NET_EVENT_LPM_PACKET_ARRIVAL0_ {
  IPSEC_SA_SPI spi;
} FWPM_NET_EVENT_LPM_PACKET_ARRIVAL0;

// The arms from FWPM_NET_EVENT2 on.
#define QMFORGE_NET_EVENT_ARMS(mm_failure, qm_failure) \
  mm_failure* ikeMmFailure;                            \
  qm_failure* ikeQmFailure;                            \
  FWPM_NET_EVENT_IKEEXT_EM_FAILURE1* ikeEmFailure;     \
  FWPM_NET_EVENT_CLASSIFY_DROP2* classifyDrop;         \
  FWPM_NET_EVENT_IPSEC_KERNEL_DROP0* ipsecDrop;        \
  FWPM_NET_EVENT_IPSEC_DOSP_DROP0* idpDrop;            \
  FWPM_NET_EVENT_CLASSIFY_ALLOW0* classifyAllow;       \
  FWPM_NET_EVENT_CAPABILITY_DROP0* capabilityDrop;     \
  FWPM_NET_EVENT_CAPABILITY_ALLOW0* capabilityAllow;   \
  FWPM_NET_EVENT_CLASSIFY_DROP_MAC0* classifyDropMac;

typedef struct FWPM_NET_EVENT2_ {
  FWPM_NET_EVENT_HEADER2 header;
  FWPM_NET_EVENT_TYPE type;
  union {
    QMFORGE_NET_EVENT_ARMS(FWPM_NET_EVENT_IKEEXT_MM_FAILURE1, FWPM_NET_EVENT_IKEEXT_QM_FAILURE0)
  };
} FWPM_NET_EVENT2;

typedef struct FWPM_NET_EVENT3_ {
  FWPM_NET_EVENT_HEADER3 header;
  FWPM_NET_EVENT_TYPE type;
  union {
    QMFORGE_NET_EVENT_ARMS(FWPM_NET_EVENT_IKEEXT_MM_FAILURE1, FWPM_NET_EVENT_IKEEXT_QM_FAILURE0)
  };
} FWPM_NET_EVENT3;

typedef struct FWPM_NET_EVENT4_ {
  FWPM_NET_EVENT_HEADER3 header;
  FWPM_NET_EVENT_TYPE type;
  union {
    QMFORGE_NET_EVENT_ARMS(FWPM_NET_EVENT_IKEEXT_MM_FAILURE2, FWPM_NET_EVENT_IKEEXT_QM_FAILURE1)
  };
} FWPM_NET_EVENT4;

typedef struct FWPM_NET_EVENT5_ {
  FWPM_NET_EVENT_HEADER3 header;
  FWPM_NET_EVENT_TYPE type;
  union {
    QMFORGE_NET_EVENT_ARMS(FWPM_NET_EVENT_IKEEXT_MM_FAILURE2, FWPM_NET_EVENT_IKEEXT_QM_FAILURE1)
    FWPM_NET_EVENT_LPM_PACKET_ARRIVAL0* lpmPacketArrival;
  };
} FWPM_NET_EVENT5;

#undef QMFORGE_NET_EVENT_ARMS

#ifdef __cplusplus
}
#endif
// NOLINTEND
