// Descriptions of inputs for the messages of tests, for any framework; rapidcheck.h and gtest.h use them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "qmforge/report.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/testing/hex_rows.h"

namespace qmforge::test {

/// `expected: malformed, union-tag-mismatch at 36, field 'localSubNet.type'`, or `expected: valid, {the event}`.
[[nodiscard]] std::string describe(const Report& expected);

/// The input's label, format, revision, fault, expected report and bytes, with a mark at the error.
[[nodiscard]] std::string describe(const sim::LabelledInput& input);

/// The same for bytes without a label.
[[nodiscard]] std::string describe(std::span<const std::byte> bytes, const Report& expected);

}  // namespace qmforge::test
