// Sources of answers: their guarantees, and that they are the same on every platform.
#include "qmforge/sim/choices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <vector>

#include "qmforge/sim/odometer.h"

namespace qmforge::sim {
namespace {

constexpr std::array<std::uint64_t, 14> counts = {
    1, 2, 3, 7, 10, 24, 255, 256, 257, 65536, 0x100000000, 0, std::uint64_t{1} << 63, 0xffff};

std::vector<std::uint64_t> draw(Choices& choices, int n) {
  std::vector<std::uint64_t> drawn;
  for (int i = 0; i < n; ++i) drawn.push_back(choices.choose(counts[static_cast<std::size_t>(i) % counts.size()]));
  return drawn;
}

TEST(RandomChoices, AnswersAreBelowTheirCount) {
  RandomChoices choices(1);
  for (int round = 0; round < 1000; ++round)
    for (const std::uint64_t count : counts) {
      const std::uint64_t answer = choices.choose(count);
      ASSERT_TRUE(count == 0 || answer < count) << answer << " of " << count;
      if (count != 0 && count <= 24) {
        ASSERT_LT(choices.choose(count, Question::unit), count);
      }
    }
}

TEST(RandomChoices, EqualSeedsGiveEqualAnswers) {
  RandomChoices a(7);
  RandomChoices b(7);
  const auto first = draw(a, 1000);
  EXPECT_EQ(first, draw(b, 1000));
  a.reseed(7);
  EXPECT_EQ(first, draw(a, 1000));
  a.reseed(8);
  EXPECT_NE(first, draw(a, 1000));
}

// The mapping from std::mt19937_64 to ranges: 32-bit and 16-bit slices from the low end of each number.
TEST(RandomChoices, MapEngineOutputToRanges) {
  RandomChoices choices(1);
  std::mt19937_64 engine(0x910a2dec89025cc1);  // splitmix64 of the seed 1
  const std::uint64_t first = engine();
  EXPECT_EQ(choices.choose(100), (first & 0xffff) * 100 >> 16);
  EXPECT_EQ(choices.choose(1), 0U) << "a question with one answer uses no bits";
  EXPECT_EQ(choices.choose(1000), (first >> 16 & 0xffffffff) * 1000 >> 32);
  EXPECT_EQ(choices.choose(256), first >> 56);
  EXPECT_EQ(choices.choose(0), engine());
  EXPECT_EQ(choices.choose(std::uint64_t{1} << 40), engine() % (std::uint64_t{1} << 40));
}

TEST(RandomChoices, AnswersToUniformQuestionsAreUniform) {
  RandomChoices choices(3);
  std::array<int, 10> seen{};
  for (int i = 0; i < 100000; ++i) ++seen[static_cast<std::size_t>(choices.choose(10))];
  for (const int n : seen) EXPECT_NEAR(n, 10000, 500);
}

TEST(RandomChoices, EachSeedSwitchesSomeAnswersOffAndWeightsTheRest) {
  constexpr int seeds = 400;
  constexpr std::size_t answers = 8;
  std::array<int, answers> off{};
  std::array<int, answers> favoured{};
  RandomChoices choices(0);
  for (int seed = 0; seed < seeds; ++seed) {
    choices.reseed(static_cast<std::uint64_t>(seed));
    std::array<int, answers> seen{};
    for (int i = 0; i < 1000; ++i) ++seen[static_cast<std::size_t>(choices.choose(answers, Question::length))];
    for (std::size_t a = 0; a < answers; ++a) {
      off[a] += seen[a] == 0;
      favoured[a] += seen[a] > 300;
    }
  }
  for (std::size_t a = 0; a < answers; ++a) {
    EXPECT_NEAR(off[a], seeds / 4, seeds / 10) << "answer " << a;
    EXPECT_GT(favoured[a], seeds / 20) << "answer " << a;
  }
}

TEST(RandomChoices, EveryEnabledAnswerOccurs) {
  RandomChoices choices(0);
  std::set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    choices.reseed(seed);
    for (int i = 0; i < 2000; ++i) seen.insert(choices.choose(32, Question::otherType));
  }
  EXPECT_EQ(seen.size(), 32U);
}

TEST(Choices, IntegersReachEveryEdgeCase) {
  RandomChoices choices(0);
  for (const unsigned bits : {8U, 16U, 32U, 64U}) {
    const std::uint64_t ones = ~std::uint64_t{0} >> (64 - bits);
    const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
    std::map<std::uint64_t, int> seen;
    constexpr int total = 20000;
    for (int i = 0; i < total; ++i) {
      if (i % 64 == 0) choices.reseed(static_cast<std::uint64_t>(i));
      const std::uint64_t n = choices.integer(bits);
      ASSERT_LE(n, ones);
      ++seen[n];
    }
    for (const std::uint64_t edge : {std::uint64_t{0}, std::uint64_t{1}, ones, ones - 1, sign, sign - 1, sign + 1})
      EXPECT_GT(seen[edge], total / 50) << edge << " of " << bits << " bits";
    if (bits >= 32) {
      EXPECT_GT(seen.size(), static_cast<std::size_t>(total / 20)) << bits;
    }
  }
}

TEST(ByteChoices, TakesAsFewBytesAsHoldTheAnswer) {
  const std::array<std::uint8_t, 20> bytes = {7, 0x34, 0x12, 1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0x78, 0x56, 0x34, 0x12};
  ByteChoices choices(bytes);
  EXPECT_EQ(choices.choose(1), 0U);
  EXPECT_EQ(choices.choose(5), 2U) << "7 by 5";
  EXPECT_EQ(choices.choose(65536), 0x1234U);
  EXPECT_EQ(choices.choose(0), 0x0807060504030201U);
  EXPECT_EQ(choices.choose(256), 255U);
  EXPECT_EQ(choices.choose(0x100000000), 0x12345678U);
  EXPECT_EQ(choices.rest().size(), 4U);
}

TEST(ByteChoices, AnswersAreZeroAfterTheLastByte) {
  const std::array<std::uint8_t, 1> bytes = {9};
  ByteChoices choices(bytes);
  EXPECT_EQ(choices.choose(0), 9U) << "missing bytes count as 0";
  EXPECT_EQ(choices.choose(10), 0U);
  EXPECT_EQ(choices.choose(0), 0U);
  EXPECT_TRUE(choices.rest().empty());
}

TEST(ReplayedChoices, ClampsAnswersAndContinuesWithZeros) {
  const std::array<std::uint64_t, 3> answers = {4, 400, 5};
  ReplayedChoices choices(answers);
  EXPECT_EQ(choices.choose(10), 4U);
  EXPECT_EQ(choices.choose(1), 0U) << "a question with one answer uses no number";
  EXPECT_EQ(choices.choose(10), 9U);
  EXPECT_EQ(choices.choose(0), 5U);
  EXPECT_EQ(choices.choose(10), 0U);
}

TEST(RecordedChoices, ReplaysFromNumbersAndFromBytes) {
  RandomChoices random(11);
  RecordedChoices recorded(random);
  const auto drawn = draw(recorded, 500);
  ReplayedChoices replayed(recorded.answers());
  EXPECT_EQ(drawn, draw(replayed, 500));
  ByteChoices bytes(recorded.bytes());
  EXPECT_EQ(drawn, draw(bytes, 500));
  EXPECT_TRUE(bytes.rest().empty());
}

TEST(Odometer, WalksEverySequenceOnce) {
  // Three kinds of sequence: 0, one of 3, one of 2; then 1 alone; then 2, one of 4, and a question with one answer.
  std::set<std::vector<std::uint64_t>> seen;
  int sequences = 0;
  Odometer odometer;
  do {
    std::vector<std::uint64_t> answers = {odometer.choose(3)};
    if (answers[0] == 0) {
      answers.push_back(odometer.choose(3));
      answers.push_back(odometer.choose(2));
    } else if (answers[0] == 2) {
      answers.push_back(odometer.choose(4));
      answers.push_back(odometer.choose(1));
    }
    seen.insert(answers);
    ++sequences;
  } while (odometer.next());
  EXPECT_EQ(sequences, 3 * 2 + 1 + 4);
  EXPECT_EQ(seen.size(), 11U);
}

TEST(Odometer, HasOneSequenceIfNothingIsAsked) {
  Odometer odometer;
  EXPECT_EQ(odometer.choose(1), 0U);
  EXPECT_FALSE(odometer.next());
}

}  // namespace
}  // namespace qmforge::sim
