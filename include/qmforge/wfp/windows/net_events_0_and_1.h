// The net events of Windows Vista and 7, and related types (iketypes.h, ipsectypes.h, fwpmtypes.h), for other systems.
// Part of fwpmu.h.
#pragma once
// NOLINTBEGIN: C and Windows' own names

#include "fwptypes.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum IPSEC_FAILURE_POINT_ QMFORGE_WINDOWS_ENUM {
  IPSEC_FAILURE_NONE = 0,
  IPSEC_FAILURE_ME = 1,
  IPSEC_FAILURE_PEER = 2,
  IPSEC_FAILURE_POINT_MAX = 3
} IPSEC_FAILURE_POINT;

typedef enum IPSEC_TRAFFIC_TYPE_ QMFORGE_WINDOWS_ENUM {
  IPSEC_TRAFFIC_TYPE_TRANSPORT = 0,
  IPSEC_TRAFFIC_TYPE_TUNNEL = 1,
  IPSEC_TRAFFIC_TYPE_MAX = 2
} IPSEC_TRAFFIC_TYPE;

typedef enum IKEEXT_KEY_MODULE_TYPE_ QMFORGE_WINDOWS_ENUM {
  IKEEXT_KEY_MODULE_IKE = 0,
  IKEEXT_KEY_MODULE_AUTHIP = 1,
  IKEEXT_KEY_MODULE_IKEV2 = 2,
  IKEEXT_KEY_MODULE_MAX = 3
} IKEEXT_KEY_MODULE_TYPE;

typedef enum IKEEXT_SA_ROLE_ QMFORGE_WINDOWS_ENUM {
  IKEEXT_SA_ROLE_INITIATOR = 0,
  IKEEXT_SA_ROLE_RESPONDER = 1,
  IKEEXT_SA_ROLE_MAX = 2
} IKEEXT_SA_ROLE;

typedef enum IKEEXT_QM_SA_STATE_ QMFORGE_WINDOWS_ENUM {
  IKEEXT_QM_SA_STATE_NONE = 0,
  IKEEXT_QM_SA_STATE_INITIAL = 1,
  IKEEXT_QM_SA_STATE_FINAL = 2,
  IKEEXT_QM_SA_STATE_COMPLETE = 3,
  IKEEXT_QM_SA_STATE_MAX = 4
} IKEEXT_QM_SA_STATE;

typedef enum IKEEXT_MM_SA_STATE_ QMFORGE_WINDOWS_ENUM {
  IKEEXT_MM_SA_STATE_NONE = 0,
  IKEEXT_MM_SA_STATE_SA_SENT = 1,
  IKEEXT_MM_SA_STATE_SSPI_SENT = 2,
  IKEEXT_MM_SA_STATE_FINAL = 3,
  IKEEXT_MM_SA_STATE_FINAL_SENT = 4,
  IKEEXT_MM_SA_STATE_COMPLETE = 5,
  IKEEXT_MM_SA_STATE_MAX = 6
} IKEEXT_MM_SA_STATE;

typedef enum IKEEXT_EM_SA_STATE_ QMFORGE_WINDOWS_ENUM {
  IKEEXT_EM_SA_STATE_NONE = 0,
  IKEEXT_EM_SA_STATE_SENT_ATTS = 1,
  IKEEXT_EM_SA_STATE_SSPI_SENT = 2,
  IKEEXT_EM_SA_STATE_AUTH_COMPLETE = 3,
  IKEEXT_EM_SA_STATE_FINAL = 4,
  IKEEXT_EM_SA_STATE_COMPLETE = 5,
  IKEEXT_EM_SA_STATE_MAX = 6
} IKEEXT_EM_SA_STATE;

typedef enum IKEEXT_AUTHENTICATION_METHOD_TYPE_ QMFORGE_WINDOWS_ENUM {
  IKEEXT_PRESHARED_KEY = 0,
  IKEEXT_CERTIFICATE = 1,
  IKEEXT_KERBEROS = 2,
  IKEEXT_ANONYMOUS = 3,
  IKEEXT_SSL = 4,
  IKEEXT_NTLM_V2 = 5
} IKEEXT_AUTHENTICATION_METHOD_TYPE;

typedef enum FWPM_ENGINE_OPTION_ QMFORGE_WINDOWS_ENUM {
  FWPM_ENGINE_COLLECT_NET_EVENTS = 0,
  FWPM_ENGINE_NET_EVENT_MATCH_ANY_KEYWORDS = 1,
  FWPM_ENGINE_NAME_CACHE = 2,
  FWPM_ENGINE_MONITOR_IPSEC_CONNECTIONS = 3,
  FWPM_ENGINE_PACKET_QUEUING = 4,
  FWPM_ENGINE_TXN_WATCHDOG_TIMEOUT_IN_MSEC = 5,
  FWPM_ENGINE_OPTION_MAX = 6
} FWPM_ENGINE_OPTION;

typedef enum FWPM_NET_EVENT_TYPE_ QMFORGE_WINDOWS_ENUM {
  FWPM_NET_EVENT_TYPE_IKEEXT_MM_FAILURE = 0,
  FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE = 1,
  FWPM_NET_EVENT_TYPE_IKEEXT_EM_FAILURE = 2,
  FWPM_NET_EVENT_TYPE_CLASSIFY_DROP = 3,
  FWPM_NET_EVENT_TYPE_IPSEC_KERNEL_DROP = 4,
  FWPM_NET_EVENT_TYPE_IPSEC_DOSP_DROP = 5,
  FWPM_NET_EVENT_TYPE_CLASSIFY_ALLOW = 6,
  FWPM_NET_EVENT_TYPE_CAPABILITY_DROP = 7,
  FWPM_NET_EVENT_TYPE_CAPABILITY_ALLOW = 8,
  FWPM_NET_EVENT_TYPE_CLASSIFY_DROP_MAC = 9,
  FWPM_NET_EVENT_TYPE_LPM_PACKET_ARRIVAL = 10,
  FWPM_NET_EVENT_TYPE_MAX = 11
} FWPM_NET_EVENT_TYPE;

typedef enum DL_ADDRESS_TYPE_ QMFORGE_WINDOWS_ENUM { DlUnicast = 0, DlMulticast = 1, DlBroadcast = 2 } DL_ADDRESS_TYPE;

typedef struct FWPM_DISPLAY_DATA0_ {
  WCHAR* name;
  WCHAR* description;
} FWPM_DISPLAY_DATA0;

typedef struct FWPM_SESSION0_ {
  GUID sessionKey;  // all zero: the engine chooses one
  FWPM_DISPLAY_DATA0 displayData;
  UINT32 flags;
  UINT32 txnWaitTimeoutInMSec;
  DWORD processId;
  SID* sid;
  WCHAR* username;
  BOOL kernelMode;
} FWPM_SESSION0;

typedef struct FWPM_FILTER_CONDITION0_ {
  GUID fieldKey;
  FWP_MATCH_TYPE matchType;
  FWP_CONDITION_VALUE0 conditionValue;
} FWPM_FILTER_CONDITION0;

typedef struct FWPM_NET_EVENT_ENUM_TEMPLATE0_ {
  FILETIME startTime;
  FILETIME endTime;  // not before startTime
  UINT32 numFilterConditions;
  FWPM_FILTER_CONDITION0* filterCondition;  // AND-ed; one for each field
} FWPM_NET_EVENT_ENUM_TEMPLATE0;

typedef struct FWPM_NET_EVENT_SUBSCRIPTION0_ {
  FWPM_NET_EVENT_ENUM_TEMPLATE0* enumTemplate;  // NULL: every event
  UINT32 flags;                                 // unused
  GUID sessionKey;                              // of the session that subscribed
} FWPM_NET_EVENT_SUBSCRIPTION0;

// The members that every header begins with.
#define QMFORGE_NET_EVENT_HEADER0_MEMBERS \
  FILETIME timeStamp;                     \
  UINT32 flags;                           \
  FWP_IP_VERSION ipVersion;               \
  UINT8 ipProtocol;                       \
  union {                                 \
    UINT32 localAddrV4;                   \
    FWP_BYTE_ARRAY16 localAddrV6;         \
  };                                      \
  union {                                 \
    UINT32 remoteAddrV4;                  \
    FWP_BYTE_ARRAY16 remoteAddrV6;        \
  };                                      \
  UINT16 localPort;                       \
  UINT16 remotePort;                      \
  UINT32 scopeId;                         \
  FWP_BYTE_BLOB appId;                    \
  SID* userId;

typedef struct FWPM_NET_EVENT_HEADER0_ {
  QMFORGE_NET_EVENT_HEADER0_MEMBERS
} FWPM_NET_EVENT_HEADER0;

// Its last members are reserved. Windows holds them in nested unions of one arm each; `padding` stands for the
// alignment that this gives dstAddrEth.
typedef struct FWPM_NET_EVENT_HEADER1_ {
  QMFORGE_NET_EVENT_HEADER0_MEMBERS
  FWP_AF addressFamily;
  UINT32 padding;
  FWP_BYTE_ARRAY6 dstAddrEth;
  FWP_BYTE_ARRAY6 srcAddrEth;
  DL_ADDRESS_TYPE addrType;
  FWP_ETHER_ENCAP_METHOD encapMethod;
  UINT16 etherType;
  UINT32 snapControl;
  UINT32 snapOui;
  UINT16 vlanTag;
  UINT64 ifLuid;
} FWPM_NET_EVENT_HEADER1;

#define IKEEXT_CERT_HASH_LEN 20

#define QMFORGE_MM_FAILURE0_MEMBERS               \
  UINT32 failureErrorCode;                        \
  IPSEC_FAILURE_POINT failurePoint;               \
  UINT32 flags;                                   \
  IKEEXT_KEY_MODULE_TYPE keyingModuleType;        \
  IKEEXT_MM_SA_STATE mmState;                     \
  IKEEXT_SA_ROLE saRole;                          \
  IKEEXT_AUTHENTICATION_METHOD_TYPE mmAuthMethod; \
  UINT8 endCertHash[IKEEXT_CERT_HASH_LEN];        \
  UINT64 mmId;                                    \
  UINT64 mmFilterId;

#define QMFORGE_EM_FAILURE0_MEMBERS               \
  UINT32 failureErrorCode;                        \
  IPSEC_FAILURE_POINT failurePoint;               \
  UINT32 flags;                                   \
  IKEEXT_EM_SA_STATE emState;                     \
  IKEEXT_SA_ROLE saRole;                          \
  IKEEXT_AUTHENTICATION_METHOD_TYPE emAuthMethod; \
  UINT8 endCertHash[IKEEXT_CERT_HASH_LEN];        \
  UINT64 mmId;                                    \
  UINT64 qmFilterId;

#define QMFORGE_PRINCIPAL_MEMBERS     \
  WCHAR* localPrincipalNameForAuth;   \
  WCHAR* remotePrincipalNameForAuth;  \
  UINT32 numLocalPrincipalGroupSids;  \
  LPWSTR* localPrincipalGroupSids;    \
  UINT32 numRemotePrincipalGroupSids; \
  LPWSTR* remotePrincipalGroupSids;

typedef struct FWPM_NET_EVENT_IKEEXT_MM_FAILURE0_ {
  QMFORGE_MM_FAILURE0_MEMBERS
} FWPM_NET_EVENT_IKEEXT_MM_FAILURE0;

typedef struct FWPM_NET_EVENT_IKEEXT_MM_FAILURE1_ {
  QMFORGE_MM_FAILURE0_MEMBERS
  QMFORGE_PRINCIPAL_MEMBERS
} FWPM_NET_EVENT_IKEEXT_MM_FAILURE1;

typedef struct FWPM_NET_EVENT_IKEEXT_QM_FAILURE0_ {
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
} FWPM_NET_EVENT_IKEEXT_QM_FAILURE0;

typedef struct FWPM_NET_EVENT_IKEEXT_EM_FAILURE0_ {
  QMFORGE_EM_FAILURE0_MEMBERS
} FWPM_NET_EVENT_IKEEXT_EM_FAILURE0;

typedef struct FWPM_NET_EVENT_IKEEXT_EM_FAILURE1_ {
  QMFORGE_EM_FAILURE0_MEMBERS
  QMFORGE_PRINCIPAL_MEMBERS
  IPSEC_TRAFFIC_TYPE saTrafficType;
} FWPM_NET_EVENT_IKEEXT_EM_FAILURE1;

typedef struct FWPM_NET_EVENT_CLASSIFY_DROP0_ {
  UINT64 filterId;
  UINT16 layerId;
} FWPM_NET_EVENT_CLASSIFY_DROP0;

typedef struct FWPM_NET_EVENT_CLASSIFY_DROP1_ {
  UINT64 filterId;
  UINT16 layerId;
  UINT32 reauthReason;
  UINT32 originalProfile;
  UINT32 currentProfile;
  UINT32 msFwpDirection;
  BOOL isLoopback;
} FWPM_NET_EVENT_CLASSIFY_DROP1;

typedef UINT32 IPSEC_SA_SPI;

typedef struct FWPM_NET_EVENT_IPSEC_KERNEL_DROP0_ {
  INT32 failureStatus;
  FWP_DIRECTION direction;
  IPSEC_SA_SPI spi;
  UINT64 filterId;
  UINT16 layerId;
} FWPM_NET_EVENT_IPSEC_KERNEL_DROP0;

typedef struct FWPM_NET_EVENT_IPSEC_DOSP_DROP0_ {
  FWP_IP_VERSION ipVersion;
  union {
    UINT32 publicHostV4Addr;
    UINT8 publicHostV6Addr[16];
  };
  union {
    UINT32 internalHostV4Addr;
    UINT8 internalHostV6Addr[16];
  };
  INT32 failureStatus;
  FWP_DIRECTION direction;
} FWPM_NET_EVENT_IPSEC_DOSP_DROP0;

typedef struct FWPM_NET_EVENT0_ {
  FWPM_NET_EVENT_HEADER0 header;
  FWPM_NET_EVENT_TYPE type;
  union {
    FWPM_NET_EVENT_IKEEXT_MM_FAILURE0* ikeMmFailure;
    FWPM_NET_EVENT_IKEEXT_QM_FAILURE0* ikeQmFailure;
    FWPM_NET_EVENT_IKEEXT_EM_FAILURE0* ikeEmFailure;
    FWPM_NET_EVENT_CLASSIFY_DROP0* classifyDrop;
    FWPM_NET_EVENT_IPSEC_KERNEL_DROP0* ipsecDrop;
    FWPM_NET_EVENT_IPSEC_DOSP_DROP0* idpDrop;
  };
} FWPM_NET_EVENT0;

typedef struct FWPM_NET_EVENT1_ {
  FWPM_NET_EVENT_HEADER1 header;
  FWPM_NET_EVENT_TYPE type;
  union {
    FWPM_NET_EVENT_IKEEXT_MM_FAILURE1* ikeMmFailure;
    FWPM_NET_EVENT_IKEEXT_QM_FAILURE0* ikeQmFailure;
    FWPM_NET_EVENT_IKEEXT_EM_FAILURE1* ikeEmFailure;
    FWPM_NET_EVENT_CLASSIFY_DROP1* classifyDrop;
    FWPM_NET_EVENT_IPSEC_KERNEL_DROP0* ipsecDrop;
    FWPM_NET_EVENT_IPSEC_DOSP_DROP0* idpDrop;
  };
} FWPM_NET_EVENT1;

#undef QMFORGE_NET_EVENT_HEADER0_MEMBERS
#undef QMFORGE_MM_FAILURE0_MEMBERS
#undef QMFORGE_EM_FAILURE0_MEMBERS
#undef QMFORGE_PRINCIPAL_MEMBERS

#ifdef __cplusplus
}
#endif
// NOLINTEND
