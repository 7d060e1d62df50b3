// What a test prints of an input. No framework is needed; the adapters (rapidcheck.h, gtest.h) call these.
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

/// The input's label, format, revision, fault, what is expected, and its bytes, marked where the error is.
[[nodiscard]] std::string describe(const sim::LabelledInput& input);

/// The same for bytes that have no label.
[[nodiscard]] std::string describe(std::span<const std::byte> bytes, const Report& expected);

}  // namespace qmforge::test
