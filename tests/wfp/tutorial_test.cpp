// The tutorial: a program's own handler, and its first generated event.
#include <gtest/gtest.h>

#include <atomic>

#include "qmforge/wfp/control.h"
#include "qmforge/wfp/fwpmu.h"

namespace {

using qmforge::wfp::Delivery;
using qmforge::wfp::Mode;

std::atomic<int> failures = 0;

// clang-format off: aligned comments
void CALLBACK on_event(void*, const FWPM_NET_EVENT2* event) {  // the handler: your code
  if (event->type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE && event->ikeQmFailure != nullptr) ++failures;
}

TEST(Tutorial, CountsFailures) {
  HANDLE engine = nullptr;  // what your program does on Windows
  HANDLE events = nullptr;
  FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  ASSERT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &engine), ERROR_SUCCESS);
  ASSERT_EQ(FwpmNetEventSubscribe1(engine, &subscription, on_event, nullptr, &events), ERROR_SUCCESS);

  qmforge::wfp::set_mode(Mode::otherKinds);  // what happens there: a hundred failures from seed 7, and other events
  qmforge::wfp::feed_seed(7, 100, {}, {Delivery::live});
  qmforge::wfp::wait_delivered();

  EXPECT_EQ(failures, 100);
  ASSERT_EQ(FwpmEngineClose0(engine), ERROR_SUCCESS);
  EXPECT_TRUE(qmforge::wfp::report().clean()) << to_string(qmforge::wfp::report());
}
// clang-format on

}  // namespace
