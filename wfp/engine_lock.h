// The one lock of the engine's state, and the condition that says that it changed.
#pragma once

#include "threads.h"

namespace qmforge::wfp {

struct EngineLock {
  Mutex mutex;
  Condition changed;  // a callback returned, a feed ended, a subscription was made, the engine is being reset
};

}  // namespace qmforge::wfp
