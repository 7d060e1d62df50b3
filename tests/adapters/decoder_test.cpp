// How the kits check a user's decoder: which differences count, and their explanations.
#include "qmforge/testing/decoder.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "qmforge/hex.h"
#include "qmforge/names.h"
#include "qmforge/sim/sets.h"
#include "qmforge/testing/conforms.h"
#include "qmforge/testing/events.h"
#include "support/temporary_folder.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif
#endif

namespace qmforge {
namespace {

using test::Answer;
using test::explain_difference;
using test::Rejection;

Report expected(const Event& event) { return {.event = event, .findings = {}}; }
Report malformed() {
  return {.event = std::unexpected(DecodeError{ErrorCode::unionTagMismatch, Step::localSubNet, 40}), .findings = {}};
}

TEST(ExplainDifference, OfEqualAnswersIsEmpty) {
  const Event tunnel = test::make_tunnel_event("10.0.0.0/8", "2001:db8::/32", Revision::r1);
  EXPECT_EQ(explain_difference(expected(tunnel), tunnel), "");
  EXPECT_EQ(explain_difference(malformed(), Rejection()), "");
  EXPECT_EQ(explain_difference(malformed(), Rejection{.code = ErrorCode::unionTagMismatch, .offset = 40}), "");
  EXPECT_EQ(explain_difference(expected(tunnel), test::NotSupported()), "");
  EXPECT_EQ(explain_difference(malformed(), test::NotSupported()), "");
}

TEST(ExplainDifference, NamesEachFieldThatDiffers) {
  const Event event = test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24");
  Event actual = event;
  actual.localSubNet.v4AddrMask.addr = 0x0000000a;
  EXPECT_EQ(explain_difference(expected(event), actual),
            "localSubNet.v4AddrMask.addr: expected 10.0.0.0, got 0.0.0.10");
  actual.qmFilterId &= 0xffffffff;
  actual.qmState = QmSaState{9};
  EXPECT_EQ(explain_difference(expected(event), actual),
            "qmState: expected IKEEXT_QM_SA_STATE_FINAL, got 9\n"
            "localSubNet.v4AddrMask.addr: expected 10.0.0.0, got 0.0.0.10\n"
            "qmFilterId: expected 72623859790382856, got 84281096");
}

TEST(ExplainDifference, NamesTypesAndNullPointers) {
  const Event event = test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24");
  Event actual = event;
  actual.localSubNet = ConditionValue();
  actual.remoteSubNet = ConditionValue(DataType::v4AddrMask, true);
  EXPECT_EQ(explain_difference(expected(event), actual),
            "localSubNet.type: expected FWP_V4_ADDR_MASK, got FWP_EMPTY\n"
            "remoteSubNet.v4AddrMask.addr: expected 192.168.1.0, got nothing");
  EXPECT_EQ(explain_difference(expected(event), test::make_transport_event()),
            "saTrafficType: expected IPSEC_TRAFFIC_TYPE_TUNNEL, got IPSEC_TRAFFIC_TYPE_TRANSPORT");
}

TEST(ExplainDifference, NamesAMissingEventOrError) {
  EXPECT_EQ(explain_difference(expected(test::make_transport_event()), Rejection{.code = ErrorCode::truncated}),
            "verdict: expected an event, got malformed: truncated");
  EXPECT_EQ(explain_difference(malformed(), test::make_transport_event()),
            "verdict: expected malformed: union-tag-mismatch at 40, field 'localSubNet', got an event");
  EXPECT_EQ(explain_difference(malformed(), Rejection{.code = ErrorCode::truncated, .offset = 44}),
            "error.code: expected union-tag-mismatch, got truncated\nerror.offset: expected 40, got 44");
}

/// Every difference between events has an explanation.
TEST(ExplainDifference, IsEmptyExactlyForEqualEvents) {
  std::vector<std::vector<std::byte>> inputs;
  sim::make_set({.count = 80, .profile = {.format = Format::ndr64, .malformed_percent = 0}},
                [&](const sim::LabelledInput& input) { inputs.push_back(input.bytes); });
  std::vector<Event> events;
  for (const auto& input : inputs)
    for (const Revision revision : {Revision::r0, Revision::r1})
      if (const auto event = decode(input, {.format = Format::ndr64, .revision = revision})) events.push_back(*event);
  ASSERT_GT(events.size(), 60U);
  for (const Event& a : events)
    for (const Event& b : events) EXPECT_EQ(explain_difference(expected(a), b).empty(), a == b);
}

struct Ours {
  static auto decode(std::span<const std::byte> input, const DecodeOptions& options) {
    return qmforge::decode(input, options);
  }
};

struct SwapsSubnets {
  static std::optional<Event> decode(std::span<const std::byte> input, const DecodeOptions& options) {
    auto event = qmforge::decode(input, options);
    if (!event) return std::nullopt;
    std::swap(event->localSubNet, event->remoteSubNet);
    return *event;
  }
};

struct SupportsNothing {
  static Answer decode(std::span<const std::byte>, const DecodeOptions&) { return test::NotSupported(); }
};

TEST(Conforms, IsTrueForQmforgesDecoder) {
  const auto result = test::conforms<Ours>({.count = 2000});
  EXPECT_TRUE(result) << result;
  EXPECT_EQ(result.inputs, 2000U);
  EXPECT_EQ(result.not_supported, 0U);
}

/// Our decoder, which keeps what it was asked. Answers the input with the number `wrong_at` with a rejection.
struct Recorder {
  static inline std::vector<std::string> inputs;
  static inline std::size_t wrong_at = 0;

  static Answer decode(std::span<const std::byte> input, const DecodeOptions& options) {
    inputs.push_back(std::string(to_string(options.format)) + (options.revision == Revision::r0 ? " 0 " : " 1 ") +
                     to_hex(input));
    EXPECT_EQ(options.image_base, sim::set_image_base);
    if (inputs.size() == wrong_at) return Rejection{.code = ErrorCode::headerVersion, .offset = 999};
    return test::to_answer(qmforge::decode(input, options));
  }
};

TEST(Conforms, TakesTheInputsOfTheSet) {
  const test::ConformOptions options{
      .seed = 5, .count = 70, .profile = {.format = Format::ndr64, .revision = Revision::r1, .malformed_percent = 20}};
  std::vector<std::string> expected;
  sim::make_set({.seed = 5, .count = 70, .profile = options.profile},
                [&](const sim::LabelledInput& input) { expected.push_back("ndr64 1 " + to_hex(input.bytes)); });
  Recorder::inputs.clear();
  EXPECT_TRUE(test::conforms<Recorder>(options));
  EXPECT_EQ(Recorder::inputs, expected);
}

TEST(Conforms, CountsFromOne) {
  Recorder::inputs.clear();
  Recorder::wrong_at = 3;
  const auto result = test::conforms<Recorder>({.count = 20});
  Recorder::wrong_at = 0;
  EXPECT_FALSE(result);
  EXPECT_EQ(result.differ, 1U);
  EXPECT_EQ(result.first, 3U);
  EXPECT_EQ(result.inputs, 20U);
  std::ostringstream text;
  text << result;
  EXPECT_TRUE(text.str().starts_with("20 inputs, 0 not supported, 1 differ; the first is input 3:\n")) << text.str();
}

TEST(ToAnswer, KeepsAllThatADecoderSays) {
  const DecodeError error{ErrorCode::unionTagMismatch, Step::localSubNet, 40};
  const Answer answer = test::to_answer(std::expected<Event, DecodeError>(std::unexpected(error)));
  const auto& rejection = std::get<Rejection>(answer);
  EXPECT_EQ(rejection.code, error.code);
  EXPECT_EQ(rejection.offset, error.offset);
  EXPECT_EQ(rejection.field, error.field);
  EXPECT_TRUE(std::holds_alternative<Rejection>(test::to_answer(std::optional<Event>())));
  EXPECT_TRUE(std::holds_alternative<Event>(test::to_answer(std::optional(test::make_transport_event()))));
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
TEST(ExactInput, IsAsLongAsTheInputToTheByte) {
  for (const std::size_t size : {0U, 1U, 7U, 8U, 63U}) {
    const test::ExactInput exact{std::vector<std::byte>(size)};
    EXPECT_EQ(exact.bytes().size(), size);
    EXPECT_TRUE(__asan_address_is_poisoned(exact.bytes().data() + size)) << size;
  }
}
#endif
#endif

TEST(Conforms, NamesTheFieldTheFaultAndTheBytes) {
  const auto result = test::conforms<SwapsSubnets>({.count = 2000});
  EXPECT_FALSE(result);
  std::ostringstream text;
  text << result;
  EXPECT_NE(text.str().find("localSubNet."), std::string::npos) << text.str();
  EXPECT_NE(text.str().find("expected: "), std::string::npos);
  EXPECT_NE(text.str().find("\n    0  "), std::string::npos);
}

TEST(Conforms, IsFalseForADecoderThatSupportsNothing) { EXPECT_FALSE(test::conforms<SupportsNothing>({.count = 10})); }

TEST(LastInput, IsKeptInTheFileThatTheEnvironmentNames) {
  const testing::TemporaryFolder folder;
  const std::string path = folder.path("last");
  setenv("QMFORGE_LAST_INPUT", path.c_str(), 1);
  std::vector<std::byte> last;
  sim::make_set({.count = 20}, [&](const sim::LabelledInput& input) { last = input.bytes; });
  EXPECT_TRUE(test::conforms<Ours>({.count = 20}));
  unsetenv("QMFORGE_LAST_INPUT");
  std::ifstream file(path, std::ios::binary);
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(to_hex(std::as_bytes(std::span(kept))), to_hex(last));
}

TEST(LabelledInputs, HaveNoSpareCapacity) {
  sim::Forge forge;  // one for all inputs: it keeps its buffers
  sim::RandomChoices choices(0);
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    choices.reseed(seed);
    const sim::LabelledInput& input = forge.forge(choices);
    EXPECT_EQ(input.bytes.capacity(), input.bytes.size()) << seed;
  }
}

TEST(LabelledInputs, HaveTheByteOrderAsked) {
  for (const std::endian order : {std::endian::little, std::endian::big}) {
    std::size_t ndr20 = 0;
    sim::make_set({.count = 500, .profile = {.order = order}}, [&](const sim::LabelledInput& input) {
      EXPECT_EQ(input.order, order);
      ndr20 += input.format == Format::ndr20;
    });
    EXPECT_GT(ndr20, 50U);
  }
}

}  // namespace
}  // namespace qmforge
