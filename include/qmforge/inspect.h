// Decode and validate in one call: one input, or a batch of them.
#pragma once

#include <cstddef>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/report.h"

namespace qmforge {

/// decode(), and validate() of the event that it returns.
[[nodiscard]] Report inspect(std::span<const std::byte> input, const DecodeOptions& options = {}) noexcept;

/// The same for every input: `reports[i]` is inspect(inputs[i], options), whatever it held before. The events' views
/// point into the inputs. Returns how many inputs were inspected, from the first: all of them, or as many as there are
/// reports for.
///
/// No allocation. The cost of a call and of choosing the format is paid once, which saves up to four tenths of the time
/// (bench/README.md). Reuse the reports: some tens of them stay in the first-level cache.
///
/// Law BatchEqualsRepeatedSingleCalls: for every input, of any format, between any others.
std::size_t inspect(std::span<const std::span<const std::byte>> inputs, const DecodeOptions& options,
                    std::span<Report> reports) noexcept;

}  // namespace qmforge
