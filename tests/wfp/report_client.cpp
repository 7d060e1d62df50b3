// Small programs that read net events and end in different ways. Controlled only by a scenario.
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "qmforge/wfp/fwpmu.h"

extern "C" DWORD WINAPI FwpmFilterDeleteById0(HANDLE, UINT64);  // exported, and not faked

namespace {

HANDLE open_engine() {
  HANDLE session = nullptr;
  return FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session) == ERROR_SUCCESS ? session : nullptr;
}

void subscribe(HANDLE session, FWPM_NET_EVENT_CALLBACK0 callback) {
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  FwpmNetEventSubscribe0(session, &subscription, callback, nullptr, &events);
}

/// Wrong: does not check for a NULL body.
void read_body(void*, const FWPM_NET_EVENT1* event) {
  if (event->ikeQmFailure->qmFilterId == 0) std::exit(125);
}

void free_nothing(int times) {
  for (int i = 0; i < times; ++i) {
    void* nothing = nullptr;
    FwpmFreeMemory0(&nothing);
  }
}

void open_and_raise(int signal) {
  open_engine();
  std::raise(signal);
}

constexpr struct {
  std::string_view name;
  void (*run)();
} programs[] = {
    {"crash-in-callback",
     [] {
       subscribe(open_engine(), read_body);
       pause();
     }},
    {"crash-in-batch",
     [] {
       const HANDLE session = open_engine();
       HANDLE handle = nullptr;
       FwpmNetEventCreateEnumHandle0(session, nullptr, &handle);
       FWPM_NET_EVENT1** entries = nullptr;
       UINT32 count = 0;
       FwpmNetEventEnum1(session, handle, 10, &entries, &count);
       read_body(nullptr, entries[0]);
     }},
    {"abort",
     [] {
       open_engine();
       std::abort();
     }},
    {"kill",
     [] {
       FwpmEngineClose0(nullptr);
       FwpmFilterDeleteById0(nullptr, 1);
       static std::atomic<bool> has_subscribed = false;  // only a call that has returned is in the trace
       subscribe(open_engine(), [](void*, const FWPM_NET_EVENT1* event) {
         while (!has_subscribed) usleep(1000);
         if (event->ikeQmFailure == nullptr) std::raise(SIGKILL);
       });
       has_subscribed = true;
       pause();
     }},
    {"crash-in-one-of-two",
     [] {
       static std::atomic<bool> first_runs = false;
       const HANDLE session = open_engine();
       subscribe(session, [](void*, const FWPM_NET_EVENT1*) {
         first_runs = true;
         for (;;) pause();
       });
       subscribe(session, [](void*, const FWPM_NET_EVENT1*) {
         while (!first_runs) usleep(1000);
         std::abort();
       });
       for (;;) pause();
     }},
    {"kill-after-stub",
     [] {
       open_engine();
       FwpmFilterDeleteById0(nullptr, 1);
       std::raise(SIGKILL);
     }},
    {"leak-early-and-kill",
     [] {
       const HANDLE session = open_engine();
       free_nothing(900);
       FWP_VALUE0* value = nullptr;
       FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value);
       std::raise(SIGKILL);
     }},
    {"leak-late-and-kill",
     [] {
       const HANDLE session = open_engine();
       free_nothing(2000);
       FWP_VALUE0* value = nullptr;
       FwpmEngineGetOption0(session, FWPM_ENGINE_COLLECT_NET_EVENTS, &value);
       usleep(200'000);
       free_nothing(1);
       std::raise(SIGKILL);
     }},
    {"SIGSEGV", [] { open_and_raise(SIGSEGV); }},
    {"SIGBUS", [] { open_and_raise(SIGBUS); }},
    {"SIGILL", [] { open_and_raise(SIGILL); }},
    {"SIGFPE", [] { open_and_raise(SIGFPE); }},
    {"SIGABRT", [] { open_and_raise(SIGABRT); }},
    {"close", [] { FwpmEngineClose0(open_engine()); }},
    {"wait",
     [] {
       subscribe(open_engine(), [](void*, const FWPM_NET_EVENT1*) {});
       for (;;) pause();
     }},
    {"close-badly",
     [] {
       const HANDLE session = open_engine();
       HANDLE handle = nullptr;
       FwpmNetEventCreateEnumHandle0(session, nullptr, &handle);
       FwpmNetEventDestroyEnumHandle0(session, handle);
       FwpmNetEventCreateEnumHandle0(session, nullptr, &handle);  // what the session would have closed
       FwpmEngineClose0(session);
       open_engine();  // a leak
     }},
    {"three-sites",
     [] {
       const HANDLE session = open_engine();
       if (session == nullptr) std::exit(1);
       HANDLE handle = nullptr;
       if (FwpmNetEventCreateEnumHandle0(session, nullptr, &handle) != ERROR_SUCCESS) std::exit(2);
       if (FwpmEngineClose0(session) != ERROR_SUCCESS) std::exit(3);
     }},
};

}  // namespace

int main(int argc, char** argv) {
  for (const auto& program : programs)
    if (argc == 2 && program.name == argv[1]) {
      program.run();
      return 0;
    }
  return 126;
}
