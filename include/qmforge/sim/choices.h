// Choices: the sources of answers to the questions that the grammar of events asks.
//
// The grammar (generate.h) is a function from answers to an event. Every question is "a number below `count`?", and 0
// is always the simplest answer, so an event shrinks by making its answers smaller and fewer. The sources are:
//
//     RandomChoices     a seed                      the same answers on every compiler and platform
//     Odometer          every answer in turn        odometer.h
//     ByteChoices       the bytes of a fuzzer
//     ReplayedChoices   recorded numbers            what a property test keeps and shrinks
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace qmforge::sim {

/// The kind of a question. RandomChoices favours some answers to one kind of question over others; every other source
/// ignores the kind.
enum class Question : std::uint8_t {
  uniform,  // all answers are equally likely
  revision,
  failurePoint,
  keyingModuleType,
  qmState,
  saRole,
  trafficType,
  errorCode,
  subnetKind,
  otherType,
  valueType,
  null,
  integer,
  v4Mask,
  v4Address,
  v6Prefix,
  v6Address,
  hostBits,
  length,
  bytes,
  text,
  unit,
  subAuthorityCount,
  authority,
  sidCount,
  format,
  fault,
};
inline constexpr std::size_t question_count = static_cast<std::size_t>(Question::fault) + 1;

/// A source of answers.
class Choices {
 public:
  virtual ~Choices() = default;

  /// A number in [0, count); 0 is the simplest. A `count` of 0 means 2^64: any number. A question that has only one
  /// answer is not asked.
  [[nodiscard]] std::uint64_t choose(std::uint64_t count, Question question = Question::uniform) {
    return count == 1 ? 0 : answer(count, question);
  }

  /// True or false; false is the simpler.
  [[nodiscard]] bool coin(Question question = Question::uniform) { return choose(2, question) != 0; }
  /// True once in `n` times, if all answers are equally likely.
  [[nodiscard]] bool one_in(std::uint64_t n) { return choose(n) == n - 1; }
  /// Any number of `bits` bits (1 to 64).
  [[nodiscard]] std::uint64_t bits(unsigned bits) { return choose(bits == 64 ? 0 : std::uint64_t{1} << bits); }
  /// One of some values, the simplest first.
  template <class T, std::size_t n>
  [[nodiscard]] T one_of(const std::array<T, n>& values, Question question = Question::uniform) {
    return values[static_cast<std::size_t>(choose(n, question))];
  }

  /// An edge case among the numbers of `width` bits (8, 16, 32 or 64): 0, 1, all ones, the sign bit and its neighbours
  /// …
  [[nodiscard]] std::uint64_t edge(unsigned width) { return nth_edge(choose(edge_count), width); }
  /// A number of `width` bits (8, 16, 32 or 64): half of them are edge cases, single bits and small numbers.
  [[nodiscard]] std::uint64_t integer(unsigned width);

  static constexpr std::uint64_t edge_count = 7;

 protected:
  Choices() = default;
  Choices(const Choices&) = default;
  Choices& operator=(const Choices&) = default;

 private:
  [[nodiscard]] static std::uint64_t nth_edge(std::uint64_t n, unsigned width);
  /// The answer to a question that has more than one.
  [[nodiscard]] virtual std::uint64_t answer(std::uint64_t count, Question question) = 0;
};

/// Random answers from a seed: std::mt19937_64 and our own mapping to ranges.
///
/// They are swarm-weighted: each seed switches off about a quarter of the answers to each kind of question and weights
/// the others by 1, 2, 4 or 8. So one seed's events are full of shapes that another seed's events hardly have, and rare
/// shapes occur together. Answers to Question::uniform are uniform.
class RandomChoices final : public Choices {
 public:
  explicit RandomChoices(std::uint64_t seed) { reseed(seed); }
  void reseed(std::uint64_t seed);

 private:
  static constexpr unsigned table_bits = 8;

  struct Weights {
    std::uint8_t count = 0;  // the number of answers that the table was made for; 0: not made yet
    std::array<std::uint8_t, std::size_t{1} << table_bits> answers;  // each as often as its weight
  };

  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Question question) override;
  [[nodiscard]] std::uint32_t take(unsigned bits);  // the next 1 to 32 random bits
  void weigh(Weights& weights, Question question, std::uint8_t count) const;

  std::mt19937_64 engine_;
  std::uint64_t seed_ = 0;
  std::uint64_t pool_ = 0;  // random bits that are drawn but not yet used
  unsigned pool_bits_ = 0;
  std::array<Weights, question_count> weights_{};
};

/// A fuzzer's bytes as answers. A question takes as few bytes as can hold every answer (none if there is only one),
/// little-endian; the answer is their remainder by `count`. After the last byte every answer is 0.
class ByteChoices final : public Choices {
 public:
  explicit ByteChoices(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  /// The bytes that no question has used yet.
  [[nodiscard]] std::span<const std::uint8_t> rest() const { return rest_; }

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Question question) override;

  std::span<const std::uint8_t> rest_;
};

/// Recorded numbers as answers. A number that is too large for its question counts as the largest answer; after the
/// last number every answer is 0. So a shorter list, or one of smaller numbers, gives a simpler event.
class ReplayedChoices final : public Choices {
 public:
  explicit ReplayedChoices(std::span<const std::uint64_t> answers) : rest_(answers) {}

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Question question) override;

  std::span<const std::uint64_t> rest_;
};

/// Returns another source's answers and records them.
///
/// Law ReplayedAnswersGiveTheSameEvent: ReplayedChoices(answers()) and ByteChoices(bytes())
/// give the same event again.
class RecordedChoices final : public Choices {
 public:
  explicit RecordedChoices(Choices& source) : source_(source) {}

  [[nodiscard]] const std::vector<std::uint64_t>& answers() const { return answers_; }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Question question) override;

  Choices& source_;
  std::vector<std::uint64_t> answers_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace qmforge::sim
