#include "blake2b.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "qmforge/hex.h"

namespace qmforge::tools {
namespace {

// RFC 7693, 2.6 and 2.7.
constexpr std::array<std::uint64_t, 8> initial_state = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                                        0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                                        0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
constexpr std::array<std::array<std::uint8_t, 16>, 10> permutations = {{
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
}};

using Words = std::array<std::uint64_t, 16>;

// Inlined by force, as are the rounds: the places of all words are constants then, and the state is in registers.
[[gnu::always_inline]] inline void mix(std::uint64_t& a, std::uint64_t& b, std::uint64_t& c, std::uint64_t& d,
                                       std::uint64_t x, std::uint64_t y) {
  a += b + x;
  d = std::rotr(d ^ a, 32);
  c += d;
  b = std::rotr(b ^ c, 24);
  a += b + y;
  d = std::rotr(d ^ a, 16);
  c += d;
  b = std::rotr(b ^ c, 63);
}

template <std::size_t permutation>
[[gnu::always_inline]] inline void mix_round(Words& v, const Words& message) {
  constexpr const auto& order = permutations[permutation];
  mix(v[0], v[4], v[8], v[12], message[order[0]], message[order[1]]);
  mix(v[1], v[5], v[9], v[13], message[order[2]], message[order[3]]);
  mix(v[2], v[6], v[10], v[14], message[order[4]], message[order[5]]);
  mix(v[3], v[7], v[11], v[15], message[order[6]], message[order[7]]);
  mix(v[0], v[5], v[10], v[15], message[order[8]], message[order[9]]);
  mix(v[1], v[6], v[11], v[12], message[order[10]], message[order[11]]);
  mix(v[2], v[7], v[8], v[13], message[order[12]], message[order[13]]);
  mix(v[3], v[4], v[9], v[14], message[order[14]], message[order[15]]);
}

std::uint64_t load_little_endian(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = std::byteswap(word);
  return word;
}

}  // namespace

Blake2b::Blake2b() : state_(initial_state) { state_[0] ^= 0x01010000U ^ digest_size; }

void Blake2b::update(std::string_view bytes) {
  if (bytes.empty()) return;  // data() may be a null pointer, which memcpy does not take
  // A full block is not compressed before more follows: the last block is marked as such.
  const std::size_t taken = std::min(block_size - filled_, bytes.size());
  std::memcpy(block_.data() + filled_, bytes.data(), taken);
  filled_ += taken;
  bytes.remove_prefix(taken);
  if (bytes.empty()) return;
  compress(block_.data(), block_size, false);
  for (; bytes.size() > block_size; bytes.remove_prefix(block_size)) compress(bytes.data(), block_size, false);
  std::memcpy(block_.data(), bytes.data(), bytes.size());
  filled_ = bytes.size();
}

std::string Blake2b::finish() {
  std::fill(block_.begin() + static_cast<std::ptrdiff_t>(filled_), block_.end(), '\0');
  compress(block_.data(), filled_, true);
  std::array<std::byte, digest_size> digest{};
  for (std::size_t i = 0; i < digest_size; ++i) digest[i] = static_cast<std::byte>(state_[i / 8] >> (8 * (i % 8)));
  return to_hex(digest);
}

void Blake2b::compress(const char* block, std::size_t size, bool is_last) {
  compressed_ += size;
  Words message;
  for (std::size_t i = 0; i < message.size(); ++i) message[i] = load_little_endian(block + 8 * i);
  Words v;
  std::ranges::copy(state_, v.begin());
  std::ranges::copy(initial_state, v.begin() + 8);
  v[12] ^= compressed_;
  if (is_last) v[14] = ~v[14];
  [&]<std::size_t... rounds>(std::index_sequence<rounds...>) {
    (mix_round<rounds % permutations.size()>(v, message), ...);
  }(std::make_index_sequence<12>());
  for (std::size_t i = 0; i < state_.size(); ++i) state_[i] ^= v[i] ^ v[i + 8];
}

}  // namespace qmforge::tools
