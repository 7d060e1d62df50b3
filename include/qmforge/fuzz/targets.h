// Fuzz targets for a decoder of your own (testing/decoder.h), one macro each. They work with every engine that calls
// libFuzzer's entry points; without an engine, link qmforge::fuzz_replay. CMake's qmforge_add_fuzzer() does both.
//
//     #include <qmforge/fuzz/targets.h>
//     QMFORGE_FUZZ_DIFFERENTIAL(Mine, ndr20)                               raw bytes: Mine and qmforge must agree
//
//     #include <qmforge/fuzz/targets.h>
//     QMFORGE_FUZZ_FORGED(Mine, .format = qmforge::Format::ndr20)          labelled inputs, generated from raw bytes
//
// A program has one of them. Both decode an exact-size copy of each input on the heap, so that AddressSanitizer reports
// a read of one byte past its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "qmforge/fuzz/mutator.h"
#include "qmforge/fuzz/wrong_answer.h"
#include "qmforge/inspect.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/testing/decoder.h"
#include "qmforge/testing/print.h"

namespace qmforge::fuzz {

/// Oracle `differential`: D and qmforge::decode agree about the bytes, in both revisions.
template <test::Decoder D>
void check_differential(std::span<const std::byte> input, Format format) {
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    const DecodeOptions options{.format = format, .revision = revision};
    const Report expected = inspect(input, options);
    const std::string difference = test::difference_of<D>(input, options, expected);
    if (!difference.empty())
      wrong_answer("differential", difference + "\n" + std::string(to_string(format)) + " revision " +
                                       std::to_string(static_cast<unsigned>(revision)) + '\n' +
                                       test::describe(input, expected));
  }
}

/// Oracle `forged`: D's answer to a labelled input equals the label.
template <test::Decoder D>
void check_forged(const sim::LabelledInput& input) {
  const std::string difference =
      test::difference_of<D>(input.bytes, {input.format, input.revision, sim::set_image_base}, input.expected);
  if (!difference.empty()) wrong_answer("forged", difference + '\n' + test::describe(input));
}

using Seeds = std::vector<std::vector<std::byte>>;
/// Seeds: messages of the format with every shape of subnet, in both revisions.
[[nodiscard]] Seeds message_seeds(Format format);
/// Seeds: answers from which the target generates inputs that the profile allows.
[[nodiscard]] Seeds forged_seeds(const sim::ForgeProfile& profile);
/// The seeds for the replayer's `--write-seeds FOLDER`; the target's macro sets it.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): written before main() begins
inline Seeds (*target_seeds)() = nullptr;

}  // namespace qmforge::fuzz

// NOLINTBEGIN(cppcoreguidelines-macro-usage): functions cannot define an engine's entry points
#define QMFORGE_FUZZ_DIFFERENTIAL(DECODER, FORMAT)                                                             \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {                          \
    qmforge::fuzz::check_differential<DECODER>(std::as_bytes(std::span(data, size)), qmforge::Format::FORMAT); \
    return 0;                                                                                                  \
  }                                                                                                            \
  QMFORGE_FUZZ_MUTATOR(FORMAT)                                                                                 \
  QMFORGE_FUZZ_SEEDS(qmforge::fuzz::message_seeds(qmforge::Format::FORMAT))

/// Only the mutator and the crossover of a format, for a target with checks of its own.
#define QMFORGE_FUZZ_MUTATOR(FORMAT)                                                                                  \
  extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,          \
                                                 unsigned seed) {                                                     \
    return qmforge::fuzz::mutate(qmforge::Format::FORMAT, data, size, max_size, seed);                                \
  }                                                                                                                   \
  extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* data1, std::size_t size1,                      \
                                                   const std::uint8_t* data2, std::size_t size2, std::uint8_t* out,   \
                                                   std::size_t max_size, unsigned seed) {                             \
    return qmforge::fuzz::cross_over(qmforge::Format::FORMAT, {data1, size1}, {data2, size2}, {out, max_size}, seed); \
  }

/// The arguments after the decoder initialise a sim::ForgeProfile.
#define QMFORGE_FUZZ_FORGED(DECODER, ...)                                             \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    static qmforge::sim::Forge forge(qmforge::sim::ForgeProfile{__VA_ARGS__});        \
    qmforge::sim::ByteChoices choices(std::span(data, size));                         \
    qmforge::fuzz::check_forged<DECODER>(forge.forge(choices));                       \
    return 0;                                                                         \
  }                                                                                   \
  QMFORGE_FUZZ_SEEDS(qmforge::fuzz::forged_seeds(qmforge::sim::ForgeProfile{__VA_ARGS__}))

#define QMFORGE_FUZZ_SEEDS(...)                               \
  [[maybe_unused]] static const bool qmforge_fuzz_has_seeds = \
      (qmforge::fuzz::target_seeds = [] { return __VA_ARGS__; }, true);
// NOLINTEND(cppcoreguidelines-macro-usage)
