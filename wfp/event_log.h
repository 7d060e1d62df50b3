// The log: every net event that was collected, in order.
//
// Records are contiguous in chunks that never move, so a record's address is valid until the log is cleared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "record.h"

namespace qmforge::wfp {

class EventLog {
 public:
  /// Appends a record (see make_record). A record without a time gets the clock's.
  const Record* append(std::span<const std::byte> record);

  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] const Record* operator[](std::size_t i) const { return records_[i]; }
  /// Memory held.
  [[nodiscard]] std::size_t bytes() const { return chunk_bytes_ + records_.capacity() * sizeof(void*); }

  void set_clock(std::uint64_t file_time, std::uint64_t step);
  /// Every event that is appended from now on has the system's time, and `offset` more (a negative one modulo 2^64).
  void follow_system_clock(std::uint64_t offset, std::uint64_t step);
  /// While the log follows the system's clock: sets the time of the last event to now, and that of each event before it
  /// one step earlier, back to the first that was appended since then. No thread may have read them yet.
  void space_out();

 private:
  static constexpr std::size_t chunk_size = std::size_t{1} << 20;
  static constexpr std::uint64_t start_of_2026 = 134116992000000000;  // 2026-01-01 00:00 UTC as a FILETIME
  static constexpr std::uint64_t millisecond = 10000;

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::size_t used_ = chunk_size;  // of the last chunk
  std::size_t chunk_bytes_ = 0;
  std::vector<Record*> records_;
  std::uint64_t clock_ = start_of_2026;
  std::uint64_t step_ = millisecond;
  std::optional<std::uint64_t> system_offset_;
  std::size_t followed_from_ = 0;  // in records_
};

}  // namespace qmforge::wfp
