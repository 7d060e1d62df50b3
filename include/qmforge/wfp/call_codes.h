// Which codes the faked functions return besides ERROR_SUCCESS, and when. Only an injected failure returns another one.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "qmforge/wfp/function.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

class FunctionSet {
 public:
  constexpr FunctionSet(std::initializer_list<Function> functions) {
    for (const Function function : functions) bits_ |= bit(function);
  }
  /// Every function from `first` to `last`.
  [[nodiscard]] static constexpr FunctionSet range(Function first, Function last) {
    FunctionSet set{};
    for (auto i = static_cast<unsigned>(first); i <= static_cast<unsigned>(last); ++i)
      set.bits_ |= bit(static_cast<Function>(i));
    return set;
  }
  [[nodiscard]] constexpr bool contains(Function function) const { return (bits_ & bit(function)) != 0; }
  [[nodiscard]] constexpr FunctionSet operator|(FunctionSet other) const {
    other.bits_ |= bits_;
    return other;
  }

 private:
  [[nodiscard]] static constexpr std::uint32_t bit(Function function) { return 1u << static_cast<unsigned>(function); }

  std::uint32_t bits_ = 0;
};

/// One code, the condition under which calls return it, and the functions that do.
struct CallCode {
  std::uint32_t code;
  std::string_view name;
  std::string_view condition;
  bool choice;  // Microsoft does not document the condition, or its code
  FunctionSet functions;
};

namespace function_sets {
inline constexpr FunctionSet enums = FunctionSet::range(Function::netEventEnum0, Function::netEventEnum5);
inline constexpr FunctionSet subscribes =
    FunctionSet::range(Function::netEventSubscribe0, Function::netEventSubscribe4);
inline constexpr FunctionSet takes_template = subscribes | FunctionSet{Function::netEventCreateEnumHandle0};
inline constexpr FunctionSet takes_session =
    FunctionSet::range(Function::engineClose0, Function::netEventSubscriptionsGet0) |
    FunctionSet{Function::netEventsGetSecurityInfo0, Function::netEventsSetSecurityInfo0};
}  // namespace function_sets

#define QMFORGE_CODE(name) static_cast<std::uint32_t>(name), #name

inline constexpr CallCode call_codes[] = {
    {QMFORGE_CODE(ERROR_INVALID_HANDLE), "engineHandle is NULL, closed, or another kind of handle", true,
     function_sets::takes_session},
    {QMFORGE_CODE(ERROR_INVALID_HANDLE), "enumHandle or eventsHandle was never made or is closed", true,
     function_sets::enums | FunctionSet{Function::netEventDestroyEnumHandle0, Function::netEventUnsubscribe0}},
    {QMFORGE_CODE(FWP_E_INVALID_ENUMERATOR), "enumHandle is another kind of handle", true,
     function_sets::enums | FunctionSet{Function::netEventDestroyEnumHandle0}},
    {QMFORGE_CODE(FWP_E_WRONG_SESSION), "the handle belongs to another session", true,
     function_sets::enums | FunctionSet{Function::netEventDestroyEnumHandle0, Function::netEventUnsubscribe0}},
    {QMFORGE_CODE(FWP_E_NULL_POINTER), "an address that the call needs is NULL", true,
     function_sets::enums | function_sets::takes_template |
         FunctionSet{Function::engineOpen0, Function::engineGetOption0, Function::engineSetOption0,
                     Function::netEventSubscriptionsGet0, Function::getAppIdFromFileName0,
                     Function::netEventsGetSecurityInfo0}},
    {QMFORGE_CODE(ERROR_NOT_SUPPORTED), "serverName names a machine", true, {Function::engineOpen0}},
    {QMFORGE_CODE(RPC_S_UNKNOWN_AUTHN_SERVICE),
     "authnService is neither RPC_C_AUTHN_WINNT nor RPC_C_AUTHN_DEFAULT",
     true,
     {Function::engineOpen0}},
    {QMFORGE_CODE(FWP_E_INVALID_FLAGS), "an unknown flag", false, {Function::engineOpen0, Function::transactionBegin0}},
    {QMFORGE_CODE(FWP_E_ALREADY_EXISTS), "another session has the session key", false, {Function::engineOpen0}},
    {QMFORGE_CODE(ERROR_BAD_CONFIGURATION),
     "the scenario of the environment cannot be run",
     true,
     {Function::engineOpen0}},
    {QMFORGE_CODE(FWP_E_INVALID_PARAMETER),
     "an unknown option",
     true,
     {Function::engineGetOption0, Function::engineSetOption0}},
    {QMFORGE_CODE(FWP_E_TYPE_MISMATCH), "the value is not a FWP_UINT32", false, {Function::engineSetOption0}},
    {QMFORGE_CODE(FWP_E_OUT_OF_BOUNDS),
     "FWPM_ENGINE_COLLECT_NET_EVENTS is set to a value other than 0 and 1",
     true,
     {Function::engineSetOption0}},
    {QMFORGE_CODE(FWP_E_TXN_IN_PROGRESS), "the session is in a transaction", false,
     function_sets::takes_template | FunctionSet{Function::engineSetOption0, Function::transactionBegin0,
                                                 Function::netEventUnsubscribe0, Function::netEventsSetSecurityInfo0}},
    {0x8032000B, "FWP_E_DYNAMIC_SESSION_IN_PROGRESS", "the session is dynamic", false, {Function::engineSetOption0}},
    {0x80320043,
     "FWP_E_STILL_ON",
     "FWPM_ENGINE_MONITOR_IPSEC_CONNECTIONS is set to 0",
     false,
     {Function::engineSetOption0}},
    {QMFORGE_CODE(FWP_E_NO_TXN_IN_PROGRESS),
     "the session is not in a transaction",
     false,
     {Function::transactionCommit0, Function::transactionAbort0}},
    {QMFORGE_CODE(FWP_E_INVALID_INTERVAL), "the template's endTime is before its startTime", false,
     function_sets::takes_template},
    {QMFORGE_CODE(FWP_E_CONDITION_NOT_FOUND), "a condition's field is not one of net events", false,
     function_sets::takes_template},
    {QMFORGE_CODE(FWP_E_TYPE_MISMATCH), "a condition's value has a type that its field does not take", false,
     function_sets::takes_template},
    {QMFORGE_CODE(FWP_E_MATCH_TYPE_MISMATCH), "a condition's comparison does not apply to its value", false,
     function_sets::takes_template},
    {QMFORGE_CODE(FWP_E_INVALID_NET_MASK), "a condition's mask has a hole or is longer than the address", false,
     function_sets::takes_template},
    {QMFORGE_CODE(FWP_E_INVALID_RANGE), "a condition's range ends before it begins", false,
     function_sets::takes_template},
    {QMFORGE_CODE(FWP_E_DUPLICATE_CONDITION), "two conditions name one field", false, function_sets::takes_template},
    {QMFORGE_CODE(FWP_E_NET_EVENTS_DISABLED), "net events are not collected", false, function_sets::enums},
    {QMFORGE_CODE(ERROR_POSSIBLE_DEADLOCK),
     "the call comes from a callback of the subscription that it ends",
     true,
     {Function::engineClose0, Function::netEventUnsubscribe0}},
    {QMFORGE_CODE(ERROR_NOT_ENOUGH_MEMORY), "no memory; nothing has changed", false,
     function_sets::enums | function_sets::takes_template |
         FunctionSet{Function::engineOpen0, Function::engineClose0, Function::engineGetOption0,
                     Function::netEventSubscriptionsGet0, Function::getAppIdFromFileName0,
                     Function::netEventsGetSecurityInfo0}},
};

#undef QMFORGE_CODE

}  // namespace qmforge::wfp
