#include "handles.h"

#include "codes.h"

namespace qmforge::wfp {

std::string_view to_string(Kind kind) noexcept {
  switch (kind) {
    case Kind::engine: return "engine";
    case Kind::enumeration: return "enumeration";
    default: return "subscription";
  }
}

void Handles::make_room() {
  if (entries_.size() == entries_.capacity()) entries_.reserve(2 * entries_.size() + 16);
}

HANDLE Handles::add(Kind kind, HANDLE session, const Origin& by) {
  const std::uint64_t own = first + step * entries_.size();
  entries_.push_back(
      {.kind = kind, .session = kind == Kind::engine ? own : number(session), .made_by = by, .closed_by = {}});
  return handle(own);
}

const Handles::Entry* Handles::find(HANDLE handle) const {
  const std::uint64_t from_first = number(handle) - first;  // of a smaller number: beyond all others
  if (from_first % step != 0 || from_first / step >= entries_.size()) return nullptr;
  return &entries_[static_cast<std::size_t>(from_first / step)];
}

void Handles::close(HANDLE handle, const Origin& by) {
  Entry& entry = entries_[static_cast<std::size_t>((number(handle) - first) / step)];
  entry.open = false;
  entry.closed_by = by;
}

void Handles::excuse(HANDLE handle) {
  if (find(handle) != nullptr) entries_[static_cast<std::size_t>((number(handle) - first) / step)].excused = true;
}

bool Handles::is_excused(HANDLE handle) const {
  const Entry& entry = *find(handle);
  return entry.excused || entries_[static_cast<std::size_t>((entry.session - first) / step)].excused;
}

DWORD Handles::check(HANDLE handle, Kind kind, HANDLE session, const Origin& by, MisuseReport& misuses) const {
  const Entry* const found = find(handle);
  const auto expected = [&] { return "expected the handle of an " + std::string(to_string(kind)) + ", got "; };
  const auto made = [&] { return "the " + std::string(to_string(found->kind)) + " of " + to_string(found->made_by); };
  if (found == nullptr) {
    misuses.add(MisuseKind::unknownHandle, by,
                [&] { return expected() + (handle == nullptr ? "NULL" : "a handle that no call returned"); });
    return code::invalidHandle;
  }
  if (!found->open) {
    misuses.add(MisuseKind::closedHandle, by, [&] { return made() + " was closed by " + to_string(found->closed_by); });
    return code::invalidHandle;
  }
  if (found->kind != kind) {
    misuses.add(MisuseKind::wrongKind, by, [&] { return expected() + made(); });
    return kind == Kind::enumeration ? code::invalidEnumerator : code::invalidHandle;
  }
  if (kind != Kind::engine && found->session != number(session)) {
    misuses.add(MisuseKind::wrongSession, by, [&] { return made() + " belongs to another session"; });
    return code::wrongSession;
  }
  return code::success;
}

std::vector<HANDLE> Handles::open(Kind kind, HANDLE session) const {
  std::vector<HANDLE> result;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (entry.open && entry.kind == kind && (session == nullptr || entry.session == number(session)))
      result.push_back(handle(first + step * i));
  }
  return result;
}

}  // namespace qmforge::wfp
