// Choices: what the grammar of events asks, and who answers.
//
// The grammar (generate.h) is a function from answers to an event. Every question is "a number below `count`?", and 0
// always stands for the simplest answer, so an event shrinks by making its answers smaller and fewer. Who answers:
//
//     RandomChoices     a seed                     the same on every compiler and platform
//     Odometer          every answer in turn       odometer.h
//     ByteChoices       a fuzzer's bytes
//     ReplayedChoices   numbers written down       what a property test keeps and shrinks
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace qmforge::sim {

/// What a question is about. A source of random answers may favour some answers to one kind of question over others;
/// every other source ignores it.
enum class Point : std::uint8_t {
  plain,  // nothing to favour
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
inline constexpr std::size_t point_count = static_cast<std::size_t>(Point::fault) + 1;

/// A source of answers.
class Choices {
 public:
  virtual ~Choices() = default;

  /// A number in [0, count); 0 is the simplest. A `count` of 0 stands for 2^64: any number at all. A question with only
  /// one answer is not asked.
  [[nodiscard]] std::uint64_t choose(std::uint64_t count, Point point = Point::plain) {
    return count == 1 ? 0 : answer(count, point);
  }

  /// Yes or no; no is the simpler.
  [[nodiscard]] bool yes(Point point = Point::plain) { return choose(2, point) != 0; }
  /// Yes once in `n` times, when all answers are equally likely.
  [[nodiscard]] bool once_in(std::uint64_t n) { return choose(n) == n - 1; }
  /// Any number of `bits` bits (1 to 64).
  [[nodiscard]] std::uint64_t bits(unsigned bits) { return choose(bits == 64 ? 0 : std::uint64_t{1} << bits); }
  /// One of some values, the simplest first.
  template <class T, std::size_t n>
  [[nodiscard]] T one_of(const std::array<T, n>& values, Point point = Point::plain) {
    return values[static_cast<std::size_t>(choose(n, point))];
  }

  /// An edge of the numbers of `width` bits (8, 16, 32 or 64): 0, 1, all ones, the sign bit and its neighbours …
  [[nodiscard]] std::uint64_t edge(unsigned width) { return nth_edge(choose(edge_count), width); }
  /// A number of `width` bits (8, 16, 32 or 64): edges, single bits and small numbers come as often as all the rest.
  [[nodiscard]] std::uint64_t integer(unsigned width);

  static constexpr std::uint64_t edge_count = 7;

 protected:
  Choices() = default;
  Choices(const Choices&) = default;
  Choices& operator=(const Choices&) = default;

 private:
  [[nodiscard]] static std::uint64_t nth_edge(std::uint64_t n, unsigned width);
  /// The answer to a question that has more than one.
  [[nodiscard]] virtual std::uint64_t answer(std::uint64_t count, Point point) = 0;
};

/// Random answers from a seed: std::mt19937_64 and our own mapping to ranges.
///
/// They are swarm-weighted: each seed switches about a quarter of the answers to each point off and weights the others
/// by 1, 2, 4 or 8, so that one seed's events are full of shapes that another's hardly have, and rare shapes meet.
/// Answers at Point::plain are uniform.
class RandomChoices final : public Choices {
 public:
  explicit RandomChoices(std::uint64_t seed) { reseed(seed); }
  void reseed(std::uint64_t seed);

 private:
  static constexpr unsigned table_bits = 8;

  struct Weights {
    std::uint8_t count = 0;  // the number of answers that the table was made for; 0: not made yet
    std::array<std::uint8_t, std::size_t{1} << table_bits> answers;  // each as often as its weight says
  };

  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Point point) override;
  [[nodiscard]] std::uint32_t take(unsigned bits);  // the next 1 to 32 random bits
  void weigh(Weights& weights, Point point, std::uint8_t count) const;

  std::mt19937_64 engine_;
  std::uint64_t seed_ = 0;
  std::uint64_t pool_ = 0;  // random bits that were drawn and not used yet
  unsigned pool_bits_ = 0;
  std::array<Weights, point_count> weights_{};
};

/// A fuzzer's bytes as answers. A question takes as few bytes as can hold every answer (none when there is only one),
/// little-endian, and the answer is their remainder by `count`. When the bytes have run out every answer is 0.
class ByteChoices final : public Choices {
 public:
  explicit ByteChoices(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  /// What no question has used yet.
  [[nodiscard]] std::span<const std::uint8_t> rest() const { return rest_; }

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Point point) override;

  std::span<const std::uint8_t> rest_;
};

/// Numbers that were written down. A number that is too large for its question counts as the largest answer; after the
/// last number every answer is 0. So a shorter list, or one of smaller numbers, gives a simpler event.
class ReplayedChoices final : public Choices {
 public:
  explicit ReplayedChoices(std::span<const std::uint64_t> answers) : rest_(answers) {}

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Point point) override;

  std::span<const std::uint64_t> rest_;
};

/// Passes on another source's answers and writes them down.
///
/// Law ReplayedAnswersGiveTheSameEvent: so do ReplayedChoices(answers()) and ByteChoices(bytes()).
class RecordedChoices final : public Choices {
 public:
  explicit RecordedChoices(Choices& source) : source_(source) {}

  [[nodiscard]] const std::vector<std::uint64_t>& answers() const { return answers_; }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  [[nodiscard]] std::uint64_t answer(std::uint64_t count, Point point) override;

  Choices& source_;
  std::vector<std::uint64_t> answers_;
  std::vector<std::uint8_t> bytes_;
};

}  // namespace qmforge::sim
