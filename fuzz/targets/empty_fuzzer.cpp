// empty_fuzzer: linked like the targets of raw bytes, but does nothing. Its speed is the engine's own, with the same
// number of counters to evaluate after each execution; the speeds of the other targets are stated as fractions of it.
#include <cstddef>
#include <cstdint>
#include <span>

#include "support/oracles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == SIZE_MAX) qmforge::fuzz::check_input(std::as_bytes(std::span(data, size)), {});
  return 0;
}
