// Findings of the fuzzers as tests: `./dev fuzz` prints a case to paste here for each finding. A case runs the whole
// target on one input, and fails with the message of the oracle.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "qmforge/fuzz/wrong_answer.h"

// Every target under its own name: fuzz/tests.cmake compiles each once more with LLVMFuzzerTestOneInput called so.
using Target = int(const std::uint8_t* data, std::size_t size);
extern "C" {
Target decode_ndr20_fuzzer, decode_ndr20_body_fuzzer, decode_ndr64_fuzzer, decode_native64_fuzzer,
    decode_native32_fuzzer, mutate_ndr20_fuzzer, mutate_ndr20_body_fuzzer, mutate_ndr64_fuzzer, mutate_native64_fuzzer,
    mutate_native32_fuzzer, forge_fuzzer, transcode_fuzzer, json_fuzzer, cli_hex_fuzzer, manifest_fuzzer,
    answers_fuzzer, canary_fuzzer;

// The engine's function for custom mutators, which no test calls.
std::size_t LLVMFuzzerMutate(std::uint8_t* /*data*/, std::size_t size, std::size_t /*max_size*/) { return size; }
}

namespace qmforge::fuzz {

// In these tests wrong_answer() throws.
void wrong_answer(std::string_view oracle, const std::string& what) {
  throw std::logic_error("oracle " + std::string(oracle) + ": " + what);
}

namespace {

using namespace std::string_view_literals;

::testing::AssertionResult is_right(Target& target, std::string_view input) {
  try {
    target(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  } catch (const std::logic_error& wrong) {
    return ::testing::AssertionFailure() << wrong.what();
  }
  return ::testing::AssertionSuccess();
}

TEST(Findings, OfTheCanaryAreWrongAnswers) {
  // A tunnel whose local subnet has type 0 and the repeated discriminant 1.
  const auto input =
      "\x06\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00"
      "\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00"sv;
  const auto outcome = is_right(canary_fuzzer, input);
  EXPECT_FALSE(outcome);
  EXPECT_THAT(outcome.message(), ::testing::StartsWith("oracle canary: "));
}

TEST(CorrectTargets, HaveNoFindings) {
  for (Target* target : {&decode_ndr20_fuzzer, &decode_ndr20_body_fuzzer, &decode_ndr64_fuzzer, &decode_native64_fuzzer,
                         &decode_native32_fuzzer, &mutate_ndr20_fuzzer, &mutate_ndr20_body_fuzzer, &mutate_ndr64_fuzzer,
                         &mutate_native64_fuzzer, &mutate_native32_fuzzer, &forge_fuzzer, &transcode_fuzzer,
                         &json_fuzzer, &cli_hex_fuzzer, &manifest_fuzzer, &answers_fuzzer})
    EXPECT_TRUE(is_right(*target, ""sv));
}

}  // namespace
}  // namespace qmforge::fuzz
