// The numbers of events that the fake has logged, lost and delivered.
#pragma once

#include <cstdint>

namespace qmforge::wfp {

struct Statistics {
  std::uint64_t logged = 0;         // events in the log
  std::uint64_t not_collected = 0;  // events lost while collection was off
  std::uint64_t delivered = 0;      // callbacks that have returned
  std::uint64_t log_bytes = 0;      // memory that the log holds
};

}  // namespace qmforge::wfp
