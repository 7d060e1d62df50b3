// The hash function BLAKE2b (RFC 7693) with a digest of 256 bits, as `b2sum --length 256` computes it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace qmforge::tools {

class Blake2b {
 public:
  Blake2b();

  void update(std::string_view bytes);
  /// The digest as 64 lower-case hex digits. Do not add bytes after this call.
  [[nodiscard]] std::string finish();

 private:
  static constexpr std::size_t block_size = 128;
  static constexpr std::size_t digest_size = 32;

  // `size` bytes of the block are of the text; the others are 0.
  void compress(const char* block, std::size_t size, bool is_last);

  std::array<std::uint64_t, 8> state_;
  std::array<char, block_size> block_{};
  std::size_t filled_ = 0;        // bytes in the block
  std::uint64_t compressed_ = 0;  // bytes compressed
};

}  // namespace qmforge::tools
