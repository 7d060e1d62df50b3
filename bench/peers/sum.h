// The sum of an IPv6 mask's fields, for all peers.
#pragma once

#include <cstdint>
#include <cstring>

namespace qmforge::bench {

inline std::uint64_t sum_v6(const void* addr, std::uint8_t prefix_length) {
  std::uint64_t halves[2];
  std::memcpy(halves, addr, sizeof(halves));
  return halves[0] + halves[1] + prefix_length;
}

}  // namespace qmforge::bench
