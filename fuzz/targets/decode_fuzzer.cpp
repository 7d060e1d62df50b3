// decode_*_fuzzer: raw bytes through both decoders, in both revisions. QMFORGE_FORMAT is the encoding.
#include <cstddef>
#include <cstdint>
#include <span>

#include "support/oracles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  const auto input = std::as_bytes(std::span(data, size));
  for (const Revision revision : {Revision::r0, Revision::r1})
    fuzz::check_input(input, {.format = Format::QMFORGE_FORMAT, .revision = revision});
  return 0;
}
