#include "event_log.h"

#include <algorithm>
#include <chrono>

namespace qmforge::wfp {
namespace {

/// As a FILETIME.
std::uint64_t system_time() {
  using Ticks = std::chrono::duration<std::uint64_t, std::ratio<1, 10'000'000>>;
  constexpr std::uint64_t epoch_1970 = 116444736000000000;
  return epoch_1970 + std::chrono::duration_cast<Ticks>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

const Record* EventLog::append(std::span<const std::byte> record) {
  if (chunks_.empty() || chunk_size - std::min(used_, chunk_size) < record.size()) {
    const std::size_t size = std::max(chunk_size, record.size());
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    chunk_bytes_ += size;
    used_ = 0;
  }
  std::byte* at = chunks_.back().get() + used_;
  std::memcpy(at, record.data(), record.size());
  used_ += record.size();
  auto* kept = reinterpret_cast<Record*>(at);
  if (!kept->has_time_stamp) {
    if (system_offset_) clock_ = std::max(clock_, system_time() + *system_offset_);
    kept->timeStamp = clock_;
    if (!system_offset_) clock_ += step_;
  }
  records_.push_back(kept);
  kept->number = static_cast<std::uint32_t>(records_.size());
  return kept;
}

void EventLog::set_clock(std::uint64_t file_time, std::uint64_t step) {
  clock_ = file_time;
  step_ = step;
  system_offset_ = std::nullopt;
}

void EventLog::follow_system_clock(std::uint64_t offset, std::uint64_t step) {
  clock_ = 0;
  step_ = step;
  system_offset_ = offset;
  followed_from_ = records_.size();
}

void EventLog::space_out() {
  if (!system_offset_) return;
  std::uint64_t time = system_time() + *system_offset_;
  clock_ = time;
  for (std::size_t i = records_.size(); i > followed_from_; --i) {
    Record& record = *records_[i - 1];
    if (record.has_time_stamp) continue;
    record.timeStamp = time;
    time -= step_;
  }
}

}  // namespace qmforge::wfp
