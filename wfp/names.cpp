// The names of functions, modes and misuses.
#include <algorithm>
#include <array>

#include "qmforge/wfp/hostile.h"
#include "qmforge/wfp/report.h"

namespace qmforge::wfp {
namespace {

constexpr std::array<std::string_view, function_count> function_names = {
    "FwpmEngineOpen0",
    "FwpmEngineClose0",
    "FwpmEngineGetOption0",
    "FwpmEngineSetOption0",
    "FwpmTransactionBegin0",
    "FwpmTransactionCommit0",
    "FwpmTransactionAbort0",
    "FwpmNetEventCreateEnumHandle0",
    "FwpmNetEventEnum0",
    "FwpmNetEventEnum1",
    "FwpmNetEventEnum2",
    "FwpmNetEventEnum3",
    "FwpmNetEventEnum4",
    "FwpmNetEventEnum5",
    "FwpmNetEventDestroyEnumHandle0",
    "FwpmNetEventSubscribe0",
    "FwpmNetEventSubscribe1",
    "FwpmNetEventSubscribe2",
    "FwpmNetEventSubscribe3",
    "FwpmNetEventSubscribe4",
    "FwpmNetEventUnsubscribe0",
    "FwpmNetEventSubscriptionsGet0",
    "FwpmFreeMemory0",
    "FwpmGetAppIdFromFileName0",
    "FwpmNetEventsGetSecurityInfo0",
    "FwpmNetEventsSetSecurityInfo0",
};

}  // namespace

std::string_view to_string(Function function) noexcept {
  const auto index = static_cast<std::size_t>(function);
  return index < function_names.size() ? function_names[index] : std::string_view();
}

std::optional<Function> function_from_name(std::string_view text) noexcept {
  const auto found = std::ranges::find(function_names, text);
  if (found == function_names.end()) return std::nullopt;
  return static_cast<Function>(found - function_names.begin());
}

std::string_view to_string(Mode mode) noexcept {
  const auto index = static_cast<std::size_t>(mode);
  return index < mode_descriptions.size() ? mode_descriptions[index].name : std::string_view();
}

std::optional<Mode> mode_from_name(std::string_view text) noexcept {
  const auto* const found = std::ranges::find(mode_descriptions, text, &ModeDescription::name);
  if (found == mode_descriptions.end()) return std::nullopt;
  return found->mode;
}

std::string_view to_string(MisuseKind kind) noexcept {
  switch (kind) {
    case MisuseKind::unknownHandle: return "unknown-handle";
    case MisuseKind::closedHandle: return "closed-handle";
    case MisuseKind::wrongKind: return "wrong-kind";
    case MisuseKind::wrongSession: return "wrong-session";
    case MisuseKind::nullArgument: return "null-argument";
    case MisuseKind::doubleFree: return "double-free";
    case MisuseKind::unknownPointer: return "unknown-pointer";
    case MisuseKind::insideBatch: return "inside-batch";
    case MisuseKind::callbackEvent: return "callback-event";
    case MisuseKind::endInCallback: return "end-in-callback";
  }
  return {};
}

}  // namespace qmforge::wfp
