// Checks for any framework: each result converts to bool, and prints what was found instead.
//
//     CHECK(qmforge::test::decodes_to(bytes, event));                                             doctest, Catch2
//     CHECK(qmforge::test::is_malformed(bytes, ErrorCode::unionTagMismatch, 40));
//     CHECK(qmforge::test::has_finding(event, Rule::subnetNull, "localSubNet.v4AddrMask"));
//     CHECK(qmforge::test::is_decoded_by<Mine>(labelled_input));
//
// Bytes are any contiguous range of std::byte, std::uint8_t or char. GoogleTest has matchers of the same meaning
// (gtest.h). CMake target qmforge::test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "qmforge/decode_options.h"
#include "qmforge/event.h"
#include "qmforge/findings.h"
#include "qmforge/testing/decoder.h"
#include "qmforge/testing/print.h"

namespace qmforge::test {

/// True, or what was found instead.
class [[nodiscard]] CheckResult {
 public:
  CheckResult() = default;  // true
  explicit CheckResult(std::string found) : passed_(false), found_(std::move(found)) {}

  explicit operator bool() const noexcept { return passed_; }
  friend std::ostream& operator<<(std::ostream& out, const CheckResult& result) {
    return out << (result.passed_ ? "as expected" : result.found_);
  }

 private:
  bool passed_ = true;
  std::string found_;
};

[[nodiscard]] CheckResult bytes_decode_to(std::span<const std::byte> bytes, const Event& expected,
                                          const DecodeOptions& options);
[[nodiscard]] CheckResult bytes_are_malformed(std::span<const std::byte> bytes, ErrorCode code, std::uint64_t offset,
                                              const DecodeOptions& options);

/// The bytes decode to an event that equals `expected`.
template <class Bytes>
[[nodiscard]] CheckResult decodes_to(const Bytes& bytes, const Event& expected, const DecodeOptions& options = {}) {
  return bytes_decode_to(std::as_bytes(std::span(bytes)), expected, options);
}

/// The bytes are malformed for this reason, at this offset.
template <class Bytes>
[[nodiscard]] CheckResult is_malformed(const Bytes& bytes, ErrorCode code, std::uint64_t offset,
                                       const DecodeOptions& options = {}) {
  return bytes_are_malformed(std::as_bytes(std::span(bytes)), code, offset, options);
}

/// The event has this finding, perhaps among others. `field` is the path as text: "localSubNet.v4AddrMask.mask".
[[nodiscard]] CheckResult has_finding(const Event& event, Rule rule, std::string_view field);

/// D answers as the label expects. Each field that differs is named.
template <Decoder D>
[[nodiscard]] CheckResult is_decoded_by(const sim::LabelledInput& input) {
  const std::string difference =
      difference_of<D>(input.bytes, {input.format, input.revision, sim::set_image_base}, input.expected);
  return difference.empty() ? CheckResult() : CheckResult(difference + '\n' + describe(input));
}

}  // namespace qmforge::test
