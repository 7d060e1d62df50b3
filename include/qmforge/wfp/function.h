// The faked functions, by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace qmforge::wfp {

enum class Function : std::uint8_t {
  engineOpen0,
  engineClose0,
  engineGetOption0,
  engineSetOption0,
  transactionBegin0,
  transactionCommit0,
  transactionAbort0,
  netEventCreateEnumHandle0,
  netEventEnum0,
  netEventEnum1,
  netEventEnum2,
  netEventEnum3,
  netEventEnum4,
  netEventEnum5,
  netEventDestroyEnumHandle0,
  netEventSubscribe0,
  netEventSubscribe1,
  netEventSubscribe2,
  netEventSubscribe3,
  netEventSubscribe4,
  netEventUnsubscribe0,
  netEventSubscriptionsGet0,
  freeMemory0,
  getAppIdFromFileName0,
  netEventsGetSecurityInfo0,
  netEventsSetSecurityInfo0,
};
inline constexpr std::size_t function_count = static_cast<std::size_t>(Function::netEventsSetSecurityInfo0) + 1;

/// `FwpmNetEventEnum0`.
[[nodiscard]] std::string_view to_string(Function function) noexcept;
[[nodiscard]] std::optional<Function> function_from_name(std::string_view text) noexcept;

}  // namespace qmforge::wfp
