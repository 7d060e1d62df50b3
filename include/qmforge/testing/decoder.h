// The interface between your decoder and the kits for tests, fuzzing and benchmarks: a type with a static member
// `decode`.
//
//     struct Mine {
//       static qmforge::test::Answer decode(std::span<const std::byte> input, const qmforge::DecodeOptions& options) {
//         if (options.format != qmforge::Format::ndr20) return qmforge::test::NotSupported();
//         my_event mine;
//         if (!my_decode(input.data(), input.size(), &mine)) return qmforge::test::Rejection();
//         return to_event(mine);
//       }
//     };
//
// `decode` may also return std::optional<Event> or, like qmforge::decode, std::expected<Event, DecodeError>. Memory
// that the event's views point to must be valid until the next call; the views may point into the input.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "qmforge/decode.h"
#include "qmforge/decode_error.h"
#include "qmforge/event.h"
#include "qmforge/report.h"

namespace qmforge::test {

/// The input is malformed. Members that are set are compared with the expected error; the others are ignored.
struct Rejection {
  std::optional<ErrorCode> code{};
  std::optional<std::uint64_t> offset{};
  std::optional<FieldPath> field{};
};

/// The decoder does not support this format, revision or byte order. Nothing is compared.
struct NotSupported {};

/// The answer of a decoder to one input.
using Answer = std::variant<Event, Rejection, NotSupported>;

[[nodiscard]] inline Answer to_answer(Answer answer) { return answer; }
[[nodiscard]] inline Answer to_answer(const std::optional<Event>& event) {
  return event ? Answer(*event) : Answer(Rejection());
}
[[nodiscard]] inline Answer to_answer(const std::expected<Event, DecodeError>& event) {
  if (event) return *event;
  const DecodeError& error = event.error();
  return Rejection{error.code, error.offset, error.field};
}

template <class D>
concept Decoder = requires(std::span<const std::byte> input, const DecodeOptions& options) {
  { to_answer(D::decode(input, options)) } -> std::same_as<Answer>;
};

/// The differences between an answer and the expected report, one line for each member: `localSubNet.v4AddrMask.addr:
/// expected 10.0.0.0, got 0.0.0.10`. Empty if they agree. Findings are not compared: a decoder does not validate.
[[nodiscard]] std::string explain_difference(const Report& expected, const Answer& answer);

/// `an event`, `malformed: truncated at 36, field 'localSubNet.type'`, `not supported`.
[[nodiscard]] std::string to_string(const Answer& answer);

/// If the environment variable QMFORGE_LAST_INPUT names a file, writes the input to it, so that after a crash the file
/// has the input that caused it.
void keep_last_input(std::span<const std::byte> input);

/// A copy of an input on the heap, of exactly its size: AddressSanitizer reports a read of one byte past the end.
class ExactInput {
 public:
  explicit ExactInput(std::span<const std::byte> input)
      : bytes_(std::make_unique_for_overwrite<std::byte[]>(std::max<std::size_t>(input.size(), 1))),
        size_(input.size()) {
    for (std::size_t i = 0; i < size_; ++i) bytes_[i] = input[i];
  }
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept {
    // AddressSanitizer makes an empty allocation one byte long; the end of that byte is exact again.
    return {bytes_.get() + (size_ == 0 ? 1 : 0), size_};
  }

 private:
  std::unique_ptr<std::byte[]> bytes_;
  std::size_t size_;
};

/// Decodes an exact copy of the input with D, and compares the answer with the expected report. Empty if they agree.
template <Decoder D>
[[nodiscard]] std::string difference_of(std::span<const std::byte> input, const DecodeOptions& options,
                                        const Report& expected) {
  keep_last_input(input);
  const ExactInput exact(input);
  return explain_difference(expected, to_answer(D::decode(exact.bytes(), options)));
}

}  // namespace qmforge::test
