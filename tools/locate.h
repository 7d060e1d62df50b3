// The bytes of an input that an error or a finding is about.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "dump.h"
#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "qmforge/field_path.h"

namespace qmforge::tools {

/// The bytes that hold a field of `event`, which was decoded from `input`. A subnet as a whole is where its type is.
/// nullopt for a field that has no bytes.
[[nodiscard]] std::optional<ByteRange> locate(const FieldPath& field, const Event& event,
                                              std::span<const std::byte> input, const DecodeOptions& options);

/// The bytes that are wrong in a malformed input. If the input is truncated, some or all of them are past its end.
[[nodiscard]] ByteRange locate(const DecodeError& error, std::span<const std::byte> input,
                               const DecodeOptions& options);

}  // namespace qmforge::tools
