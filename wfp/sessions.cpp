#include "sessions.h"

#include "guid.h"

namespace qmforge::wfp {
namespace {

constexpr UINT32 dynamic_session = 0x1;  // FWPM_SESSION_FLAG_DYNAMIC
constexpr UINT32 known_session_flags = dynamic_session;
constexpr UINT32 known_transaction_flags = 0x1;  // FWPM_TXN_READ_ONLY

}  // namespace

DWORD Sessions::open(const Origin& call, const FWPM_SESSION0* session, HANDLE& handle) {
  Session made;
  if (session != nullptr) {
    if ((session->flags & ~known_session_flags) != 0) return code::invalidFlags;
    made.key = session->sessionKey;
    made.dynamic = (session->flags & dynamic_session) != 0;
  }
  if (equal(made.key, GUID{}))
    made.key = GUID{next_key_++, 0x716d, 0x4672, {0x71, 0x6d, 0x66, 0x6f, 0x72, 0x67, 0x65, 0x00}};
  for (const auto& [other, opened] : sessions_)
    if (equal(opened.key, made.key)) return code::alreadyExists;
  handle = handles_.add_to(sessions_, Kind::engine, nullptr, call, [&] { return made; });
  return code::success;
}

void Sessions::close(const Origin& call, HANDLE handle) {
  sessions_.erase(handle);
  handles_.close(handle, call);
}

DWORD Sessions::begin_transaction(const Origin& call, HANDLE handle, UINT32 flags) {
  const DWORD status = check_outside_transaction(call, handle);
  if (status != code::success) return status;
  if ((flags & ~known_transaction_flags) != 0) return code::invalidFlags;
  sessions_.at(handle).transaction = true;
  return code::success;
}

DWORD Sessions::end_transaction(const Origin& call, HANDLE handle) {
  const DWORD status = check(call, handle);
  if (status != code::success) return status;
  if (!sessions_.at(handle).transaction) return code::noTxnInProgress;
  sessions_.at(handle).transaction = false;
  return code::success;
}

DWORD Sessions::check(const Origin& call, HANDLE handle) const {
  return handles_.check(handle, Kind::engine, nullptr, call, misuses_);
}

DWORD Sessions::check_outside_transaction(const Origin& call, HANDLE handle) const {
  const DWORD status = check(call, handle);
  if (status != code::success) return status;
  return sessions_.at(handle).transaction ? code::txnInProgress : code::success;
}

}  // namespace qmforge::wfp
