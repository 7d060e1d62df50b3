#include "handles.h"

#include <algorithm>

#include "codes.h"

namespace qmforge::wfp {

std::string to_string(const Origin& origin) {
  return "call " + std::to_string(origin.call) + " (" + std::string(name(origin.function)) + ")";
}

std::string_view name(Kind kind) noexcept {
  switch (kind) {
    case Kind::engine: return "engine";
    case Kind::enumeration: return "enumeration";
    case Kind::subscription: return "subscription";
  }
  return {};
}

HANDLE Handles::add(Kind kind, HANDLE session, const Origin& by) {
  const std::uint64_t own = next_;
  next_ += 4;
  Entry entry{.kind = kind, .session = kind == Kind::engine ? own : number(session), .madeBy = by, .closedBy = {}};
  entries_.emplace(own, entry);
  return handle(own);
}

void Handles::close(HANDLE handle, const Origin& by) {
  Entry& entry = entries_.at(number(handle));
  entry.open = false;
  entry.closedBy = by;
}

DWORD Handles::check(HANDLE handle, Kind kind, HANDLE session, const Origin& by, Journal& journal) const {
  const auto found = entries_.find(number(handle));
  const std::string should_be = "a handle that should be an " + std::string(name(kind));
  if (found == entries_.end()) {
    journal.mistake(Misuse::unknownHandle, by, should_be + (handle == nullptr ? " is NULL" : " was never made"));
    return code::invalidHandle;
  }
  const Entry& entry = found->second;
  const std::string made = std::string(name(entry.kind)) + " of " + to_string(entry.madeBy);
  if (!entry.open) {
    journal.mistake(Misuse::closedHandle, by, "the " + made + " was closed by " + to_string(entry.closedBy));
    return code::invalidHandle;
  }
  if (entry.kind != kind) {
    journal.mistake(Misuse::wrongKind, by, should_be + " is the " + made);
    return kind == Kind::enumeration ? code::invalidEnumerator : code::invalidHandle;
  }
  if (kind != Kind::engine && entry.session != number(session)) {
    journal.mistake(Misuse::wrongSession, by, "the " + made + " belongs to another session");
    return code::wrongSession;
  }
  return code::success;
}

std::vector<HANDLE> Handles::open(Kind kind, HANDLE session) const {
  std::vector<HANDLE> result;
  for (const auto& [own, entry] : entries_)
    if (entry.open && entry.kind == kind && (session == nullptr || entry.session == number(session)))
      result.push_back(handle(own));
  std::ranges::sort(result);
  return result;
}

}  // namespace qmforge::wfp
