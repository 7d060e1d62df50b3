// The codes that calls have returned although call_codes does not list them.
#pragma once

#include <algorithm>
#include <cstdio>
#include <string>

#include "qmforge/wfp/call_codes.h"
#include "qmforge/wfp/control.h"

namespace qmforge::wfp {

[[nodiscard]] inline bool is_documented(Function function, DWORD code) {
  return std::ranges::any_of(call_codes,
                             [&](const CallCode& row) { return row.code == code && row.functions.contains(function); });
}

/// One a line. Injected codes do not count.
[[nodiscard]] inline std::string undocumented_calls() {
  std::string text;
  for (const Call& call : calls()) {
    if (call.injected || call.result == ERROR_SUCCESS || is_documented(call.function, call.result)) continue;
    char code[11];
    std::snprintf(code, sizeof(code), "0x%08x", call.result);
    text += std::string(to_string(call.function)) + " returned " + code + "\n";
  }
  return text;
}

}  // namespace qmforge::wfp
