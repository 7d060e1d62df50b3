// The registry of handles. A handle is a number that is never reused, so the fake knows for every number that a program
// passes whether it is a handle, of which kind, and whether it is open.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "misuse_report.h"
#include "origin.h"
#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

enum class Kind : std::uint8_t { engine, enumeration, subscription };
[[nodiscard]] std::string_view to_string(Kind kind) noexcept;

class Handles {
 public:
  struct Entry {
    Kind kind{};
    std::uint64_t session = 0;  // the engine handle that it belongs to; its own number for an engine
    Origin made_by;
    Origin closed_by;
    bool open = true;
    bool excused = false;  // a failure was injected into the call that was to close it
  };

  /// Adds the object that `make` returns to a map, under a new handle. Steps that can fail come first, so that an
  /// exception leaves both unchanged.
  template <class Map, class Make>
  [[nodiscard]] HANDLE add_to(Map& map, Kind kind, HANDLE session, const Origin& by, Make make) {
    Map one;
    one.try_emplace(nullptr);
    auto node = one.extract(one.begin());
    make_room();
    node.mapped() = make();
    node.key() = add(kind, session, by);
    return map.insert(std::move(node)).position->first;
  }
  void close(HANDLE handle, const Origin& by);
  /// Marks a handle that stays open because of an injected failure: it and the contents of its session are not leaks.
  /// Does nothing for an unknown handle.
  void excuse(HANDLE handle);
  [[nodiscard]] bool is_excused(HANDLE handle) const;

  /// Checks that a handle is open, of the kind and, if it is not an engine, of the session. Returns the code for the
  /// call; a misuse goes into the report.
  [[nodiscard]] DWORD check(HANDLE handle, Kind kind, HANDLE session, const Origin& by, MisuseReport& misuses) const;

  /// Open handles of a session, or of every session for NULL.
  [[nodiscard]] std::vector<HANDLE> open(Kind kind, HANDLE session = nullptr) const;
  [[nodiscard]] const Entry& operator[](HANDLE handle) const { return *find(handle); }

 private:
  /// Reserves memory so that the next add() cannot fail.
  void make_room();
  [[nodiscard]] HANDLE add(Kind kind, HANDLE session, const Origin& by);

  static constexpr std::uint64_t first = 0x1004;
  static constexpr std::uint64_t step = 4;  // as Windows' handles have it

  [[nodiscard]] static std::uint64_t number(HANDLE handle) { return reinterpret_cast<std::uintptr_t>(handle); }
  [[nodiscard]] static HANDLE handle(std::uint64_t number) {
    return reinterpret_cast<HANDLE>(static_cast<std::uintptr_t>(number));  // NOLINT(performance-no-int-to-ptr)
  }

  [[nodiscard]] const Entry* find(HANDLE handle) const;  // NULL for a handle that was never made

  std::vector<Entry> entries_;  // of `first`, `first + step` ...
};

}  // namespace qmforge::wfp
