// The exported calls: each is forwarded to the engine and logged.
#include <new>

#include "codes.h"
#include "engine.h"
#include "scenario.h"
#include "trace.h"

namespace qmforge::wfp {
namespace {

/// Makes a call: gives it a number, applies an injected failure, logs its result. `closes` is the handle that the call
/// closes, if it closes one. Does not throw.
template <class Body>
DWORD call(Function function, const void* caller, Body body, HANDLE closes = nullptr) noexcept {
  const bool ready = run_scenario_once();
  Engine& engine = Engine::instance();
  const Origin origin = engine.begin(function);
  DWORD result = code::notEnoughMemory;
  bool injected = false;
  try {
    if (!ready && function == Function::engineOpen0) {
      // A program whose scenario cannot be run must not run without events unnoticed.
      result = code::badConfiguration;
    } else if (const auto failure = engine.failure(to_string(function), caller)) {
      result = *failure;
      injected = true;
      if (closes != nullptr) engine.excuse(closes);
    } else {
      result = body(engine, origin);
    }
  } catch (const std::bad_alloc&) {
    result = code::notEnoughMemory;
  }
  engine.end(origin, result, injected);
  engine.changed();
  trace_call(to_string(function), result);
  return result;
}

template <class NetEvent>
DWORD enumerate(Function function, const void* caller, unsigned version, HANDLE session, HANDLE enumeration,
                UINT32 requested, NetEvent*** entries, UINT32* returned) noexcept {
  return call(function, caller, [&](Engine& engine, const Origin& origin) {
    return engine.enumerate(origin, version, session, enumeration, requested, reinterpret_cast<void**>(entries),
                            returned);
  });
}

template <class Callback>
DWORD subscribe(Function function, const void* caller, unsigned version, HANDLE session,
                const FWPM_NET_EVENT_SUBSCRIPTION0* subscription, Callback callback, void* context,
                HANDLE* handle) noexcept {
  return call(function, caller, [&](Engine& engine, const Origin& origin) {
    return engine.subscribe(origin, session, subscription, {version, reinterpret_cast<AnyCallback>(callback), context},
                            handle);
  });
}

}  // namespace
}  // namespace qmforge::wfp

using qmforge::wfp::call;
using qmforge::wfp::Engine;
using qmforge::wfp::Function;
using qmforge::wfp::Origin;

#define CALLER __builtin_return_address(0)

extern "C" {

DWORD WINAPI FwpmEngineOpen0(const WCHAR* serverName, UINT32 authnService, SEC_WINNT_AUTH_IDENTITY_W*,
                             const FWPM_SESSION0* session, HANDLE* engineHandle) {
  return call(Function::engineOpen0, CALLER, [&](Engine& engine, const Origin& origin) {
    return engine.open(origin, serverName == nullptr, authnService, session, engineHandle);
  });
}

DWORD WINAPI FwpmEngineClose0(HANDLE engineHandle) {
  return call(
      Function::engineClose0, CALLER,
      [&](Engine& engine, const Origin& origin) { return engine.close(origin, engineHandle); }, engineHandle);
}

DWORD WINAPI FwpmEngineGetOption0(HANDLE engineHandle, FWPM_ENGINE_OPTION option, FWP_VALUE0** value) {
  return call(Function::engineGetOption0, CALLER, [&](Engine& engine, const Origin& origin) {
    return engine.get_option(origin, engineHandle, option, value);
  });
}

DWORD WINAPI FwpmEngineSetOption0(HANDLE engineHandle, FWPM_ENGINE_OPTION option, const FWP_VALUE0* newValue) {
  return call(Function::engineSetOption0, CALLER, [&](Engine& engine, const Origin& origin) {
    return engine.set_option(origin, engineHandle, option, newValue);
  });
}

DWORD WINAPI FwpmTransactionBegin0(HANDLE engineHandle, UINT32 flags) {
  return call(Function::transactionBegin0, CALLER, [&](Engine& engine, const Origin& origin) {
    return engine.begin_transaction(origin, engineHandle, flags);
  });
}

DWORD WINAPI FwpmTransactionCommit0(HANDLE engineHandle) {
  return call(Function::transactionCommit0, CALLER,
              [&](Engine& engine, const Origin& origin) { return engine.end_transaction(origin, engineHandle); });
}

DWORD WINAPI FwpmTransactionAbort0(HANDLE engineHandle) {
  return call(Function::transactionAbort0, CALLER,
              [&](Engine& engine, const Origin& origin) { return engine.end_transaction(origin, engineHandle); });
}

DWORD WINAPI FwpmNetEventCreateEnumHandle0(HANDLE engineHandle, const FWPM_NET_EVENT_ENUM_TEMPLATE0* enumTemplate,
                                           HANDLE* enumHandle) {
  return call(Function::netEventCreateEnumHandle0, CALLER, [&](Engine& engine, const Origin& origin) {
    return engine.create_enumeration(origin, engineHandle, enumTemplate, enumHandle);
  });
}

DWORD WINAPI FwpmNetEventDestroyEnumHandle0(HANDLE engineHandle, HANDLE enumHandle) {
  return call(
      Function::netEventDestroyEnumHandle0, CALLER,
      [&](Engine& engine, const Origin& origin) {
        return engine.destroy_enumeration(origin, engineHandle, enumHandle);
      },
      enumHandle);
}

#define DEFINE_ENUM(n)                                                                                 \
  DWORD WINAPI FwpmNetEventEnum##n(HANDLE engineHandle, HANDLE enumHandle, UINT32 numEntriesRequested, \
                                   FWPM_NET_EVENT##n*** entries, UINT32* numEntriesReturned) {         \
    return qmforge::wfp::enumerate(Function::netEventEnum##n, CALLER, n, engineHandle, enumHandle,     \
                                   numEntriesRequested, entries, numEntriesReturned);                  \
  }
DEFINE_ENUM(0)
DEFINE_ENUM(1)
DEFINE_ENUM(2)
DEFINE_ENUM(3)
DEFINE_ENUM(4)
DEFINE_ENUM(5)

#define DEFINE_SUBSCRIBE(n)                                                                                         \
  DWORD WINAPI FwpmNetEventSubscribe##n(HANDLE engineHandle, const FWPM_NET_EVENT_SUBSCRIPTION0* subscription,      \
                                        FWPM_NET_EVENT_CALLBACK##n callback, void* context, HANDLE* eventsHandle) { \
    return qmforge::wfp::subscribe(Function::netEventSubscribe##n, CALLER, n, engineHandle, subscription, callback, \
                                   context, eventsHandle);                                                          \
  }
DEFINE_SUBSCRIBE(0)
DEFINE_SUBSCRIBE(1)
DEFINE_SUBSCRIBE(2)
DEFINE_SUBSCRIBE(3)
DEFINE_SUBSCRIBE(4)

DWORD WINAPI FwpmNetEventUnsubscribe0(HANDLE engineHandle, HANDLE eventsHandle) {
  return call(
      Function::netEventUnsubscribe0, CALLER,
      [&](Engine& engine, const Origin& origin) { return engine.unsubscribe(origin, engineHandle, eventsHandle); },
      eventsHandle);
}

DWORD WINAPI FwpmNetEventSubscriptionsGet0(HANDLE engineHandle, FWPM_NET_EVENT_SUBSCRIPTION0*** entries,
                                           UINT32* numEntries) {
  return call(Function::netEventSubscriptionsGet0, CALLER, [&](Engine& engine, const Origin& origin) {
    return engine.get_subscriptions(origin, engineHandle, entries, numEntries);
  });
}

void WINAPI FwpmFreeMemory0(void** p) {
  (void)call(Function::freeMemory0, CALLER, [&](Engine& engine, const Origin& origin) {
    engine.free_memory(origin, p);
    return DWORD{0};
  });
}

DWORD WINAPI FwpmGetAppIdFromFileName0(const WCHAR* fileName, FWP_BYTE_BLOB** appId) {
  return call(Function::getAppIdFromFileName0, CALLER,
              [&](Engine& engine, const Origin& origin) { return engine.get_app_id(origin, fileName, appId); });
}

DWORD WINAPI FwpmNetEventsGetSecurityInfo0(HANDLE engineHandle, SECURITY_INFORMATION securityInfo, PSID* sidOwner,
                                           PSID* sidGroup, PACL* dacl, PACL* sacl,
                                           PSECURITY_DESCRIPTOR* securityDescriptor) {
  return call(Function::netEventsGetSecurityInfo0, CALLER, [&](Engine& engine, const Origin& origin) {
    return engine.get_security(origin, engineHandle, securityInfo,
                               {sidOwner, sidGroup, dacl, sacl, securityDescriptor});
  });
}

DWORD WINAPI FwpmNetEventsSetSecurityInfo0(HANDLE engineHandle, SECURITY_INFORMATION, const SID*, const SID*,
                                           const ACL*, const ACL*) {
  return call(Function::netEventsSetSecurityInfo0, CALLER,
              [&](Engine& engine, const Origin& origin) { return engine.set_security(origin, engineHandle); });
}

}  // extern "C"
