// Assertions about one input, which goes through both decoders.
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

/// Success when the decoder that ships and the second one say the same of `input`.
inline ::testing::AssertionResult decoders_agree(std::span<const std::byte> input, const DecodeOptions& options) {
  const auto difference = disagreement(input, options);
  return difference ? ::testing::AssertionFailure() << *difference : ::testing::AssertionSuccess();
}

/// Success when both decoders reject `input` with just this error.
inline ::testing::AssertionResult is_malformed(std::span<const std::byte> input, const DecodeOptions& options,
                                               ErrorCode code, std::uint64_t offset, std::string_view field) {
  if (auto agree = decoders_agree(input, options); !agree) return agree;
  const auto result = decode(input, options);
  if (!result && result.error().code == code && result.error().offset == offset &&
      result.error().field.to_string() == field)
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << describe(result) << "; should be " << to_string(code) << " at " << offset
                                       << ", '" << field << '\'';
}

}  // namespace qmforge::testing
