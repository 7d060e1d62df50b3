// One input through both decoders, which must agree on everything.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <expected>
#include <ostream>
#include <span>
#include <string>

#include "qmforge/decode.h"
#include "qmforge/names.h"
#include "reference/reference_decoder.h"
#include "support/hex.h"

namespace qmforge {

/// How GoogleTest shows an error.
inline void PrintTo(const DecodeError& error, std::ostream* out) {
  *out << name(error.code) << " at " << error.offset << ", field \"" << error.field.to_string() << '"';
}

namespace testing {

inline std::string describe(const std::expected<Event, DecodeError>& result) {
  return result ? "accepted" : ::testing::PrintToString(result.error());
}

/// Success when the decoder that ships and the second one say the same of `input`.
inline ::testing::AssertionResult decoders_agree(std::span<const std::byte> input, const DecodeOptions& options) {
  const auto shipped = decode(input, options);
  const reference::Decoded second(input, options);
  const bool agree = shipped.has_value() == second.result().has_value() &&
                     (shipped ? *shipped == *second.result() : shipped.error() == second.result().error());
  if (agree) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << "the decoders disagree on " << name(options.format) << " revision "
                                       << static_cast<int>(options.revision) << " " << to_hex(input)
                                       << "\n  shipped: " << describe(shipped)
                                       << "\n  second:  " << describe(second.result());
}

/// Success when both decoders reject `input` with just this error.
inline ::testing::AssertionResult is_malformed(std::span<const std::byte> input, const DecodeOptions& options,
                                               ErrorCode code, std::uint64_t offset, std::string_view field) {
  if (auto agree = decoders_agree(input, options); !agree) return agree;
  const auto result = decode(input, options);
  if (!result && result.error().code == code && result.error().offset == offset &&
      result.error().field.to_string() == field)
    return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << describe(result) << "; should be " << name(code) << " at " << offset
                                       << ", field \"" << field << '"';
}

}  // namespace testing
}  // namespace qmforge
