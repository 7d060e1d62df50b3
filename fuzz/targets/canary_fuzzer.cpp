// canary_fuzzer: a planted defect, which must be found. It tests the harness: without instrumentation, guidance or
// reports of wrong answers, this target would find nothing.
//
// The defect: a second discriminant that contradicts the local subnet's type is accepted. To reach it, four words of
// the input must hold the right numbers and a fifth a wrong one.
#include <cstddef>
#include <cstdint>
#include <span>

#include "qmforge/decode.h"
#include "qmforge/fuzz/wrong_answer.h"

namespace {

/// decode() without the comparison.
bool is_accepted(const std::expected<qmforge::Event, qmforge::DecodeError>& event) {
  using namespace qmforge;
  return event.has_value() || (event.error().code == ErrorCode::unionTagMismatch &&
                               event.error().field == FieldPath(Step::localSubNet) / Step::type);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace qmforge;
  const auto event = decode(std::as_bytes(std::span(data, size)), {.format = Format::ndr20Body});
  if (is_accepted(event) != event.has_value()) fuzz::wrong_answer("canary", "the planted defect was found");
  return 0;
}
