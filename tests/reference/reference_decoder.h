// The reference decoder, with which the library's decoder is compared: table-driven, slow, and easy to verify.
//
// It shares only the public headers with src/ and sim/, and needs only the standard library. Use:
//
//     const reference::Decoded expected(input, options);
//     assert(decode(input, options) == expected.result());
#pragma once

#include <cstddef>
#include <expected>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/event.h"
#include "reference/node.h"

namespace qmforge::reference {

/// The result of decoding an input. The event's views point into this object, not into the input, so it cannot move.
class Decoded {
 public:
  explicit Decoded(std::span<const std::byte> input, const DecodeOptions& options = {});
  Decoded(const Decoded&) = delete;
  Decoded& operator=(const Decoded&) = delete;

  [[nodiscard]] const std::expected<Event, DecodeError>& result() const noexcept { return result_; }

 private:
  Heap heap_;
  std::expected<Event, DecodeError> result_;
};

}  // namespace qmforge::reference
