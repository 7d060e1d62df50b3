// How the kits check a user's decoder: which differences count, and their explanations.
#include "qmforge/testing/decoder.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "qmforge/hex.h"
#include "qmforge/names.h"
#include "qmforge/sim/sets.h"
#include "qmforge/testing/checks.h"
#include "qmforge/testing/conforms.h"
#include "qmforge/testing/events.h"
#include "qmforge/validate.h"
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

TEST(ExplainDifference, NamesTheRevisionAndItsMembers) {
  const Event event = test::make_transport_event(Revision::r1);
  Event actual = event;
  actual.mmSaLuid = 5;
  actual.mmProviderContextKey.data4[7] = 9;
  EXPECT_EQ(explain_difference(expected(event), actual),
            "mmSaLuid: expected 1230066625199609624, got 5\n"
            "mmProviderContextKey: expected {12345678-9abc-def0-0102-030405060708}, "
            "got {12345678-9abc-def0-0102-030405060709}");
  actual.revision = Revision::r0;
  EXPECT_EQ(explain_difference(expected(event), actual), "revision: expected 1, got 0");
}

TEST(ExplainDifference, NamesTheFieldOfAnError) {
  EXPECT_EQ(explain_difference(malformed(), Rejection{.field = FieldPath(Step::remoteSubNet) / Step::type}),
            "error.field: expected localSubNet, got remoteSubNet.type");
  EXPECT_EQ(explain_difference(malformed(), Rejection{.offset = 39}), "error.offset: expected 40, got 39");
  EXPECT_EQ(explain_difference(malformed(), Rejection{.field = FieldPath(Step::localSubNet)}), "");
}

ConditionValue number(DataType type, std::uint64_t bits) {
  ConditionValue value(type);
  value.arm.uint64 = 0;
  std::memcpy(static_cast<void*>(&value.arm), &bits, sizeof(bits));  // the arms begin with their low bytes
  return value;
}

/// What is explained where the local subnet is `actual` and not `wanted`.
std::string explained(const ConditionValue& wanted, const ConditionValue& actual) {
  const ConditionValue same = test::v4("10.0.0.0/8");
  return explain_difference(expected(test::make_tunnel_event(wanted, same)), test::make_tunnel_event(actual, same));
}

TEST(ExplainDifference, ShowsNumbersAddressesAndBytes) {
  if constexpr (std::endian::native == std::endian::little) {
    EXPECT_EQ(explained(number(DataType::int8, 0xff), number(DataType::int8, 1)),
              "localSubNet.int8: expected -1, got 1");
    EXPECT_EQ(explained(number(DataType::uint64, ~0ULL), number(DataType::uint64, 0)),
              "localSubNet.uint64: expected 18446744073709551615, got 0");
    EXPECT_EQ(explained(number(DataType::byteArray6, 0x060504030201), number(DataType::byteArray6, 0)),
              "localSubNet.byteArray6: expected 010203040506, got 000000000000");
  }
  EXPECT_EQ(explained(test::v4("10.0.0.0/8"), test::v4("10.0.0.0/9")),
            "localSubNet.v4AddrMask.mask: expected 255.0.0.0, got 255.128.0.0");
  EXPECT_EQ(explained(test::v6("fe80::/10"), test::v6("fe80::/11")),
            "localSubNet.v6AddrMask.prefixLength: expected 10, got 11");
  EXPECT_EQ(explained(test::v6("fe80::/10"), test::v6("fec0::/10")),
            "localSubNet.v6AddrMask.addr: expected fe80::, got fec0::");
}

TEST(ExplainDifference, ShowsBlobsStringsAndSids) {
  static constexpr std::array bytes = {std::byte{1}, std::byte{0xab}, std::byte{3}};
  const auto blob = [](std::uint32_t size, const std::byte* data) {
    ConditionValue value(DataType::byteBlob);
    value.arm.byteBlob = {size, data};
    return value;
  };
  EXPECT_EQ(explained(blob(2, bytes.data()), blob(3, bytes.data())), "localSubNet.byteBlob.size: expected 2, got 3");
  EXPECT_EQ(explained(blob(2, bytes.data()), blob(2, bytes.data() + 1)),
            "localSubNet.byteBlob.data: expected 01ab, got ab03");
  EXPECT_EQ(explained(blob(2, nullptr), blob(2, bytes.data())), "localSubNet.byteBlob.data: expected NULL, got 01ab");

  const auto text = [](std::u16string_view units) {
    ConditionValue value(DataType::unicodeString);
    value.arm.unicodeString = Utf16View(std::span(units));
    return value;
  };
  EXPECT_EQ(explained(text(u"a"), text(u"b")), R"(localSubNet.unicodeString: expected "a", got "b")");

  static constexpr std::array<std::uint32_t, 2> ids = {32, 544};
  const Sid sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(std::span(ids))};
  ConditionValue one(DataType::sid);
  one.arm.sid = sid;
  ConditionValue other = one;
  other.arm.sid.revision = 2;
  EXPECT_EQ(explained(one, other), "localSubNet.sid: expected S-1-5-32-544, got S-2-5-32-544");

  const std::array<SidAndAttributes, 2> sids = {SidAndAttributes{sid, 7}, SidAndAttributes{std::nullopt, 8}};
  const std::array<SidAndAttributes, 2> changed = {SidAndAttributes{sid, 7}, SidAndAttributes{std::nullopt, 9}};
  const std::array<SidAndAttributes, 2> absent = {SidAndAttributes{std::nullopt, 7}, SidAndAttributes{sid, 8}};
  const auto token = [](std::span<const SidAndAttributes> its, std::span<const SidAndAttributes> restricted) {
    ConditionValue value(DataType::tokenInformation);
    value.arm.tokenInformation = {2, 3, SidAndAttributesView(its), SidAndAttributesView(restricted)};
    return value;
  };
  const std::string path = "localSubNet.tokenInformation.";
  EXPECT_EQ(explained(token(sids, sids), token(changed, sids)), path + "sids[1].attributes: expected 8, got 9");
  EXPECT_EQ(explained(token(sids, sids), token(sids, absent)),
            path + "restrictedSids[0].sid: expected S-1-5-32-544, got NULL");
  EXPECT_EQ(explained(token(sids, {}), token(sids, sids)), path + "restrictedSids: expected NULL, got nothing");
  EXPECT_EQ(explained(token(std::span(sids).first(0), {}), token({}, {})),
            path + "sids: expected 0 elements, got NULL");
  ConditionValue counted = token(sids, sids);
  counted.arm.tokenInformation.restrictedSidCount = 4;
  EXPECT_EQ(explained(token(sids, sids), counted), path + "restrictedSidCount: expected 3, got 4");
  counted.arm.tokenInformation.sidCount = 1;
  EXPECT_EQ(explained(token(sids, sids), counted), path + "sidCount: expected 2, got 1");
}

TEST(ExplainDifference, ShowsTheBoundsOfARange) {
  const auto range = [](std::uint8_t low, std::optional<std::uint8_t> high) {
    ConditionValue value(DataType::range);
    value.rangeValue = {Value(DataType::uint8), Value(high ? DataType::uint8 : DataType::empty)};
    value.rangeValue.valueLow.arm.uint8 = low;
    if (high) value.rangeValue.valueHigh.arm.uint8 = *high;
    return value;
  };
  const std::string path = "localSubNet.rangeValue.";
  EXPECT_EQ(explained(range(1, 2), range(3, 2)), path + "valueLow.uint8: expected 1, got 3");
  EXPECT_EQ(explained(range(1, 2), range(1, 3)), path + "valueHigh.uint8: expected 2, got 3");
  EXPECT_EQ(explained(range(1, 2), range(1, {})), path + "valueHigh.type: expected FWP_UINT8, got FWP_EMPTY");
  EXPECT_EQ(explained(ConditionValue(DataType::range, true), range(1, 2)),
            "localSubNet.rangeValue: expected NULL, got nothing");
}

TEST(ToString, OfAnAnswer) {
  EXPECT_EQ(to_string(Answer(test::make_transport_event())), "an event");
  EXPECT_EQ(to_string(Answer(test::NotSupported())), "not supported");
  EXPECT_EQ(to_string(Answer(Rejection())), "malformed");
  EXPECT_EQ(to_string(Answer(Rejection{ErrorCode::truncated, 36, FieldPath(Step::localSubNet) / Step::type})),
            "malformed: truncated at 36, field 'localSubNet.type'");
}

TEST(Describe, SaysTheLabelTheEncodingTheFaultAndTheResult) {
  sim::LabelledInput input{};
  input.format = Format::ndr20;
  input.revision = Revision::r1;
  input.bytes = {std::byte{0x01}, std::byte{0xf2}};
  input.expected = malformed();
  EXPECT_EQ(test::describe(input),
            "ndr20 revision 1\nexpected: malformed, union-tag-mismatch at 40, field 'localSubNet'\n    0  01 f2");
  input.order = std::endian::big;
  input.label = "n";
  input.fault = "f";
  input.expected.event = std::unexpected(DecodeError{ErrorCode::truncated, {}, 2});
  EXPECT_EQ(test::describe(input),
            "n: ndr20 revision 1, big-endian, fault f\nexpected: malformed, truncated at 2, field ''\n    0  01 f2>");
  Event event = test::make_transport_event();
  event.failureErrorCode = 0;
  const Report valid{.event = event, .findings = validate(event)};
  EXPECT_EQ(test::describe(valid),
            "expected: valid, " + to_json(event) + "\n  finding error-code-success of failureErrorCode");
}

TEST(HexRows, BeginWithTheirOffsetAndMarkAByte) {
  std::vector<std::byte> bytes(33, std::byte{0x0f});
  bytes[16] = std::byte{0xf0};
  EXPECT_EQ(test::hex_rows(bytes, 16),
            "\n    0  0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f"
            "\n   16 >f0 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f 0f\n   32  0f");
  EXPECT_EQ(test::hex_rows({}), "");
  EXPECT_EQ(test::hex_rows({}, 0), "\n    0 >");
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

/// Supports nothing but ndr64.
struct SupportsNdr64 {
  static Answer decode(std::span<const std::byte> input, const DecodeOptions& options) {
    if (options.format != Format::ndr64) return test::NotSupported();
    return test::to_answer(qmforge::decode(input, options));
  }
};

TEST(Conforms, CountsUnsupportedInputs) {
  std::uint64_t others = 0;
  sim::make_set({.count = 100}, [&](const sim::LabelledInput& input) { others += input.format != Format::ndr64; });
  const auto result = test::conforms<SupportsNdr64>({.count = 100});
  EXPECT_TRUE(result);
  EXPECT_EQ(result.not_supported, others);
  EXPECT_EQ(result.first, 0U);
  std::ostringstream text;
  text << result;
  EXPECT_EQ(text.str(), "100 inputs, " + std::to_string(others) + " not supported, 0 differ");
}

TEST(Conforms, TakesTenThousandInputsByDefault) {
  EXPECT_EQ(test::ConformOptions().count, 10'000U);
  EXPECT_EQ(test::ConformOptions().seed, 1U);
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

TEST(Checks, AFindingHasTheRuleAndTheField) {
  Event event = test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24");
  event.localSubNet.is_null = true;
  EXPECT_TRUE(test::has_finding(event, Rule::subnetNull, "localSubNet.v4AddrMask"));
  EXPECT_FALSE(test::has_finding(event, Rule::subnetNull, "remoteSubNet.v4AddrMask"));
  EXPECT_FALSE(test::has_finding(event, Rule::subnetHostBits, "localSubNet.v4AddrMask"));
}

}  // namespace
}  // namespace qmforge
