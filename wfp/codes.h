// The error codes that the fake's calls return, as the DWORDs that they return: FWP_E_* are signed on Windows.
#pragma once

#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp::code {

inline constexpr auto success = static_cast<DWORD>(ERROR_SUCCESS);
inline constexpr auto invalidHandle = static_cast<DWORD>(ERROR_INVALID_HANDLE);
inline constexpr auto notEnoughMemory = static_cast<DWORD>(ERROR_NOT_ENOUGH_MEMORY);
inline constexpr auto notSupported = static_cast<DWORD>(ERROR_NOT_SUPPORTED);
inline constexpr auto possibleDeadlock = static_cast<DWORD>(ERROR_POSSIBLE_DEADLOCK);
inline constexpr auto badConfiguration = static_cast<DWORD>(ERROR_BAD_CONFIGURATION);
inline constexpr auto unknownAuthnService = static_cast<DWORD>(RPC_S_UNKNOWN_AUTHN_SERVICE);
inline constexpr auto conditionNotFound = static_cast<DWORD>(FWP_E_CONDITION_NOT_FOUND);
inline constexpr auto alreadyExists = static_cast<DWORD>(FWP_E_ALREADY_EXISTS);
inline constexpr auto wrongSession = static_cast<DWORD>(FWP_E_WRONG_SESSION);
inline constexpr auto noTxnInProgress = static_cast<DWORD>(FWP_E_NO_TXN_IN_PROGRESS);
inline constexpr auto dynamicSessionInProgress = DWORD{0x8032000B};  // FWP_E_DYNAMIC_SESSION_IN_PROGRESS
inline constexpr auto txnInProgress = static_cast<DWORD>(FWP_E_TXN_IN_PROGRESS);
inline constexpr auto netEventsDisabled = static_cast<DWORD>(FWP_E_NET_EVENTS_DISABLED);
inline constexpr auto nullPointer = static_cast<DWORD>(FWP_E_NULL_POINTER);
inline constexpr auto invalidEnumerator = static_cast<DWORD>(FWP_E_INVALID_ENUMERATOR);
inline constexpr auto invalidFlags = static_cast<DWORD>(FWP_E_INVALID_FLAGS);
inline constexpr auto invalidNetMask = static_cast<DWORD>(FWP_E_INVALID_NET_MASK);
inline constexpr auto invalidRange = static_cast<DWORD>(FWP_E_INVALID_RANGE);
inline constexpr auto invalidInterval = static_cast<DWORD>(FWP_E_INVALID_INTERVAL);
inline constexpr auto matchTypeMismatch = static_cast<DWORD>(FWP_E_MATCH_TYPE_MISMATCH);
inline constexpr auto typeMismatch = static_cast<DWORD>(FWP_E_TYPE_MISMATCH);
inline constexpr auto outOfBounds = static_cast<DWORD>(FWP_E_OUT_OF_BOUNDS);
inline constexpr auto duplicateCondition = static_cast<DWORD>(FWP_E_DUPLICATE_CONDITION);
inline constexpr auto invalidParameter = static_cast<DWORD>(FWP_E_INVALID_PARAMETER);
inline constexpr auto stillOn = DWORD{0x80320043};  // FWP_E_STILL_ON

}  // namespace qmforge::wfp::code
