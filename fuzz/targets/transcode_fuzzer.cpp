// transcode_fuzzer: the fuzzer's bytes answer the grammar's questions; the event must be equal after every encoding.
#include <cstddef>
#include <cstdint>
#include <span>

#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "support/oracles.h"
#include "support/storage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  sim::ByteChoices choices(std::span<const std::uint8_t>(data, size));
  static fuzz::Storage storage;
  fuzz::check_every_encoding(sim::generate(choices, {}, storage.fresh()));
  return 0;
}
