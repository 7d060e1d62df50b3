// FWPM_ENGINE_OPTION: the machine's, not a session's.
#pragma once

#include <array>

#include "codes.h"

namespace qmforge::wfp {

class EngineOptions {
 public:
  [[nodiscard]] bool collects_net_events() const { return values_[FWPM_ENGINE_COLLECT_NET_EVENTS] != 0; }

  [[nodiscard]] static bool is_known(FWPM_ENGINE_OPTION option) { return static_cast<UINT32>(option) < count; }
  /// Of a known option.
  [[nodiscard]] UINT32 get(FWPM_ENGINE_OPTION option) const { return values_[static_cast<UINT32>(option)]; }
  [[nodiscard]] DWORD set(FWPM_ENGINE_OPTION option, const FWP_VALUE0& value) {
    if (!is_known(option)) return code::invalidParameter;
    if (value.type != FWP_UINT32) return code::typeMismatch;
    if (option == FWPM_ENGINE_COLLECT_NET_EVENTS && value.uint32 > 1) return code::outOfBounds;
    if (static_cast<UINT32>(option) == monitor_ipsec_connections && value.uint32 == 0) return code::stillOn;
    values_[static_cast<UINT32>(option)] = value.uint32;
    return code::success;
  }

 private:
  static constexpr UINT32 monitor_ipsec_connections = 3;  // which the headers have for Windows 8 and later
  static constexpr UINT32 count = 6;                      // as many as Windows 8 has
  static_assert(FWPM_ENGINE_COLLECT_NET_EVENTS == 0);

  std::array<UINT32, count> values_ = {1};  // events are collected
};

}  // namespace qmforge::wfp
