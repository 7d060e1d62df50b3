#include "unfaked.h"

#include "engine.h"

namespace qmforge::wfp {

DWORD unfaked_call(const char* function, DWORD answer) noexcept {
  return Engine::instance().unfaked_call(function, answer, __builtin_return_address(0));
}

}  // namespace qmforge::wfp
