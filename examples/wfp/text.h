// How the sample loggers print what both handlers read the same way.
#pragma once

#include <cinttypes>
#include <cstdio>
#include <string>

#include "qmforge/wfp/fwpmu.h"

inline std::string hexadecimal(unsigned value) {
  char text[16];
  std::snprintf(text, sizeof(text), "%x", value);
  return text;
}

inline std::string subnet(const UINT8 (&addr)[16], UINT8 prefix_length) {
  std::string text;
  for (int i = 0; i < 16; i += 2) text += (i == 0 ? "" : ":") + hexadecimal(addr[i] * 256u + addr[i + 1]);
  return text + "/" + std::to_string(prefix_length);
}

/// Everything of a failure but its subnets.
inline std::string common(const FWPM_NET_EVENT_IKEEXT_QM_FAILURE0& failure) {
  char text[160];
  std::snprintf(text, sizeof(text),
                "quick mode failed: error %u, point %d, module %d, state %d, role %d, filter %" PRIu64,
                static_cast<unsigned>(failure.failureErrorCode), static_cast<int>(failure.failurePoint),
                static_cast<int>(failure.keyingModuleType), static_cast<int>(failure.qmState),
                static_cast<int>(failure.saRole), failure.qmFilterId);
  return text;
}
