#include "oracles.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory_resource>
#include <numeric>
#include <string>
#include <vector>

#include "qmforge/fuzz/wrong_answer.h"
#include "qmforge/inspect.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/expected.h"
#include "qmforge/validate.h"
#include "support/agreement.h"
#include "support/hex.h"

namespace qmforge::fuzz {

namespace {

/// How the encoder writes an event in a format by default.
sim::EncodeOptions canonical_form(Format format, std::uint64_t image_base) {
  sim::EncodeOptions options;
  options.format = format;
  options.image_base = image_base;
  return options;
}

/// Whether to check JSON for an event, which takes more time than all other checks together: for one input in sixteen,
/// in one revision. It depends on the input only, so that a finding can be reproduced.
bool is_json_checked(std::span<const std::byte> input, Revision revision) {
  const unsigned sum =
      std::accumulate(input.begin(), input.end(), static_cast<unsigned>(revision),
                      [](unsigned so_far, std::byte b) { return so_far + std::to_integer<unsigned>(b); });
  return sum % 32 == 0;
}

void check_json(const Event& event) {
  const std::string text = R"({"label":"","revision":)" + std::to_string(static_cast<unsigned>(event.revision)) +
                           R"(,"event":)" + to_json(event) + "}";
  std::pmr::monotonic_buffer_resource storage;
  const auto again = from_json(text, event.revision, storage);
  if (!again)
    wrong_answer("json", "cannot be read: " + again.error().field + ": " + again.error().message + "\n" + text);
  if (!(again->event == event)) wrong_answer("json", "read as another event: " + text);
}

void check_round_trip(std::span<const std::byte> input, const DecodeOptions& options, const Event& event) {
  std::vector<std::byte> bytes;
  const auto encoded = sim::encode(event, canonical_form(options.format, options.image_base), bytes);
  // The event that was decoded can be encoded in the same format, except an image at the end of its address space.
  if (!encoded) {
    if (encoded.error().code == sim::EncodeErrorCode::addressRange) return;
    wrong_answer("round-trip",
                 "cannot be encoded: " + std::string(message(encoded.error().code)) + "\n" + to_json(event));
  }
  const auto again = decode(bytes, options);
  if (!again)
    wrong_answer("round-trip", "the encoded event is malformed: " + testing::describe(again) + "\n" + to_json(event));
  if (!(*again == event)) wrong_answer("round-trip", "another event:\n" + to_json(event) + "\n" + to_json(*again));
  const auto canonical = sim::is_canonical(input, options.format, event);
  if (canonical && *canonical != std::ranges::equal(bytes, input))
    wrong_answer("canonical", "said to be " + std::string(*canonical ? "canonical" : "not canonical"));
}

/// A batch gives the results of single calls, whatever the old contents of its reports: here an error and a finding.
void check_batch(std::span<const std::byte> input, const DecodeOptions& options, const Report& expected) {
  Report report = {.event = std::unexpected(DecodeError{}), .findings = {}};
  report.findings.add(Rule::failurePointRange, Step::failurePoint);
  const std::size_t inspected = inspect(std::array{input}, options, {&report, 1});
  if (inspected != 1 || !first_difference(expected, report).empty())
    wrong_answer("batch", "one by one: " + testing::describe(expected.event) +
                              "\n  in a batch: " + testing::describe(report.event));
}

}  // namespace

void check_input(std::span<const std::byte> input, const DecodeOptions& options) {
  const auto event = decode(input, options);
  if (const auto difference = testing::disagreement(input, options, event)) wrong_answer("second-decoder", *difference);
  check_batch(input, options, {.event = event, .findings = event ? validate(*event) : Findings{}});
  if (!event) {
    if (event.error().offset > input.size() + 7) wrong_answer("error-offset", testing::describe(event));
    return;
  }
  check_validator(*event);
  if (is_json_checked(input, options.revision)) check_json(*event);
  check_round_trip(input, options, *event);
}

void check_validator(const Event& event) {
  const Findings findings = validate(event);
  if (!(findings == sim::expected_findings(event))) wrong_answer("findings", testing::describe(event));
  // The validator must ignore members that the event does not have.
  Event equal = event;
  if (event.revision == Revision::r0) equal.mmSaLuid = ~std::uint64_t{0};
  if (!event.has_subnets()) equal.localSubNet = equal.remoteSubNet = ConditionValue(DataType::v4AddrMask, true);
  if (!(validate(equal) == findings)) wrong_answer("findings", "other ones for an equal event");
}

void check_label(const sim::LabelledInput& labelled) {
  const Report actual = inspect(labelled.bytes, {labelled.format, labelled.revision, sim::set_image_base});
  const std::string_view difference = first_difference(labelled.expected, actual);
  if (difference.empty()) return;
  wrong_answer("label", std::string(to_string(labelled.format)) + " revision " +
                            std::to_string(static_cast<unsigned>(labelled.revision)) + ", fault '" + labelled.fault +
                            "', differs in " + std::string(difference) +
                            "\n  expected: " + testing::describe(labelled.expected.event) + "\n  actual:   " +
                            testing::describe(actual.event) + "\n  input: " + testing::to_hex(labelled.bytes));
}

void check_every_encoding(const Event& event) {
  std::vector<std::byte> bytes;
  for (const Format format : all_formats) {
    for (const std::endian order : {std::endian::little, std::endian::big}) {
      if (order == std::endian::big && format != Format::ndr20) continue;
      sim::EncodeOptions options = canonical_form(format, 0x10000);
      options.order = order;
      if (!sim::encode(event, options, bytes)) continue;  // a string with a NUL inside has no memory image
      const auto decoded = decode(bytes, {format, event.revision, options.image_base});
      const std::string where = std::string(to_string(format)) + (order == std::endian::big ? " big-endian" : "");
      if (!decoded) wrong_answer("transcode", where + ": " + testing::describe(decoded) + "\n" + to_json(event));
      if (!(*decoded == event)) wrong_answer("transcode", where + ":\n" + to_json(event) + "\n" + to_json(*decoded));
      if (!(validate(*decoded) == validate(event)))
        wrong_answer("transcode", where + ": other findings\n" + to_json(event));
    }
  }
}

}  // namespace qmforge::fuzz
