// Enumerations: each a position in the log and a filter.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "event_log.h"
#include "filter.h"
#include "handles.h"
#include "misuse_report.h"
#include "mode_set.h"

namespace qmforge::wfp {

class Enumerations {
 public:
  Enumerations(Handles& handles, MisuseReport& misuses, const EventLog& log)
      : handles_(handles), misuses_(misuses), log_(log) {}

  DWORD create(const Origin& call, HANDLE session, const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template,
               const ModeSet& modes, HANDLE& handle);
  DWORD destroy(const Origin& call, HANDLE session, HANDLE handle);
  /// Handles of enumerations that are open.
  void destroy(const Origin& call, std::span<const HANDLE> handles);
  [[nodiscard]] DWORD check(const Origin& call, HANDLE session, HANDLE handle) const;

  /// The entries that the next call returns, and the enumeration's position after it.
  struct Page {
    std::vector<const Record*> records;
    std::size_t next = 0;
    std::size_t left = 0;
  };
  [[nodiscard]] Page next_page(HANDLE handle, UINT32 requested) const;
  void advance(HANDLE handle, const Page& page);

  void clear() { enumerations_.clear(); }

 private:
  struct Enumeration {
    Filter filter;
    std::size_t next = 0;         // in the log
    std::size_t end = 0;          // the log's size when the handle was made
    std::size_t left = SIZE_MAX;  // entries that may still be returned
    bool again = false;           // Mode::largestBatch: begin again at the log's end
  };

  Handles& handles_;
  MisuseReport& misuses_;
  const EventLog& log_;
  std::map<HANDLE, Enumeration> enumerations_;
};

}  // namespace qmforge::wfp
