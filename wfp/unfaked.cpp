#include "unfaked.h"

#include <new>

#include "codes.h"
#include "engine.h"
#include "scenario.h"
#include "trace.h"

namespace qmforge::wfp {

DWORD unfaked_call(const char* function, DWORD answer) noexcept {
  const void* const caller = __builtin_return_address(0);
  (void)run_scenario_once();
  Engine& engine = Engine::instance();
  DWORD result = code::notEnoughMemory;
  try {
    engine.count_unfaked(function);
    result = engine.failure(function, caller).value_or(answer);
  } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): the result reports it
  }
  engine.changed();
  trace_call(function, result);
  return result;
}

}  // namespace qmforge::wfp
