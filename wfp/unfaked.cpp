#include "unfaked.h"

#include <new>

#include "codes.h"
#include "engine.h"
#include "scenario.h"

namespace qmforge::wfp {

DWORD unfaked_call(const char* function, DWORD answer) noexcept {
  const void* const caller = __builtin_return_address(0);
  (void)run_scenario_once();
  Engine& engine = Engine::instance();
  try {
    engine.count_unfaked(function);
    return engine.failure(function, caller).value_or(answer);
  } catch (const std::bad_alloc&) {
    return code::notEnoughMemory;
  }
}

}  // namespace qmforge::wfp
