// Common layouts and vectors only save time: the general reader alone, and the reader without vectors, give the same
// reports.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "decode/variant.h"
#include "qmforge/hex.h"
#include "qmforge/inspect.h"
#include "qmforge/json.h"
#include "qmforge/names.h"
#include "qmforge/sim/sets.h"

namespace qmforge {
namespace {

using Variant = reader_variants::InspectToJson*;

std::string inspect_as_shipped(std::span<const std::byte> input, const DecodeOptions& options) {
  const Report report = inspect(input, options);
  std::string text = to_json(
      Result{.label = {}, .format = options.format, .revision = options.revision, .report = report, .canonical = {}});
  if (report.event)
    for (const ConditionValue* subnet : {&report.event->localSubNet, &report.event->remoteSubNet})
      text += ' ' + std::to_string(static_cast<std::uint32_t>(subnet->type)) + (subnet->is_null ? " NULL" : "");
  return text;
}

class ReaderVariant : public ::testing::TestWithParam<Variant> {
 protected:
  void expect_same_report(std::span<const std::byte> input, const DecodeOptions& options) {
    const auto variant =
        GetParam()(input, static_cast<std::uint32_t>(options.format), static_cast<std::uint32_t>(options.revision));
    ASSERT_EQ(variant, inspect_as_shipped(input, options)) << to_hex(input);
  }
};

/// An event's shape: its traffic type, or its subnets' types where both are masks.
std::string common_shape(const Event& event) {
  if (!event.has_subnets()) return "transport";
  std::string shape;
  for (const ConditionValue* subnet : {&event.localSubNet, &event.remoteSubNet}) {
    if (subnet->is_null) return {};
    if (subnet->type == DataType::v4AddrMask)
      shape += "v4 ";
    else if (subnet->type == DataType::v6AddrMask)
      shape += "v6 ";
    else
      return {};
  }
  return shape;
}

TEST_P(ReaderVariant, GivesTheSameReportForLabelledInputs) {
  std::map<std::string, int> seen;
  sim::make_set({.seed = 5, .count = 12'000}, [&](const sim::LabelledInput& input) {
    expect_same_report(input.bytes, {input.format, input.revision});
    if (input.expected.event && !is_memory_image(input.format))
      ++seen[common_shape(*input.expected.event) + std::string(to_string(input.format))];
  });
  for (const char* shape : {"transport", "v4 v4 ", "v6 v6 ", "v4 v6 ", "v6 v4 "})
    for (const char* format : {"ndr20", "ndr20-body", "ndr64"})
      EXPECT_GT(seen[std::string(shape) + format], 5) << shape << format;
}

TEST_P(ReaderVariant, GivesTheSameReportForEveryPrefixAndForTrailingBytes) {
  sim::SetOptions options{.seed = 6, .count = 250, .valid_only = true};
  options.profile.validity = sim::Validity::clean;
  sim::make_set(options, [&](const sim::LabelledInput& input) {
    std::vector<std::byte> bytes = input.bytes;
    bytes.resize(input.bytes.size() + 17);
    for (; !bytes.empty(); bytes.pop_back()) expect_same_report(bytes, {input.format, input.revision});
    // A body that is as long as its header says, cut at each multiple of 8.
    if (input.format != Format::ndr20) return;
    bytes = input.bytes;
    for (const std::size_t length_at : {8U, 11U}) {
      for (std::size_t length = (input.bytes.size() - 16) & 0xf8; length >= 8; length -= 8) {
        bytes.assign(input.bytes.begin(), input.bytes.end());
        bytes.resize(16 + length);
        bytes[length_at] = std::byte(length);
        expect_same_report(bytes, {input.format, input.revision});
      }
    }
  });
}

INSTANTIATE_TEST_SUITE_P(GeneralReader, ReaderVariant, ::testing::Values(reader_variants::inspect_with_general_reader));
INSTANTIATE_TEST_SUITE_P(Portable, ReaderVariant, ::testing::Values(reader_variants::inspect_portably));

}  // namespace
}  // namespace qmforge
