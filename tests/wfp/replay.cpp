// Replays a million events through the fake, and prints the speed and the memory: `wfp_replay [N]`.
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "qmforge/wfp/control.h"
#include "qmforge/wfp/fwpmu.h"

namespace {

using namespace qmforge::wfp;
using Clock = std::chrono::steady_clock;

std::atomic<std::uint64_t> heard = 0;

long resident_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

void print(const char* what, std::uint64_t events, Clock::time_point since) {
  const double seconds = std::chrono::duration<double>(Clock::now() - since).count();
  std::printf("%-42s %9.0f events/s, peak memory %ld MiB\n", what, static_cast<double>(events) / seconds,
              resident_kib() / 1024);
}

/// Reads everything that was logged, `page` events a call.
void enumerate(HANDLE engine, const char* what, UINT32 page) {
  const auto since = Clock::now();
  HANDLE handle = nullptr;
  (void)FwpmNetEventCreateEnumHandle0(engine, nullptr, &handle);
  std::uint64_t events = 0;
  UINT32 count = 0;
  do {
    FWPM_NET_EVENT5** entries = nullptr;
    (void)FwpmNetEventEnum5(engine, handle, page, &entries, &count);
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
    events += count;
  } while (count == page);
  (void)FwpmNetEventDestroyEnumHandle0(engine, handle);
  print(what, events, since);
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1000000;
  qmforge::sim::Profile valid;
  valid.validity = qmforge::sim::Validity::valid;
  HANDLE engine = nullptr;
  (void)FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine);

  auto since = Clock::now();
  feed_seed(1, count, valid);
  print("fed from a seed into the log", count, since);
  std::printf("the log holds %.0f bytes an event\n",
              static_cast<double>(statistics().log_bytes) / static_cast<double>(count));
  enumerate(engine, "FwpmNetEventEnum5, 100 a call", 100);
  enumerate(engine, "FwpmNetEventEnum5, all in one call", 0xffffffff);
  reset();

  (void)FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine);
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  (void)FwpmNetEventSubscribe4(engine, &subscription, [](void*, const FWPM_NET_EVENT5*) { ++heard; }, nullptr, &events);
  since = Clock::now();
  feed_seed(1, count, valid, {Delivery::live});
  wait_delivered();
  print("fed live, each in a callback", heard, since);
  (void)FwpmEngineClose0(engine);
  const bool complete = heard == count;
  reset();
  return complete ? 0 : 1;
}
