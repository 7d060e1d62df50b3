// Reads integers from bytes, in either byte order.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "reference/node.h"

namespace qmforge::reference {

/// The unsigned integer that `bytes` (at most eight) represent.
inline std::uint64_t to_integer(std::span<const std::byte> bytes, std::endian order) {
  std::uint64_t integer = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t most_significant_first = order == std::endian::big ? i : bytes.size() - 1 - i;
    integer = integer << 8 | std::to_integer<std::uint64_t>(bytes[most_significant_first]);
  }
  return integer;
}

/// The integers of `size` bytes each that `bytes` represent, in host order.
inline std::span<std::byte> to_host_order(Heap& heap, std::span<const std::byte> bytes, std::size_t size,
                                          std::endian order) {
  const std::span<std::byte> host = heap.make<std::byte>(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t place = i % size;
    host[i] = bytes[order == std::endian::native ? i : i - place + (size - 1 - place)];
  }
  return host;
}

}  // namespace qmforge::reference
