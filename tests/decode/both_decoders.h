// Assertions about one input, which both decoders read.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "qmforge/decode.h"
#include "support/agreement.h"
#include "support/hex.h"

namespace qmforge::testing {

/// Success if the library's decoder and the reference decoder give the same result for `input`.
inline ::testing::AssertionResult decoders_agree(std::span<const std::byte> input, const DecodeOptions& options) {
  const auto difference = disagreement(input, options);
  return difference ? ::testing::AssertionFailure() << *difference : ::testing::AssertionSuccess();
}

/// Success if both decoders reject `input` with exactly this error.
inline ::testing::AssertionResult is_malformed(std::span<const std::byte> input, const DecodeOptions& options,
                                               ErrorCode code, std::uint64_t offset, std::string_view field) {
  if (auto agree = decoders_agree(input, options); !agree) return agree;
  const auto result = decode(input, options);
  if (!result && result.error().code == code && result.error().offset == offset &&
      result.error().field.to_string() == field)
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << describe(result) << "; expected " << to_string(code) << " at " << offset
                                       << ", '" << field << '\'';
}

}  // namespace qmforge::testing
