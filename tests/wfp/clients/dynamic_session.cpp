// A monitor in a dynamic session, whose end ends everything: it turns collection on in a session of its own first,
// watches multicast too, and never unsubscribes.
#include <fwpmu.h>
#include <windows.h>
#include <winsock2.h>

#include <cstdio>
#include <vector>

namespace {

struct Watch {
  CRITICAL_SECTION lock;
  std::vector<UINT32> codes;
  HANDLE enough = CreateEvent(nullptr, TRUE, FALSE, nullptr);
};

VOID CALLBACK on_event(_Inout_ PVOID context, _In_ const FWPM_NET_EVENT* event) {
  auto& watch = *static_cast<Watch*>(context);
  if (event->type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE || event->ikeQmFailure == nullptr) return;
  EnterCriticalSection(&watch.lock);
  watch.codes.push_back(event->ikeQmFailure->failureErrorCode);
  if (watch.codes.size() == 3) SetEvent(watch.enough);
  LeaveCriticalSection(&watch.lock);
}

DWORD set_option(HANDLE engine, FWPM_ENGINE_OPTION option, UINT32 number) {
  FWP_VALUE value{};
  value.type = FWP_UINT32;
  value.uint32 = number;
  return FwpmEngineSetOption(engine, option, &value);
}

}  // namespace

int main() {
  HANDLE engine = nullptr;
  if (FwpmEngineOpen(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine) != ERROR_SUCCESS) return 1;
  const bool collects =
      set_option(engine, FWPM_ENGINE_COLLECT_NET_EVENTS, TRUE) == ERROR_SUCCESS &&
      set_option(engine, FWPM_ENGINE_NET_EVENT_MATCH_ANY_KEYWORDS,
                 FWPM_NET_EVENT_KEYWORD_INBOUND_MCAST | FWPM_NET_EVENT_KEYWORD_CLASSIFY_ALLOW) == ERROR_SUCCESS;
  FwpmEngineClose(engine);
  if (!collects) return 2;

  Watch watch;
  InitializeCriticalSection(&watch.lock);
  FWPM_SESSION session{};
  session.flags = FWPM_SESSION_FLAG_DYNAMIC;
  if (FwpmEngineOpen(nullptr, RPC_C_AUTHN_WINNT, nullptr, &session, &engine) != ERROR_SUCCESS) return 3;
  FWPM_NET_EVENT_SUBSCRIPTION subscription{};
  HANDLE events = nullptr;
  const DWORD code = FwpmNetEventSubscribe(engine, &subscription, on_event, &watch, &events);
  if (code == ERROR_SUCCESS) WaitForSingleObject(watch.enough, 20000);
  FwpmEngineClose(engine);  // and with it the subscription
  for (std::size_t i = 0; i < 3 && i < watch.codes.size(); ++i) std::printf("error %u\n", watch.codes[i]);
  return code == ERROR_SUCCESS ? 0 : 4;
}
