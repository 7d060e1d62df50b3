// empty_fuzzer: linked like the targets that take raw bytes, and does nothing. Its speed is the engine's own, with as
// many counters to look at after each execution as those have; theirs are given in parts of it.
#include <cstddef>
#include <cstdint>
#include <span>

#include "support/oracles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == SIZE_MAX) qmforge::fuzz::check_input(std::as_bytes(std::span(data, size)), {});
  return 0;
}
