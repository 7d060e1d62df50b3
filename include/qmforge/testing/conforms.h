// Checks a decoder of your own (decoder.h) with labelled inputs, in one line and with any framework:
//
//     EXPECT_TRUE(qmforge::test::DecoderConforms<Mine>());                                GoogleTest, with gtest.h
//     CHECK(qmforge::test::conforms<Mine>({.profile = {.format = Format::ndr20}}));       doctest, Catch2
//
// The simulator computes the label of each input without a decoder. CMake target qmforge::test.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "qmforge/sim/sets.h"
#include "qmforge/testing/decoder.h"
#include "qmforge/testing/print.h"

namespace qmforge::test {

struct ConformOptions {
  std::uint64_t seed = 1;
  std::uint64_t count = 10'000;
  sim::ForgeProfile profile{};  // the format, revision and byte order of the inputs; default: all
};

/// The result: true if no answer differs. Its text has the first difference, with the input.
struct Conformance {
  std::uint64_t inputs = 0;
  std::uint64_t not_supported = 0;
  std::uint64_t differ = 0;
  std::uint64_t first = 0;       // the number of the first input that differs, from 1; 0: none
  std::string first_difference;  // empty: none

  explicit operator bool() const noexcept { return differ == 0 && not_supported < inputs; }
  friend std::ostream& operator<<(std::ostream& out, const Conformance& result) {
    out << result.inputs << " inputs, " << result.not_supported << " not supported, " << result.differ << " differ";
    if (result.first != 0) out << "; the first is input " << result.first << ":\n" << result.first_difference;
    return out;
  }
};

/// Has D decode `count` inputs. A decoder that supports none of them does not conform.
template <Decoder D>
[[nodiscard]] Conformance conforms(const ConformOptions& options = {}) {
  Conformance result;
  const sim::SetOptions set{.seed = options.seed, .count = options.count, .profile = options.profile};
  sim::make_set(set, [&](const sim::LabelledInput& input) {
    ++result.inputs;
    const DecodeOptions decode_options{input.format, input.revision, sim::set_image_base};
    keep_last_input(input.bytes);
    const ExactInput exact(input.bytes);
    const Answer answer = to_answer(D::decode(exact.bytes(), decode_options));
    if (std::holds_alternative<NotSupported>(answer)) ++result.not_supported;
    const std::string difference = explain_difference(input.expected, answer);
    if (difference.empty()) return;
    if (result.differ++ != 0) return;
    result.first = result.inputs;
    result.first_difference = difference + '\n' + describe(input);
  });
  return result;
}

}  // namespace qmforge::test
