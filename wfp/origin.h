// The origin of a handle or batch: the number of the call that made it, and the function.
#pragma once

#include <cstdint>
#include <string>

#include "qmforge/wfp/function.h"

namespace qmforge::wfp {

struct Origin {
  std::uint64_t call = 0;
  Function function{};
};

/// `call 12 (FwpmNetEventEnum0)`.
[[nodiscard]] inline std::string to_string(const Origin& origin) {
  return "call " + std::to_string(origin.call) + " (" + std::string(to_string(origin.function)) + ")";
}

}  // namespace qmforge::wfp
