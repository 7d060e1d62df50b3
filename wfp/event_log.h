// The log: every net event that was collected, in the order of its happening.
//
// Records lie one after the other in chunks that never move, so a record's address is good until the log is cleared.
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
  /// Keeps a record (see make_record), which gets the clock's time unless it has one of its own.
  const Record* append(std::span<const std::byte> record);

  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] const Record* operator[](std::size_t i) const { return records_[i]; }
  /// Memory held.
  [[nodiscard]] std::size_t bytes() const { return chunk_bytes_ + records_.capacity() * sizeof(void*); }

  void set_clock(std::uint64_t file_time, std::uint64_t step);
  /// Every event that is appended from now on has the system's time, and `offset` more (a negative one modulo 2^64).
  void follow_system_clock(std::uint64_t offset, std::uint64_t step);
  /// While the system's clock is followed: gives the last event that was appended since then the time of now, and each
  /// before it the step less. Nobody must have read them yet.
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
