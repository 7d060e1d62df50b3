// Addresses that documentation may use (RFC 5737, RFC 3849), for events that have none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace qmforge::wfp {

/// In network order; of an IPv4 address the first four bytes.
using Address = std::array<std::uint8_t, 16>;

inline constexpr std::uint32_t local_v4 = 0xc0000201;   // 192.0.2.1
inline constexpr std::uint32_t remote_v4 = 0xc6336401;  // 198.51.100.1
inline constexpr Address local_v6 = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1};
inline constexpr Address remote_v6 = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1};

constexpr Address network_order(std::uint32_t host_order) {
  Address address{};
  for (std::size_t i = 0; i < 4; ++i) address[i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
  return address;
}

}  // namespace qmforge::wfp
