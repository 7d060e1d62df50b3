// Integers and byte arrays.
#include <algorithm>

#include "grammar.h"

namespace qmforge::sim {

std::uint64_t Grammar::scalar(unsigned bits) {
  switch (contents_) {
    case Contents::arbitrary: return choices_.integer(bits);
    case Contents::edges: return choices_.edge(bits);
    default: break;  // fixed
  }
  std::uint64_t number = 0;
  for (unsigned bit = 0; bit < bits; bit += 8) number |= std::uint64_t{pattern_byte()} << bit;
  return number;
}

void Grammar::fill(std::span<std::uint8_t> bytes) {
  enum : std::uint64_t { zeros, pattern, ones, any };
  std::uint64_t kind = pattern;
  if (contents_ == Contents::edges) kind = choices_.choose(any);
  if (contents_ == Contents::arbitrary) kind = choices_.choose(any + 1, Question::bytes);
  switch (kind) {
    case zeros: std::ranges::fill(bytes, std::uint8_t{0}); break;
    case pattern: std::ranges::generate(bytes, [this] { return pattern_byte(); }); break;
    case ones: std::ranges::fill(bytes, std::uint8_t{0xff}); break;
    default:
      for (std::size_t i = 0; i < bytes.size(); i += 8) {
        const std::size_t n = std::min<std::size_t>(8, bytes.size() - i);
        std::uint64_t drawn = choices_.bits(static_cast<unsigned>(8 * n));
        for (std::uint8_t& byte : bytes.subspan(i, n)) {
          byte = static_cast<std::uint8_t>(drawn);
          drawn >>= 8;
        }
      }
  }
}

}  // namespace qmforge::sim
