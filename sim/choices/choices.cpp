// Choices: numbers that favour edge cases.
#include "qmforge/sim/choices.h"

namespace qmforge::sim {

std::uint64_t Choices::nth_edge(std::uint64_t n, unsigned width) {
  const std::uint64_t all_ones = ~std::uint64_t{0} >> (64 - width);
  const std::uint64_t sign = std::uint64_t{1} << (width - 1);
  switch (n) {
    case 0: return 0;
    case 1: return 1;
    case 2: return all_ones;
    case 3: return sign;
    case 4: return sign - 1;
    case 5: return sign + 1;
    default: return all_ones - 1;
  }
}

std::uint64_t Choices::integer(unsigned width) {
  const std::uint64_t kind = choose(edge_count + 3, Question::integer);
  switch (kind) {
    case edge_count: return bits(8);
    case edge_count + 1: return std::uint64_t{1} << choose(width);
    case edge_count + 2: return bits(width);
    default: return nth_edge(kind, width);
  }
}

}  // namespace qmforge::sim
