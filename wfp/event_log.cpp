#include "event_log.h"

#include <algorithm>

namespace qmforge::wfp {

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
    kept->timeStamp = clock_;
    clock_ += step_;
  }
  records_.push_back(kept);
  return kept;
}

}  // namespace qmforge::wfp
