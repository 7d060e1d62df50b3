// The calls of the program under test, and the report of its misuses and leaks.
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
  bool injected = false;  // the result is an injected failure
};

enum class MisuseKind : std::uint8_t {
  unknownHandle,  // no call returned this handle
  closedHandle,   // the handle was closed before
  wrongKind,      // the handle is of another kind
  wrongSession,   // the handle belongs to another session
  nullArgument,
  doubleFree,      // FwpmFreeMemory0 of a batch that was freed before
  unknownPointer,  // FwpmFreeMemory0 of a pointer that no call returned
  insideBatch,     // FwpmFreeMemory0 of an entry, which is part of a batch
  callbackEvent,   // FwpmFreeMemory0 of a callback's event
  endInCallback,   // a callback ends its own subscription: on Windows a deadlock
};
[[nodiscard]] std::string_view to_string(MisuseKind kind) noexcept;

struct Misuse {
  MisuseKind kind{};
  std::uint64_t call = 0;  // the number of the wrong call
  Function function{};
  std::string text;  // a sentence; if a handle or batch was ended before, it names the calls that made and ended it
};

/// A handle or a batch that was made and not ended.
struct Leak {
  std::string what;  // `engine`, `enumeration`, `subscription`, `batch`
  std::uint64_t made_by = 0;
  Function function{};
  std::size_t bytes = 0;  // of a batch
};

/// The calls of a function that the fake exports but does not fake.
struct UnfakedCalls {
  std::string function;
  std::uint64_t count = 0;
};

struct Report {
  std::vector<Misuse> misuses;
  std::vector<Leak> leaks;
  std::vector<UnfakedCalls> unfaked;  // by name; not an error of the program, so clean() ignores them

  [[nodiscard]] bool clean() const noexcept { return misuses.empty() && leaks.empty(); }
};
/// A line for each misuse and each leak, or `clean`; then a line for each function that is not faked.
[[nodiscard]] std::string to_string(const Report& report);

}  // namespace qmforge::wfp
