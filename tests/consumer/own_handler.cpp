// A user's own handler of net events, fed by the fake: built like a program for Windows, except for the header's name.
#include <qmforge/wfp/fwpmu.h>

#include <iostream>
#ifndef WITHOUT_CONTROLS
#include <qmforge/wfp/control.h>
#endif

namespace {

void CALLBACK count_failures(void* context, const FWPM_NET_EVENT2* event) {
  if (event->type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE && event->ikeQmFailure != nullptr)
    ++*static_cast<int*>(context);
}

}  // namespace

int main() {
  HANDLE engine = nullptr;
  HANDLE events = nullptr;
  int failures = 0;
  const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  if (FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine) != ERROR_SUCCESS) return 1;
  if (FwpmNetEventSubscribe1(engine, &subscription, count_failures, &failures, &events) != ERROR_SUCCESS) return 1;
#ifndef WITHOUT_CONTROLS
  qmforge::wfp::feed_seed(7, 100, {}, {qmforge::wfp::Delivery::live});
  qmforge::wfp::wait_delivered();
#endif
  if (FwpmEngineClose0(engine) != ERROR_SUCCESS) return 1;
  std::cout << failures << " failures\n";
}
