#include "enumerations.h"

#include <algorithm>

namespace qmforge::wfp {
namespace {

constexpr std::size_t largest_batch = 65537;  // one more than 16 bits count

}  // namespace

DWORD Enumerations::create(const Origin& call, HANDLE session, const FWPM_NET_EVENT_ENUM_TEMPLATE0* enum_template,
                           const ModeSet& modes, HANDLE& handle) {
  auto filter = Filter::from(enum_template);
  if (!filter) return filter.error();
  Enumeration made;
  made.filter = std::move(*filter);
  made.end = log_.size();
  if (modes.contains(Mode::largestBatch)) {
    std::size_t matching = 0;
    for (std::size_t i = 0; i < made.end; ++i)
      if (made.filter.matches(*log_[i])) ++matching;
    made.again = matching != 0;
    made.left = matching == 0 ? 0 : std::max(matching, largest_batch);
  }
  handle = handles_.add_to(enumerations_, Kind::enumeration, session, call,
                           [&]() -> Enumeration&& { return std::move(made); });
  return code::success;
}

DWORD Enumerations::destroy(const Origin& call, HANDLE session, HANDLE handle) {
  const DWORD status = check(call, session, handle);
  if (status != code::success) return status;
  enumerations_.erase(handle);
  handles_.close(handle, call);
  return code::success;
}

void Enumerations::destroy(const Origin& call, std::span<const HANDLE> handles) {
  for (const HANDLE handle : handles) {
    enumerations_.erase(handle);
    handles_.close(handle, call);
  }
}

DWORD Enumerations::check(const Origin& call, HANDLE session, HANDLE handle) const {
  return handles_.check(handle, Kind::enumeration, session, call, misuses_);
}

Enumerations::Page Enumerations::next_page(HANDLE handle, UINT32 requested) const {
  const Enumeration& enumeration = enumerations_.at(handle);
  Page page{{}, enumeration.next, enumeration.left};
  while (page.records.size() < requested && page.left != 0) {
    if (page.next == enumeration.end) {
      if (!enumeration.again) break;
      page.next = 0;
    }
    const Record* const record = log_[page.next++];
    if (!enumeration.filter.matches(*record)) continue;
    page.records.push_back(record);
    --page.left;
  }
  return page;
}

void Enumerations::advance(HANDLE handle, const Page& page) {
  Enumeration& enumeration = enumerations_.at(handle);
  enumeration.next = page.next;
  enumeration.left = page.left;
}

}  // namespace qmforge::wfp
