// FNV-1a of 64 bits: digests that are the same on every platform.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace qmforge::testing {

class Digest {
 public:
  void add(std::span<const std::byte> bytes) {
    for (const std::byte b : bytes) state_ = (state_ ^ std::to_integer<std::uint64_t>(b)) * 0x100000001b3;
  }
  void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
  [[nodiscard]] std::string text() const {
    char digits[17];
    std::snprintf(digits, sizeof digits, "%08lx%08lx", static_cast<unsigned long>(state_ >> 32),
                  static_cast<unsigned long>(state_ & 0xffffffff));
    return digits;
  }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325;
};

}  // namespace qmforge::testing
