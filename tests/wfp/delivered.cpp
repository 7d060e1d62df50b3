// The fake delivers the events that it was fed: reads every version of the interface with the decoder of memory images
// (native64 or native32, like this program) and compares with the generated event.
//
// A program without GoogleTest, so that it also runs as a 64- or 32-bit Windows program: `wfp_delivered [N]`.
#include "delivered.h"

#include <cstdio>
#include <cstdlib>
#include <memory_resource>
#include <vector>

#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"

namespace {

using namespace qmforge;
using namespace qmforge::wfp;

std::size_t differences = 0;

void differ(const char* how, unsigned version, std::size_t i) {
  ++differences;
  if (differences <= 20) std::printf("event %zu, %s%u: not what was fed\n", i, how, version);
}

template <class Body>
bool holds(const Body* body, const Event& fed, Revision revision) {
  const auto event = decode_delivered(body, revision);
  return event && *event == as_revision(fed, revision);
}

/// Reads all logged events, a hundred with each call.
template <unsigned n>
void enumerate(HANDLE engine, const std::vector<Event>& fed) {
  HANDLE handle = nullptr;
  if (FwpmNetEventCreateEnumHandle0(engine, nullptr, &handle) != ERROR_SUCCESS) return differ("no handle", n, 0);
  std::size_t i = 0;
  for (UINT32 count = 1; count != 0;) {
    typename Version<n>::NetEvent** entries = nullptr;
    if (Version<n>::enumerate(engine, handle, 100, &entries, &count) != ERROR_SUCCESS) return differ("Enum", n, i);
    for (UINT32 k = 0; k < count; ++k, ++i)
      if (i >= fed.size() || !holds(entries[k]->ikeQmFailure, fed[i], Version<n>::revision)) differ("Enum", n, i);
    FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
  }
  if (i != fed.size()) differ("too few by Enum", n, i);
  if (FwpmNetEventDestroyEnumHandle0(engine, handle) != ERROR_SUCCESS) differ("not destroyed, Enum", n, i);
}

struct Delivered {
  const std::vector<Event>& fed;
  std::size_t next = 0;
};

/// FwpmNetEventSubscribe<n - 1> delivers FWPM_NET_EVENT<n>.
template <unsigned n>
void CALLBACK check_delivered(void* context, const typename Version<n>::NetEvent* event) {
  auto& delivered = *static_cast<Delivered*>(context);
  const std::size_t i = delivered.next++;
  if (i >= delivered.fed.size() || !holds(event->ikeQmFailure, delivered.fed[i], Version<n>::revision))
    differ("callback of FWPM_NET_EVENT", n, i);
}

template <unsigned n, class Subscribe>
void subscribe(HANDLE engine, const std::vector<Event>& fed, Subscribe call) {
  Delivered delivered{fed};
  const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE handle = nullptr;
  if (call(engine, &subscription, &check_delivered<n>, &delivered, &handle) != ERROR_SUCCESS)
    return differ("Subscribe", n - 1, 0);
  feed(fed, {Delivery::live});
  wait_delivered();
  if (FwpmNetEventUnsubscribe0(engine, handle) != ERROR_SUCCESS) differ("not ended, Subscribe", n - 1, 0);
  if (delivered.next != fed.size()) differ("too few by Subscribe", n - 1, delivered.next);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 3000;
  sim::RandomChoices choices(11);
  const sim::Profile profile = sim::Profile{}.for_format(Format::native64);
  std::pmr::monotonic_buffer_resource storage;
  std::vector<Event> events;
  for (std::size_t i = 0; i < count; ++i) events.push_back(sim::generate(choices, profile, storage));

  HANDLE engine = nullptr;
  if (FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine) != ERROR_SUCCESS) return 1;
  feed(events);
  enumerate<0>(engine, events);
  enumerate<1>(engine, events);
  enumerate<2>(engine, events);
  enumerate<3>(engine, events);
  enumerate<4>(engine, events);
  enumerate<5>(engine, events);
  subscribe<1>(engine, events, &FwpmNetEventSubscribe0);
  subscribe<2>(engine, events, &FwpmNetEventSubscribe1);
  subscribe<3>(engine, events, &FwpmNetEventSubscribe2);
  subscribe<4>(engine, events, &FwpmNetEventSubscribe3);
  subscribe<5>(engine, events, &FwpmNetEventSubscribe4);
  if (FwpmEngineClose0(engine) != ERROR_SUCCESS) return 1;
  const Report end = report();
  std::printf("%s", to_string(end).c_str());
  std::printf("%zu-bit memory: %zu events in 11 versions, %zu differences\n", 8 * sizeof(void*), count, differences);
  return differences == 0 && end.clean() ? 0 : 1;
}
