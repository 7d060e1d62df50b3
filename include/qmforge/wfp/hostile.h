// Hostile but legal: what Windows may do, and what programs that read net events do not expect.
//
// Each mode has a name, and a test in tests/wfp/hostile_test.cpp that shows a program going wrong in it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace qmforge::wfp {

/// What holds without any mode: the event that a callback was given is overwritten and freed as soon as it returns, and
/// so is a batch by FwpmFreeMemory0; QM_FAILURE0 is followed by bytes of no meaning, which AddressSanitizer is told of.
enum class Mode : std::uint8_t {
  staleSubnets,      // a transport failure's unions hold what memory held: a mask's type, and a pointer to garbage
  nullSubnets,       // a transport failure's unions hold a mask's type and NULL
  nullBody,          // the pointer to the event's body is NULL
  unknownTypes,      // events of types 11, 13 to 20 and 0xffffffff come between, their pointers stale or NULL
  otherKinds,        // Main Mode failures, Extended Mode failures and classify drops come between
  unflaggedFields,   // header members whose flags are off are filled all the same
  pastMax,           // failurePoint, keyingModuleType, qmState and saRole from their MAX on
  bothFamilies,      // every event comes again in the other IP family
  wideIds,           // qmFilterId and mmSaLuid above 32 bits
  otherSubnetTypes,  // a tunnel's subnets are FWP_BYTE_ARRAY16_TYPE, FWP_RANGE_TYPE, FWP_UINT32 … in turn
  emptyBatch,        // the batch that ends an enumeration is memory to be freed, though it has no entries
  largestBatch,      // an enumeration sees at least 65,537 events: what was logged, over and over
  lateCallback,      // a callback begins after FwpmNetEventUnsubscribe0 was called, and before it returns
};

inline constexpr std::array all_modes = {
    Mode::staleSubnets,    Mode::nullSubnets,  Mode::nullBody,     Mode::unknownTypes, Mode::otherKinds,
    Mode::unflaggedFields, Mode::pastMax,      Mode::bothFamilies, Mode::wideIds,      Mode::otherSubnetTypes,
    Mode::emptyBatch,      Mode::largestBatch, Mode::lateCallback,
};

/// `stale-subnets`, `null-body` …: the names in scenario files.
[[nodiscard]] std::string_view to_string(Mode mode) noexcept;
[[nodiscard]] std::optional<Mode> mode_from_name(std::string_view text) noexcept;

}  // namespace qmforge::wfp
