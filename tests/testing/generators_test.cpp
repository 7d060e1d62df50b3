// The generators that others use: what they reach, how they shrink, and how it is shown.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <sstream>
#include <string>

#include "qmforge/decode.h"
#include "qmforge/names.h"
#include "qmforge/sim/encode.h"
#include "qmforge/testing/gtest.h"
#include "qmforge/testing/rapidcheck.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

using qmforge::testing::Owned;

/// The value at the end of the shortest way down: each time the first simpler value for which `fails` holds.
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

/// A failing value of `gen` and what becomes of it.
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
  const auto gen = qmforge::testing::any_event();
  for (std::uint64_t seed = 1; seed <= 6000; ++seed) {
    const Owned<Event> event = gen(rc::Random(seed), 0).value();
    filters.insert(event->qmFilterId);
    if (!event->has_subnets()) continue;
    for (const ConditionValue* subnet : {&event->localSubNet, &event->remoteSubNet}) {
      shapes.emplace(subnet->type, subnet->isNull);
      if (subnet->type == DataType::v6AddrMask && !subnet->isNull) prefixes.insert(subnet->v6AddrMask.prefixLength);
    }
  }
  EXPECT_EQ(shapes.size(), 24u + 15u);
  for (const std::uint64_t edge : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{1} << 63})
    EXPECT_TRUE(filters.contains(edge)) << edge;
  for (const int edge : {0, 127, 128, 129}) EXPECT_TRUE(prefixes.contains(static_cast<std::uint8_t>(edge))) << edge;
}

TEST(Generators, ShrinkToTheSimplestEventThatStillFails) {
  // A handler that cannot bear a NULL remote mask.
  const auto event = simplest_failure(qmforge::testing::any_event(), [](const Owned<Event>& e) {
    return e->has_subnets() && e->remoteSubNet.type == DataType::v6AddrMask && e->remoteSubNet.isNull;
  });
  EXPECT_EQ(event->failurePoint, FailurePoint::none);
  EXPECT_EQ(event->qmFilterId, 0u);
  // The other subnet has nothing to do with it, so it holds nothing, or the simplest mask.
  const ConditionValue& local = event->localSubNet;
  EXPECT_TRUE(local.type == DataType::empty ||
              (local.type == DataType::v4AddrMask && !local.isNull && local.v4AddrMask.addr == 0))
      << to_json(*event);
}

TEST(Generators, ShrinkNumbersToTheirLimit) {
  const auto event =
      simplest_failure(qmforge::testing::any_event(), [](const Owned<Event>& e) { return e->qmFilterId >= 1'000'000; });
  EXPECT_FALSE(event->has_subnets());
  EXPECT_GE(event->qmFilterId, 1'000'000u);
}

RC_GTEST_PROP(Generators, KeepTheirPromises, ()) {
  RC_ASSERT(!validate(**testing::valid_event()).has_error());
  RC_ASSERT(validate(**testing::clean_event()).empty());
  const auto type = *rc::gen::element(DataType::v4AddrMask, DataType::v6AddrMask);
  RC_ASSERT((*testing::subnet_of(type))->type == type);
}

RC_GTEST_PROP(Generators, AreWhatRapidCheckTakesByItself, (const Owned<ConditionValue>& subnet)) {
  // A subnet of this type and no other equals it.
  RC_ASSERT(*subnet == ConditionValue(*subnet));
  const auto input = *rc::gen::arbitrary<testing::LabelledInput>();
  RC_ASSERT(&*input == input.operator->());
  DecodeOptions options;
  options.format = input->format;
  options.revision = input->revision;
  options.imageBase = sim::set_image_base;
  const auto decoded = decode(input->bytes, options);
  RC_ASSERT((decoded == input->expected));
}

TEST(Generators, ShowEventsAsJson) {
  const auto event = qmforge::testing::any_event()(rc::Random(1), 0).value();
  std::ostringstream out;
  rc::show(event, out);
  EXPECT_EQ(out.str(), to_json(*event));
}

TEST(Combinations, AreAll144AndEachIsValid) {
  const auto all = qmforge::testing::all_combinations();
  EXPECT_EQ(all.size(), 144u);
  std::set<std::string> names;
  for (const auto& combination : all) {
    names.insert(qmforge::testing::test_name(::testing::TestParamInfo<qmforge::testing::Combination>(combination, 0)));
    EXPECT_TRUE(validate(combination.event()).empty());
  }
  EXPECT_EQ(names.size(), 144u);
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
      sim::Encoded message;
      if (sim::encode(event, options, message)) occurs = !sim::sites(GetParam(), message).empty();
    }
    EXPECT_TRUE(occurs) << name(format);
  }
}
INSTANTIATE_TEST_SUITE_P(Catalogue, EveryFault, ::testing::ValuesIn(qmforge::testing::all_faults()),
                         qmforge::testing::test_name);

std::vector<std::byte> encoded(const Event& event) {
  std::vector<std::byte> bytes;
  EXPECT_TRUE(sim::encode(event, {}, bytes));
  return bytes;
}

/// What a matcher says of `value` when it does not match.
template <class Matcher, class T>
std::string complaint(const Matcher& matcher, const T& value) {
  ::testing::StringMatchResultListener listener;
  return ::testing::ExplainMatchResult(matcher, value, &listener) ? "matches" : listener.str();
}

TEST(Matchers, AcceptWhatIsSo) {
  using namespace qmforge::testing;
  const Event event = all_combinations().back().event();
  EXPECT_THAT(encoded(event), DecodesTo(event));
  std::vector<std::byte> bytes = encoded(event);
  bytes[40] ^= std::byte{1};
  EXPECT_THAT(bytes, IsMalformed(ErrorCode::unionTagMismatch, 40));
  Event odd = event;
  odd.localSubNet.isNull = true;
  EXPECT_THAT(odd, HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"));
}

TEST(Matchers, ShowTheBytesAndWhereTheyAreWrong) {
  using namespace qmforge::testing;
  const Event event = all_combinations().back().event();
  std::vector<std::byte> bytes = encoded(event);
  bytes[40] ^= std::byte{1};
  const std::string said = complaint(DecodesTo(event), bytes);
  EXPECT_THAT(said, ::testing::HasSubstr("union-tag-mismatch at 40, field 'localSubNet'"));
  EXPECT_THAT(said, ::testing::HasSubstr("\n   32  01 00 00 00 01 00 00 00>00 00 00 00"));
  EXPECT_THAT(complaint(IsMalformed(ErrorCode::truncated, 40), bytes),
              ::testing::HasSubstr("union-tag-mismatch at 40"));
  EXPECT_THAT(complaint(IsMalformed(ErrorCode::truncated, 40), encoded(event)), ::testing::HasSubstr("decodes to {"));
  EXPECT_EQ(complaint(HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"), event), "no findings");
}

TEST(Matchers, WantTheSameEvent) {
  using namespace qmforge::testing;
  const Event event = all_combinations().back().event();
  Event other = event;
  other.qmFilterId ^= 1;
  const std::string said = complaint(DecodesTo(other), encoded(event));
  EXPECT_THAT(said, ::testing::StartsWith("decodes to {"));
  EXPECT_THAT(said, ::testing::HasSubstr("\n    0  01 10 08 00"));
}

TEST(Matchers, WantTheOffsetAsWellAsTheCode) {
  using namespace qmforge::testing;
  std::vector<std::byte> bytes = encoded(all_combinations().back().event());
  bytes[40] ^= std::byte{1};
  EXPECT_THAT(complaint(IsMalformed(ErrorCode::unionTagMismatch, 44), bytes),
              ::testing::HasSubstr("union-tag-mismatch at 40"));
}

TEST(Matchers, MarkWhereTheInputEnds) {
  using namespace qmforge::testing;
  DecodeOptions options;
  options.format = Format::ndr20Body;
  const std::vector<std::byte> bytes(4);
  EXPECT_THAT(bytes, IsMalformed(ErrorCode::truncated, 4, options));
  EXPECT_THAT(complaint(IsMalformed(ErrorCode::truncated, 0, options), bytes),
              ::testing::EndsWith("\n    0  00 00 00 00>"));
}

TEST(Matchers, FindOneFindingAmongOthers) {
  using namespace qmforge::testing;
  Event event = all_combinations().back().event();
  event.failureErrorCode = 0;
  event.localSubNet.isNull = true;
  event.remoteSubNet.isNull = true;
  EXPECT_THAT(event, HasFinding(Rule::subnetNull, "localSubNet.v4AddrMask"));
  EXPECT_THAT(event, HasFinding(Rule::subnetNull, "remoteSubNet.v4AddrMask"));
  EXPECT_THAT(event, HasFinding(Rule::errorCodeSuccess, "failureErrorCode"));
  EXPECT_EQ(complaint(HasFinding(Rule::errorCodeSuccess, "localSubNet.v4AddrMask"), event),
            "subnet-null of localSubNet.v4AddrMask; subnet-null of remoteSubNet.v4AddrMask; "
            "error-code-success of failureErrorCode; ");
}

}  // namespace
}  // namespace qmforge
