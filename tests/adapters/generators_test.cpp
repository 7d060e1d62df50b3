// The generators for users' tests: the values that they reach, how they shrink, and how values are printed.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "qmforge/decode.h"
#include "qmforge/inspect.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/testing/gtest.h"
#include "qmforge/testing/rapidcheck.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

using test::Owned;

/// The result of shrinking: takes the first simpler value for which `fails` holds, until there is none.
template <class T, class Fails>
T shrunk(rc::Shrinkable<T> shrinkable, const Fails& fails) {
  for (;;) {
    auto simpler = shrinkable.shrinks();
    bool found = false;
    while (auto candidate = simpler.next()) {
      if (!fails(candidate->value())) continue;
      shrinkable = std::move(*candidate);
      found = true;
      break;
    }
    if (!found) return shrinkable.value();
  }
}

/// A failing value of `gen`, and what it shrinks to.
template <class T, class Fails>
T simplest_failure(const rc::Gen<T>& gen, const Fails& fails) {
  for (std::uint64_t seed = 1;; ++seed) {
    auto shrinkable = gen(rc::Random(seed), 0);
    if (fails(shrinkable.value())) return shrunk(std::move(shrinkable), fails);
  }
}

TEST(Generators, ReachEveryShapeAndEveryEdgeWhateverTheSize) {
  std::set<std::pair<DataType, bool>> shapes;
  std::set<std::uint64_t> filters;
  std::set<std::uint8_t> prefixes;
  const auto gen = test::any_event();
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    const Owned<Event> event = gen(rc::Random(seed), 0).value();
    filters.insert(event->qmFilterId);
    if (!event->has_subnets()) continue;
    for (const ConditionValue* subnet : {&event->localSubNet, &event->remoteSubNet}) {
      shapes.emplace(subnet->type, subnet->is_null);
      if (subnet->type == DataType::v6AddrMask && !subnet->is_null) prefixes.insert(subnet->v6AddrMask.prefixLength);
    }
  }
  EXPECT_EQ(shapes.size(), 24u + 15u);
  for (const std::uint64_t edge : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{1} << 63})
    EXPECT_TRUE(filters.contains(edge)) << edge;
  for (const int edge : {0, 127, 128, 129}) EXPECT_TRUE(prefixes.contains(static_cast<std::uint8_t>(edge))) << edge;
}

TEST(Generators, ShrinkToTheSimplestEventThatStillFails) {
  // A handler that fails for a NULL remote mask.
  const auto event = simplest_failure(test::any_event(), [](const Owned<Event>& e) {
    return e->has_subnets() && e->remoteSubNet.type == DataType::v6AddrMask && e->remoteSubNet.is_null;
  });
  EXPECT_EQ(event->failurePoint, FailurePoint::none);
  EXPECT_EQ(event->qmFilterId, 0u);
  // The other subnet does not affect the failure, so it is FWP_EMPTY or the simplest mask.
  const ConditionValue& local = event->localSubNet;
  EXPECT_TRUE(local.type == DataType::empty ||
              (local.type == DataType::v4AddrMask && !local.is_null && local.v4AddrMask.addr == 0))
      << to_json(*event);
}

TEST(Generators, ShrinkNumbersToTheirLimit) {
  const auto event =
      simplest_failure(test::any_event(), [](const Owned<Event>& e) { return e->qmFilterId >= 1'000'000; });
  EXPECT_FALSE(event->has_subnets());
  EXPECT_GE(event->qmFilterId, 1'000'000u);
}

RC_GTEST_PROP(Generators, KeepTheirPromises, ()) {
  const auto valid = *test::valid_event();
  RC_ASSERT(!validate(*valid).has_error());
  const auto clean = *test::clean_event();
  RC_ASSERT(validate(*clean).empty());
  const auto type = *rc::gen::element(DataType::v4AddrMask, DataType::v6AddrMask);
  const auto subnet = *test::subnet_of(type);
  RC_ASSERT(subnet->type == type);
}

RC_GTEST_PROP(Generators, AreWhatRapidCheckTakesByItself,
              (const Owned<Event>& event, const Owned<ConditionValue>& subnet)) {
  RC_ASSERT(*event == Event(*event));
  RC_ASSERT(*subnet == ConditionValue(*subnet));
  const auto input = *rc::gen::arbitrary<test::LabelledInput>();
  RC_ASSERT(&*input == input.operator->());
  DecodeOptions options;
  options.format = input->format;
  options.revision = input->revision;
  options.image_base = sim::set_image_base;
  const auto decoded = decode(input->bytes, options);
  RC_ASSERT((decoded == input->expected.event));
}

TEST(Generators, GiveEveryTypeOfSubnetNullOrNot) {
  for (const DataType type : all_data_types) {
    for (const bool null : {false, true}) {
      if (null && !is_pointer_type(type)) continue;
      const auto gen = test::subnet_of(type, null);
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto subnet = gen(rc::Random(seed), 0).value();
        EXPECT_EQ(subnet->type, type);
        EXPECT_EQ(subnet->is_null, null) << c_name(type);
      }
    }
  }
}

/// The values of `Arbitrary`, at any size.
template <class T>
std::set<std::uint32_t> arbitrary_numbers() {
  std::set<std::uint32_t> numbers;
  const auto gen = rc::gen::arbitrary<T>();
  for (std::uint64_t seed = 1; seed <= 1000; ++seed)
    numbers.insert(static_cast<std::uint32_t>(gen(rc::Random(seed), 0).value()));
  return numbers;
}

/// Every member, the MAX member and its neighbour, and the largest number.
template <class Enum>
void expect_members_and_edges() {
  const auto numbers = arbitrary_numbers<Enum>();
  for (std::uint32_t member = 0; member <= member_count<Enum> + 1; ++member) EXPECT_TRUE(numbers.contains(member));
  EXPECT_TRUE(numbers.contains(0xffffffff));
}

TEST(Generators, GiveEveryMemberOfAnEnumerationAndInvalidValues) {
  expect_members_and_edges<FailurePoint>();
  expect_members_and_edges<KeyModuleType>();
  expect_members_and_edges<QmSaState>();
  expect_members_and_edges<SaRole>();
  expect_members_and_edges<TrafficType>();
  EXPECT_EQ(arbitrary_numbers<DataType>().size(), all_data_types.size());
  EXPECT_EQ(arbitrary_numbers<Revision>().size(), 2u);
  EXPECT_EQ(arbitrary_numbers<Format>().size(), all_formats.size());
  EXPECT_EQ(arbitrary_numbers<sim::Fault>().size(), sim::fault_catalogue().size());
}

TEST(Generators, GiveThePartsOfAnEvent) {
  std::set<std::uint32_t> masks;
  std::set<std::uint8_t> prefixes;
  std::set<std::uint32_t> guids;
  std::set<DataType> bounds;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    masks.insert(rc::gen::arbitrary<V4AddrMask>()(rc::Random(seed), 0).value().mask);
    prefixes.insert(rc::gen::arbitrary<V6AddrMask>()(rc::Random(seed), 0).value().prefixLength);
    guids.insert(rc::gen::arbitrary<Guid>()(rc::Random(seed), 0).value().data1);
    const auto bound = rc::gen::arbitrary<Owned<Value>>()(rc::Random(seed), 0).value();
    bounds.insert(bound->type);
  }
  for (const std::uint32_t mask : {0u, 0xffffffffu, 0xff00ff00u}) EXPECT_TRUE(masks.contains(mask)) << mask;
  for (const int prefix : {0, 128, 129}) EXPECT_TRUE(prefixes.contains(static_cast<std::uint8_t>(prefix))) << prefix;
  EXPECT_TRUE(guids.contains(0));
  EXPECT_GT(guids.size(), 10u);
  EXPECT_EQ(bounds.size(), 21u);
}

RC_GTEST_PROP(Generators, PutAnyFaultIntoAMessage, (const test::FaultedMessage& message)) {
  const auto formats = sim::info(message.fault).formats;
  RC_ASSERT(std::ranges::find(formats, message.options().format) != formats.end());
  // The original event may break the same rule, but the original message is never malformed.
  const bool decodes = sim::info(message.fault).codes.empty();
  RC_ASSERT(decodes || message.faulted.bytes != message.message.bytes);
  RC_ASSERT(message.faulted.expected.event.has_value() == decodes);
}

template <class T>
std::string shown(const T& value) {
  std::ostringstream out;
  rc::show(value, out);
  return out.str();
}

// The expected report is that of the changed bytes, and the message is the one before the change.
TEST(Generators, SayHowToDecodeAFaultedMessage) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const test::FaultedMessage message = test::faulted_message()(rc::Random(seed), 0).value();
    EXPECT_EQ(message.options().revision, message.event->revision);
    const Report report = inspect(message.faulted.bytes, message.options());
    EXPECT_EQ(first_difference(message.faulted.expected, report), "") << shown(message);
    const auto whole = decode(message.message.bytes, message.options());
    ASSERT_TRUE(whole);
    EXPECT_TRUE(*whole == *message.event);
  }
}

/// Keeps the inputs that it is asked about.
struct Recorder {
  static inline std::vector<DecodeOptions> asked;
  static auto decode(std::span<const std::byte> input, const DecodeOptions& options) {
    asked.push_back(options);
    return qmforge::decode(input, options);
  }
};

TEST(CheckConforms, TakesTheProfile) {
  Recorder::asked.clear();
  EXPECT_TRUE(test::check_conforms<Recorder>({.format = Format::native32, .revision = Revision::r1}));
  EXPECT_GE(Recorder::asked.size(), 100U);
  for (const DecodeOptions& options : Recorder::asked) {
    EXPECT_EQ(options.format, Format::native32);
    EXPECT_EQ(options.revision, Revision::r1);
    EXPECT_EQ(options.image_base, sim::set_image_base);
  }
}

TEST(Generators, BreakEveryRule) {
  for (const sim::FaultInfo& fault : sim::fault_catalogue()) {
    if (!fault.rule) continue;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const auto broken = test::broken_event(fault.fault)(rc::Random(seed), 0).value();
      EXPECT_THAT(broken.event, test::HasFinding(*fault.rule, broken.finding.field.to_string()));
    }
  }
}

TEST(Generators, ShrinkAFaultedMessageToTheSimplestThatStillFails) {
  // A decoder that accepts any max_count. The simplest array that shows the bug is empty.
  const auto message = simplest_failure(test::faulted_message(sim::Fault::maxCountDiffers),
                                        [](const test::FaultedMessage&) { return true; });
  EXPECT_EQ(message.event->failurePoint, FailurePoint::none);
  EXPECT_EQ(message.event->qmFilterId, 0u);
  EXPECT_EQ(message.message.options.format, Format::ndr20);
  EXPECT_EQ(message.message.options.order, std::endian::little);
  EXPECT_EQ(message.faulted.bytes.size(),
            16u + 64 + 8 + 4 + 8 + 4);  // header, flat part, blob, max_count, mask, padding
}

TEST(Generators, PrintReadableText) {
  EXPECT_EQ(shown(QmSaState::final), "IKEEXT_QM_SA_STATE_FINAL");
  EXPECT_EQ(shown(static_cast<SaRole>(2)), "2");
  EXPECT_EQ(shown(DataType::v4AddrMask), "FWP_V4_ADDR_MASK");
  EXPECT_EQ(shown(Format::ndr20Body), "ndr20-body");
  EXPECT_EQ(shown(Revision::r1), "revision 1");
  EXPECT_EQ(shown(sim::Fault::innerTagDiffers), "inner-tag-differs");
  EXPECT_EQ(shown(V4AddrMask{0x0a000000, 0xff000000}), "10.0.0.0/255.0.0.0");
  EXPECT_EQ(shown(V6AddrMask{{0xfe, 0x80}, 10}), "fe80::/10");
  EXPECT_EQ(shown(Guid{0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}}),
            "{12345678-9abc-def0-0102-030405060708}");
  const auto subnet = test::subnet_of(DataType::v6AddrMask, true)(rc::Random(1), 0).value();
  EXPECT_EQ(shown(subnet), R"({"type": "FWP_V6_ADDR_MASK", "v6AddrMask": null})");
}

TEST(Generators, PrintMessagesWithTheirFaultBytesAndExpectedReport) {
  const auto faulted = test::faulted_message(sim::Fault::innerTagDiffers)(rc::Random(1), 0).value();
  EXPECT_THAT(shown(faulted), ::testing::StartsWith("inner-tag-differs in "));
  EXPECT_THAT(shown(faulted), ::testing::HasSubstr("\nexpected: malformed, union-tag-mismatch at "));
  const std::size_t at = static_cast<std::size_t>(faulted.faulted.expected.event.error().offset);
  EXPECT_THAT(shown(faulted), ::testing::EndsWith(test::hex_rows(faulted.faulted.bytes, at)));
  const auto labelled =
      test::labelled_input({.format = Format::ndr64, .malformed_percent = 100})(rc::Random(1), 0).value();
  EXPECT_THAT(shown(labelled), ::testing::StartsWith("ndr64 revision "));
  EXPECT_THAT(shown(labelled), ::testing::HasSubstr(", fault " + labelled->fault + "\nexpected: malformed, "));
  const auto broken = test::broken_event(sim::Fault::subnetIsNull)(rc::Random(1), 0).value();
  EXPECT_THAT(shown(broken), ::testing::StartsWith("subnet-null of "));
  EXPECT_THAT(shown(broken), ::testing::EndsWith(to_json(broken.event)));
}

TEST(Generators, MakeFaultedMessagesOfTheFormatAsked) {
  for (std::uint64_t seed = 1; seed <= 50; ++seed)
    EXPECT_EQ(test::faulted_message(Format::native32)(rc::Random(seed), 0).value().options().format, Format::native32);
  EXPECT_THROW((void)test::faulted_message(sim::Fault::innerTagDiffers, Format::native64), std::invalid_argument);
}

TEST(Generators, PrintEventsAsJson) {
  const auto event = test::any_event()(rc::Random(1), 0).value();
  std::ostringstream out;
  rc::show(event, out);
  EXPECT_EQ(out.str(), to_json(*event));
}

TEST(Combinations, AreAll144AndEachIsValid) {
  const auto all = test::all_combinations();
  EXPECT_EQ(all.size(), 144u);
  std::set<std::string> names;
  for (const auto& combination : all) {
    names.insert(test::test_name(::testing::TestParamInfo<test::Combination>(combination, 0)));
    EXPECT_TRUE(validate(combination.event()).empty());
  }
  EXPECT_EQ(names.size(), 144u);
  std::set<std::string> events;
  for (const auto& combination : all) {
    const Event event = combination.event(Revision::r1);
    EXPECT_EQ(event.revision, Revision::r1);
    EXPECT_EQ(event.failurePoint, combination.failurePoint);
    EXPECT_EQ(event.keyingModuleType, combination.keyingModuleType);
    EXPECT_EQ(event.qmState, combination.qmState);
    EXPECT_EQ(event.saRole, combination.saRole);
    EXPECT_EQ(event.saTrafficType, combination.saTrafficType);
    events.insert(to_json(event));
  }
  EXPECT_EQ(events.size(), 144u);
  EXPECT_TRUE(names.contains("PeerIkev2FinalResponderTunnel"));
}

class EveryFault : public ::testing::TestWithParam<sim::Fault> {};

TEST_P(EveryFault, OccursInEachOfItsFormats) {
  // Some event of each format has a site for it.
  for (const Format format : sim::info(GetParam()).formats) {
    bool occurs = false;
    for (std::uint64_t seed = 1; seed <= 3000 && !occurs; ++seed) {
      sim::RandomChoices choices(seed);
      std::pmr::monotonic_buffer_resource storage;
      const Event event = sim::generate(choices, sim::Profile{}.for_format(format), storage);
      sim::EncodeOptions options;
      options.format = format;
      sim::EncodedMessage message;
      if (sim::encode(event, options, message)) occurs = !sim::sites(GetParam(), message).empty();
    }
    EXPECT_TRUE(occurs) << to_string(format);
  }
}
INSTANTIATE_TEST_SUITE_P(Catalogue, EveryFault, ::testing::ValuesIn(test::all_faults()), test::test_name);

std::vector<std::byte> encoded(const Event& event) {
  std::vector<std::byte> bytes;
  EXPECT_TRUE(sim::encode(event, {}, bytes));
  return bytes;
}

/// The explanation of a matcher that does not match `value`.
template <class Matcher, class T>
std::string explanation(const Matcher& matcher, const T& value) {
  ::testing::StringMatchResultListener listener;
  return ::testing::ExplainMatchResult(matcher, value, &listener) ? "matches" : listener.str();
}

TEST(Matchers, AcceptBytesOfAnyType) {
  const Event event = test::make_transport_event();
  std::vector<std::uint8_t> bytes;
  for (const std::byte b : encoded(event)) bytes.push_back(std::to_integer<std::uint8_t>(b));
  EXPECT_THAT(bytes, test::DecodesTo(event));
  EXPECT_THAT(std::span(bytes).first(3), test::IsMalformed(ErrorCode::truncated, 2));
  EXPECT_THAT(std::string(bytes.begin(), bytes.end()), test::DecodesTo(event));
}

TEST(Matchers, AcceptMatchingValues) {
  using namespace test;
  const Event event = all_combinations().back().event();
  EXPECT_THAT(encoded(event), DecodesTo(event));
  std::vector<std::byte> bytes = encoded(event);
  bytes[40] ^= std::byte{1};
  EXPECT_THAT(bytes, IsMalformed(ErrorCode::unionTagMismatch, 40));
  Event invalid = event;
  invalid.localSubNet.is_null = true;
  EXPECT_THAT(invalid, HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"));
  EXPECT_THAT(invalid, ::testing::Not(HasFinding(Rule::subnetNull, "remoteSubNet.v4AddrMask")));
  EXPECT_THAT(invalid, ::testing::Not(HasFinding(Rule::subnetNull, "localSubNet")));
  EXPECT_THAT(invalid, ::testing::Not(HasFinding(Rule::subnetType, "localSubNet.v4AddrMask")));
  for (const std::uint64_t offset : {39U, 41U})
    EXPECT_THAT(bytes, ::testing::Not(IsMalformed(ErrorCode::unionTagMismatch, offset)));
}

TEST(Matchers, ShowTheBytesAndWhereTheyAreWrong) {
  using namespace test;
  const Event event = all_combinations().back().event();
  std::vector<std::byte> bytes = encoded(event);
  bytes[40] ^= std::byte{1};
  const std::string said = explanation(DecodesTo(event), bytes);
  EXPECT_THAT(said, ::testing::HasSubstr("union-tag-mismatch at 40, field 'localSubNet'"));
  EXPECT_THAT(said, ::testing::HasSubstr("\n   32  01 00 00 00 01 00 00 00>00 00 00 00"));
  EXPECT_THAT(explanation(IsMalformed(ErrorCode::truncated, 40), bytes),
              ::testing::HasSubstr("union-tag-mismatch at 40"));
  EXPECT_THAT(explanation(IsMalformed(ErrorCode::truncated, 40), encoded(event)), ::testing::HasSubstr("decodes to {"));
  EXPECT_EQ(explanation(HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"), event), "no findings");
}

TEST(Matchers, RequireTheSameEvent) {
  using namespace test;
  const Event event = all_combinations().back().event();
  Event other = event;
  other.qmFilterId ^= 1;
  const std::string said = explanation(DecodesTo(other), encoded(event));
  EXPECT_THAT(said, ::testing::StartsWith("decodes to {"));
  EXPECT_THAT(said, ::testing::HasSubstr("\n    0  01 10 08 00"));
}

TEST(Matchers, RequireTheOffsetAndTheCode) {
  using namespace test;
  std::vector<std::byte> bytes = encoded(all_combinations().back().event());
  bytes[40] ^= std::byte{1};
  EXPECT_THAT(explanation(IsMalformed(ErrorCode::unionTagMismatch, 44), bytes),
              ::testing::HasSubstr("union-tag-mismatch at 40"));
}

TEST(Matchers, MarkWhereTheInputEnds) {
  using namespace test;
  DecodeOptions options;
  options.format = Format::ndr20Body;
  const std::vector<std::byte> bytes(4);
  EXPECT_THAT(bytes, IsMalformed(ErrorCode::truncated, 4, options));
  EXPECT_THAT(explanation(IsMalformed(ErrorCode::truncated, 0, options), bytes),
              ::testing::EndsWith("\n    0  00 00 00 00>"));
}

TEST(Matchers, FindOneFindingAmongOthers) {
  using namespace test;
  Event event = all_combinations().back().event();
  event.failureErrorCode = 0;
  event.localSubNet.is_null = true;
  event.remoteSubNet.is_null = true;
  EXPECT_THAT(event, HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"));
  EXPECT_THAT(event, HasFinding(Rule::subnetNull, "remoteSubNet.v4AddrMask"));
  EXPECT_THAT(event, HasFinding(Rule::errorCodeSuccess, "failureErrorCode"));
  EXPECT_EQ(explanation(HasFinding(Rule::errorCodeSuccess, "localSubNet.v4AddrMask"), event),
            "subnet-null of localSubNet.v4AddrMask; subnet-null of remoteSubNet.v4AddrMask; "
            "error-code-success of failureErrorCode; ");
}

}  // namespace
}  // namespace qmforge
