// The second decoder, which the first is held against: table-driven, slow, and meant to be obviously right.
//
// It shares nothing with src/ and sim/ but the public headers. It needs the standard library alone. Use:
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

/// What an input decodes to. The event's views point into this object, not into the input; so it stays where it is.
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
