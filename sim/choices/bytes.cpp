// ByteChoices, ReplayedChoices and RecordedChoices: answers from a list, and their recorder.
#include <algorithm>

#include "qmforge/sim/choices.h"

namespace qmforge::sim {
namespace {

// How many bytes can hold every answer of a question.
std::size_t bytes_for(std::uint64_t count) {
  const std::uint64_t largest = count - 1;  // also right for 0, which means 2^64 answers
  std::size_t bytes = 1;
  while (bytes < 8 && largest >> (8 * bytes) != 0) ++bytes;
  return bytes;
}

}  // namespace

std::uint64_t ByteChoices::answer(std::uint64_t count, Question) {
  const std::size_t size = std::min(bytes_for(count), rest_.size());
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number |= std::uint64_t{rest_[i]} << (8 * i);
  rest_ = rest_.subspan(size);
  return count == 0 ? number : number % count;
}

std::uint64_t ReplayedChoices::answer(std::uint64_t count, Question) {
  if (rest_.empty()) return 0;
  const std::uint64_t number = rest_.front();
  rest_ = rest_.subspan(1);
  return std::min(number, count - 1);
}

std::uint64_t RecordedChoices::answer(std::uint64_t count, Question question) {
  const std::uint64_t answer = source_.choose(count, question);
  answers_.push_back(answer);
  for (std::size_t i = 0; i < bytes_for(count); ++i) bytes_.push_back(static_cast<std::uint8_t>(answer >> (8 * i)));
  return answer;
}

}  // namespace qmforge::sim
