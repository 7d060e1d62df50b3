// Two faults in one message: the first in wire order is reported.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "sim/fault_answers.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

/// The first, the last and one between them.
std::vector<FaultAt> some_places(Fault fault, const EncodedMessage& message) {
  const std::vector<Site> all = sites(fault, message);
  if (all.empty()) return {};
  std::vector<FaultAt> places = {{fault, all.front()}};
  if (all.size() > 2) places.push_back({fault, all[all.size() / 2]});
  if (all.size() > 1) places.push_back({fault, all.back()});
  return places;
}

std::vector<FaultAt> some_places(const EncodedMessage& message) {
  std::vector<FaultAt> places;
  for (const FaultInfo& entry : fault_catalogue())
    for (const FaultAt& placed : some_places(entry.fault, message)) places.push_back(placed);
  return places;
}

std::vector<Event> pair_events() {
  std::vector<Event> events;
  for (const std::string_view shape : {"transport", "tunnel_v4", "tunnel_blob5", "tunnel_token", "tunnel_str"})
    events.push_back(known_event(shape));
  ConditionValue range(DataType::range);
  range.rangeValue.valueLow = Value(DataType::sid);
  range.rangeValue.valueLow.arm.sid = administrators();
  range.rangeValue.valueHigh = Value(DataType::unicodeString);
  range.rangeValue.valueHigh.arm.unicodeString = Utf16View(std::span(u"pair", 4));
  events.push_back(tunnel_event(test::v6({0xfe, 0x80}, 64), range));
  events.back().revision = Revision::r1;
  return events;
}

class Pairs : public ::testing::TestWithParam<EncodeOptions> {};

TEST_P(Pairs, AreReportedAlikeByBothDecoders) {
  std::uint64_t pairs = 0;
  EncodedMessage message;
  for (const Event& event : pair_events()) {
    ASSERT_TRUE(encode(event, GetParam(), message));
    const std::vector<FaultAt> places = some_places(message);
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (std::size_t j = i + 1; j < places.size(); ++j) {
        const auto both = apply_both(places[i], places[j], message);
        if (!both) continue;
        ++pairs;
        ASSERT_TRUE(gives_expected(message, *both)) << described(places[i]) << " and " << described(places[j]);
        ASSERT_EQ(revert(*both), message.bytes) << described(places[i]) << " and " << described(places[j]);
        const auto swapped = apply_both(places[j], places[i], message);
        ASSERT_TRUE(swapped.has_value());
        ASSERT_EQ(swapped->bytes, both->bytes) << described(places[i]) << " and " << described(places[j]);
      }
    }
  }
  EXPECT_GT(pairs, 500U);
  std::printf("%s: %llu pairs\n", std::string(to_string(GetParam().format)).c_str(),
              static_cast<unsigned long long>(pairs));
}

INSTANTIATE_TEST_SUITE_P(In, Pairs, ::testing::ValuesIn(canonical_forms()), form_name);

class PairRule : public ::testing::Test {
 protected:
  PairRule() { EXPECT_TRUE(encode(known_event("tunnel_blob5"), {}, message_)); }

  DecodeError reported(Fault first, Fault second) {
    const auto both = apply_both(some_places(first, message_).back(), some_places(second, message_).back(), message_);
    EXPECT_TRUE(both.has_value());
    return both ? both->expected.event.error() : DecodeError{};
  }
  bool is_pair(Fault first, Fault second) {
    return apply_both(some_places(first, message_).back(), some_places(second, message_).front(), message_).has_value();
  }

  EncodedMessage message_;
};

TEST_F(PairRule, TheHeaderComesBeforeTheBody) {
  EXPECT_EQ(reported(Fault::innerTagDiffers, Fault::headerLength).code, ErrorCode::headerLength);
  EXPECT_EQ(reported(Fault::headerVersion, Fault::headerLength).code, ErrorCode::headerVersion);
  EXPECT_EQ(reported(Fault::objectLengthLong, Fault::outerTagDiffers).code, ErrorCode::objectLength);
}

TEST_F(PairRule, TheBodyComesBeforeTrailingBytes) {
  EXPECT_EQ(reported(Fault::bytesAfterObject, Fault::maxCountDiffers).code, ErrorCode::arrayCountMismatch);
  EXPECT_EQ(reported(Fault::bytesAfterLength, Fault::innerTagDiffers).code, ErrorCode::unionTagMismatch);
}

TEST_F(PairRule, WithinTheBodyTheFirstFieldIsReported) {
  EXPECT_EQ(reported(Fault::maxCountDiffers, Fault::trafficTypeDiffers).field, Step::localSubNet);
  const auto both = apply_both(some_places(Fault::typeUnknown, message_).front(),
                               some_places(Fault::outerTagDiffers, message_).back(), message_);
  ASSERT_TRUE(both.has_value());
  EXPECT_EQ(both->expected.event.error().code, ErrorCode::unionTagUnknown) << "localSubNet.type before remoteSubNet";
}

TEST_F(PairRule, ATruncatedInputIsAnObjectLengthErrorWhateverTheBodyHolds) {
  const std::vector<Site> lengths = sites(Fault::truncatedInput, message_);
  const auto both = apply_both({Fault::truncatedInput, lengths[message_.bytes.size() - 1]},
                               some_places(Fault::innerTagDiffers, message_).front(), message_);
  ASSERT_TRUE(both.has_value());
  EXPECT_EQ(both->expected.event.error().code, ErrorCode::objectLength);
}

TEST_F(PairRule, SomeFaultsCannotBeCombined) {
  const FaultAt unknown = some_places(Fault::typeUnknown, message_).front();
  EXPECT_FALSE(apply_both(unknown, unknown, message_).has_value()) << "the same bytes";
  EXPECT_FALSE(is_pair(Fault::sizeIsDiffers, Fault::maxCountDiffers)) << "reported at the same wire field";
  EXPECT_FALSE(is_pair(Fault::objectLengthShort, Fault::truncatedInput)) << "both are about lengths";
  EXPECT_FALSE(is_pair(Fault::innerTagAbsent, Fault::headerVersion)) << "one moves what follows";
  EXPECT_FALSE(is_pair(Fault::failurePointOutOfRange, Fault::headerVersion)) << "breaks a rule of the validator";
}

}  // namespace
}  // namespace qmforge::sim
