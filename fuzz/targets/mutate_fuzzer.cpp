// mutate_*_fuzzer: the same checks as decode_*_fuzzer, with the fuzz kit's structure-aware mutator; decode_*_fuzzer has
// only the engine's own mutations. QMFORGE_FORMAT is the encoding.
#include <cstddef>
#include <cstdint>
#include <span>

#include "qmforge/fuzz/targets.h"
#include "support/oracles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  for (const Revision revision : {Revision::r0, Revision::r1})
    fuzz::check_input(std::as_bytes(std::span(data, size)), {.format = Format::QMFORGE_FORMAT, .revision = revision});
  return 0;
}

QMFORGE_FUZZ_MUTATOR(QMFORGE_FORMAT)
