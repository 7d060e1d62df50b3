// forge_fuzzer: the fuzzer's bytes drive the grammar and the catalogue of faults. The label, whose expected result is
// computed without a decoder, is the oracle for decoder and validator.
#include <cstddef>
#include <cstdint>
#include <span>

#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "support/oracles.h"
#include "support/storage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  const std::span answers(data, size);
  static sim::Forge forge;
  sim::ByteChoices choices(answers);
  fuzz::check_label(forge.forge(choices));
  // The same answers again, for the validator only, which also checks events without an encoding.
  sim::ByteChoices again(answers);
  static fuzz::Storage storage;
  fuzz::check_validator(sim::generate(again, {.unencodable = true}, storage.fresh()));
  return 0;
}
