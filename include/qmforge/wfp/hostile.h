// Hostile modes: behaviour that is legal for Windows, but that programs which read net events often do not expect.
//
// For each mode, tests/wfp/wrong_programs_test.cpp has a program that passes without it and fails with it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace qmforge::wfp {

/// Without any mode, the fake overwrites and frees a callback's event when the callback returns, and a batch at
/// FwpmFreeMemory0; indeterminate bytes follow a QM_FAILURE0, and AddressSanitizer reports reads of them.
enum class Mode : std::uint8_t {
  staleSubnets,
  nullSubnets,
  nullBody,
  unknownTypes,
  otherKinds,
  unflaggedFields,
  pastMax,
  bothFamilies,
  wideIds,
  otherSubnetTypes,
  emptyBatch,
  largestBatch,
  lateCallback,
  subnetHeaders,
  silent,
  dynamicSilent,
  privateFields,
};

struct ModeDescription {
  Mode mode;
  std::string_view name;  // in scenario files
  std::string_view what;
  std::string_view exposes;  // the consumer's bug
};

/// In the order of the enumeration.
inline constexpr std::array mode_descriptions = {
    ModeDescription{Mode::staleSubnets, "stale-subnets",
                    "a transport failure's subnets hold a mask's type and a pointer to indeterminate bytes (0xa5; "
                    "AddressSanitizer reports the read)",
                    "reads the subnets of a transport failure"},
    ModeDescription{Mode::nullSubnets, "null-subnets",
                    "a transport failure's subnets hold a mask's type and a NULL pointer",
                    "dereferences the subnets of a transport failure"},
    ModeDescription{Mode::nullBody, "null-body", "the pointer to the event's body is NULL",
                    "dereferences the body without a check, or treats NULL as a body of zeros"},
    ModeDescription{
        Mode::unknownTypes, "unknown-types",
        "an event of type 11, 13 to 20 or 0xffffffff follows each event, with a stale or NULL pointer",
        "indexes a table of names by the type, reads an arm by default, or stops at the first unknown type"},
    ModeDescription{Mode::otherKinds, "other-kinds",
                    "a Main Mode failure, an Extended Mode failure or a classify drop follows each event",
                    "reads a union arm that the type does not select"},
    ModeDescription{Mode::unflaggedFields, "unflagged-fields", "header members have values, but their flags are off",
                    "treats a member that is not zero as set"},
    ModeDescription{Mode::pastMax, "past-max",
                    "failurePoint, keyingModuleType, qmState and saRole have the values of their MAX members, or above",
                    "indexes tables of names without a check"},
    ModeDescription{Mode::bothFamilies, "both-families", "every event is repeated with the other IP version",
                    "reads IPv4 addresses only"},
    ModeDescription{Mode::wideIds, "wide-ids", "qmFilterId and mmSaLuid need more than 32 bits: bits 32 and 63 are set",
                    "stores 64-bit identifiers in 32 bits"},
    ModeDescription{Mode::otherSubnetTypes, "other-subnet-types",
                    "a tunnel's subnets are byte arrays, ranges, numbers or empty",
                    "reads a mask without checking the type; reads byteArray16 inline"},
    ModeDescription{Mode::emptyBatch, "empty-batch",
                    "the empty page that ends an enumeration is memory that must be freed",
                    "frees only pages that have entries"},
    ModeDescription{Mode::largestBatch, "largest-batch",
                    "an enumeration returns at least 65,537 entries: the log, repeated",
                    "counts entries in 16 bits, or reads the first page only"},
    ModeDescription{Mode::lateCallback, "late-callback",
                    "a callback begins after FwpmNetEventUnsubscribe0 is called and before it returns",
                    "destroys what the callback uses before it unsubscribes"},
    ModeDescription{
        Mode::subnetHeaders, "subnet-headers",
        "the header holds the addresses of a tunnel's subnets and the protocol UDP, instead of the gateways' "
        "addresses alone",
        "treats the header's addresses as the gateways'"},
    ModeDescription{Mode::silent, "silent", "a subscription delivers N events and then none; its handle stays valid",
                    "waits for the next event without a time limit, or reports silence as health"},
    ModeDescription{Mode::dynamicSilent, "dynamic-silent",
                    "a subscription of a dynamic session succeeds and delivers nothing",
                    "does not notice that no events arrive"},
    ModeDescription{Mode::privateFields, "private-fields",
                    "64 private bytes follow the event structure (0xa5; AddressSanitizer reports the read)",
                    "reads undocumented members after the structure"},
};

inline constexpr auto all_modes = [] {
  std::array<Mode, mode_descriptions.size()> modes{};
  for (std::size_t i = 0; i < modes.size(); ++i) modes[i] = mode_descriptions[i].mode;
  return modes;
}();

/// `stale-subnets`, `null-body` …; empty for an invalid mode.
[[nodiscard]] std::string_view to_string(Mode mode) noexcept;
[[nodiscard]] std::optional<Mode> mode_from_name(std::string_view text) noexcept;

}  // namespace qmforge::wfp
