// A small event logger: it prints the Quick Mode failures that the system has logged, and then
// those that happen while it runs.
//
//     qm_logger [N]    ends after N live events (0, the default: after the logged ones)
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "handler.h"

#ifdef _WIN32
#define sleep_a_little() Sleep(5)
#else
#include <time.h>
static void sleep_a_little() {
  const timespec time{0, 5000000};
  nanosleep(&time, nullptr);
}
#endif

namespace {

constexpr UINT32 page_size = 100;

int failed(const char* call, DWORD code) {
  std::fprintf(stderr, "%s: error 0x%08x\n", call, static_cast<unsigned>(code));
  return 1;
}

void print(const char* when, const FWPM_NET_EVENT2& event) {
  const std::string line = describe(event);
  if (!line.empty()) std::printf("%s: %s\n", when, line.c_str());
}

/// Prints what was logged until now. 0, or the exit status.
int print_logged(HANDLE engine) {
  HANDLE enumeration = nullptr;
  DWORD code = FwpmNetEventCreateEnumHandle0(engine, nullptr, &enumeration);
  if (code != ERROR_SUCCESS) return failed("FwpmNetEventCreateEnumHandle0", code);
  UINT32 returned = 0;
  do {
    FWPM_NET_EVENT2** entries = nullptr;
    code = FwpmNetEventEnum2(engine, enumeration, page_size, &entries, &returned);
    if (code != ERROR_SUCCESS) break;
    for (UINT32 i = 0; i < returned; ++i) print("logged", *entries[i]);
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  } while (returned == page_size);
  FwpmNetEventDestroyEnumHandle0(engine, enumeration);
  return code == ERROR_SUCCESS ? 0 : failed("FwpmNetEventEnum2", code);
}

/// What the callback counts.
struct Live {
  std::atomic<long> seen = 0;
};

void CALLBACK on_event(void* context, const FWPM_NET_EVENT2* event) {
  auto& live = *static_cast<Live*>(context);
  print("live", *event);
  ++live.seen;
}

/// Prints `count` live events. 0, or the exit status.
int print_live(HANDLE engine, long count) {
  Live live;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  DWORD code = FwpmNetEventSubscribe1(engine, &subscription, on_event, &live, &events);
  if (code != ERROR_SUCCESS) return failed("FwpmNetEventSubscribe1", code);
  while (live.seen < count) sleep_a_little();
  code = FwpmNetEventUnsubscribe0(engine, events);
  return code == ERROR_SUCCESS ? 0 : failed("FwpmNetEventUnsubscribe0", code);
}

}  // namespace

int main(int argc, char** argv) {
  const long live_count = argc > 1 ? std::atol(argv[1]) : 0;
  HANDLE engine = nullptr;
  const DWORD code = FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine);
  if (code != ERROR_SUCCESS) return failed("FwpmEngineOpen0", code);
  int status = print_logged(engine);
  if (status == 0 && live_count > 0) status = print_live(engine, live_count);
  FwpmEngineClose0(engine);
  return status;
}
