// forge_fuzzer: the fuzzer's bytes drive the grammar and the catalogue of faults. The label, which knows without asking
// a decoder what must be said, is the oracle for decoder and validator.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>

#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "support/forged.h"
#include "support/oracles.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  sim::ByteChoices choices(std::span<const std::uint8_t>(data, size));
  std::pmr::monotonic_buffer_resource storage;
  // One question in front: an encoding, or the validator alone, which also judges what no encoding can hold.
  const auto choice = static_cast<std::size_t>(choices.choose(std::size(all_formats) + 1));
  if (choice == std::size(all_formats)) {
    fuzz::check_validator(sim::generate(choices, {.unencodable = true}, storage));
    return 0;
  }
  const Format format = all_formats[choice];
  const Event event = sim::generate(choices, sim::Profile{}.for_format(format), storage);
  fuzz::Forged forged;
  if (fuzz::forge(event, format, 2, choices, forged)) fuzz::check_label(forged);
  return 0;
}
