// Sessions: what FwpmEngineOpen0 opens, and their transactions.
#pragma once

#include <map>

#include "handles.h"
#include "misuse_report.h"

namespace qmforge::wfp {

class Sessions {
 public:
  Sessions(Handles& handles, MisuseReport& misuses) : handles_(handles), misuses_(misuses) {}

  /// `session` may be NULL.
  DWORD open(const Origin& call, const FWPM_SESSION0* session, HANDLE& handle);
  void close(const Origin& call, HANDLE handle);
  DWORD begin_transaction(const Origin& call, HANDLE handle, UINT32 flags);
  DWORD end_transaction(const Origin& call, HANDLE handle);

  [[nodiscard]] DWORD check(const Origin& call, HANDLE handle) const;
  /// Also rejects when the session is in a transaction.
  [[nodiscard]] DWORD check_outside_transaction(const Origin& call, HANDLE handle) const;
  [[nodiscard]] bool is_dynamic(HANDLE handle) const { return sessions_.at(handle).dynamic; }
  [[nodiscard]] const GUID& key(HANDLE handle) const { return sessions_.at(handle).key; }

  void clear() { sessions_.clear(); }

 private:
  struct Session {
    GUID key{};
    bool transaction = false;
    bool dynamic = false;
  };

  Handles& handles_;
  MisuseReport& misuses_;
  std::map<HANDLE, Session> sessions_;
  std::uint32_t next_key_ = 1;
};

}  // namespace qmforge::wfp
