// The registry of handles. A handle is a number that is never used again, so whatever a program passes, the fake knows
// what it is: one of its own, of which kind, and whether it is still open.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "journal.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

enum class Kind : std::uint8_t { engine, enumeration, subscription };
[[nodiscard]] std::string_view name(Kind kind) noexcept;

class Handles {
 public:
  struct Entry {
    Kind kind{};
    std::uint64_t session = 0;  // the engine handle that it belongs to; its own number for an engine
    Origin madeBy;
    Origin closedBy;
    bool open = true;
  };

  [[nodiscard]] HANDLE add(Kind kind, HANDLE session, const Origin& by);
  void close(HANDLE handle, const Origin& by);

  /// The code to return for a handle that should be an open one of a kind and, if not an engine, of a session; what is
  /// wrong with it goes into the journal.
  [[nodiscard]] DWORD check(HANDLE handle, Kind kind, HANDLE session, const Origin& by, Journal& journal) const;

  /// Open handles of a session, or of every session for NULL.
  [[nodiscard]] std::vector<HANDLE> open(Kind kind, HANDLE session = nullptr) const;
  [[nodiscard]] const Entry& operator[](HANDLE handle) const { return entries_.at(number(handle)); }

 private:
  [[nodiscard]] static std::uint64_t number(HANDLE handle) { return reinterpret_cast<std::uintptr_t>(handle); }
  [[nodiscard]] static HANDLE handle(std::uint64_t number) {
    return reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(number));  // NOLINT(performance-no-int-to-ptr)
  }

  std::unordered_map<std::uint64_t, Entry> entries_;
  std::uint64_t next_ = 0x1004;
};

}  // namespace qmforge::wfp
