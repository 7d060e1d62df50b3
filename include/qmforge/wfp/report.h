// What the program did: its calls, and the report on what it did wrong and left open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "qmforge/wfp/function.h"

namespace qmforge::wfp {

struct Call {
  std::uint64_t number = 0;  // 1 for the first call of all
  Function function{};
  std::uint32_t result = 0;
  std::uint64_t thread = 0;
  bool injected = false;  // the result is a fault's
};

enum class MisuseKind : std::uint8_t {
  unknownHandle,  // no call ever returned it
  closedHandle,   // it was closed before
  wrongKind,      // a handle, but for something else
  wrongSession,   // another session's
  nullArgument,
  doubleFree,      // FwpmFreeMemory0 of a batch that was freed before
  unknownPointer,  // FwpmFreeMemory0 of what no call returned
  insideBatch,     // FwpmFreeMemory0 of an entry: entries are part of their batch
  callbackEvent,   // FwpmFreeMemory0 of the event that a callback was given
  endInCallback,   // a subscription ended from its own callback, which Windows waits for
};
[[nodiscard]] std::string_view to_string(MisuseKind kind) noexcept;

struct Misuse {
  MisuseKind kind{};
  std::uint64_t call = 0;  // the number of the call that was made wrongly
  Function function{};
  std::string text;  // a sentence; for what was closed or freed before, it names the calls that made and ended it
};

/// A handle or a batch that was made and not ended.
struct Leak {
  std::string what;  // `engine`, `enumeration`, `subscription`, `batch`
  std::uint64_t made_by = 0;
  Function function{};
  std::size_t bytes = 0;  // of a batch
};

/// The calls of a function that the fake exports and does not fake.
struct UnfakedCalls {
  std::string function;
  std::uint64_t count = 0;
};

struct Report {
  std::vector<Misuse> misuses;
  std::vector<Leak> leaks;
  std::vector<UnfakedCalls> unfaked;  // by name; not the program's fault, and so no hindrance to clean()

  [[nodiscard]] bool clean() const noexcept { return misuses.empty() && leaks.empty(); }
};
/// A line for each misuse and each leak, or `clean`; then a line for each function that is not faked.
[[nodiscard]] std::string to_string(const Report& report);

}  // namespace qmforge::wfp
