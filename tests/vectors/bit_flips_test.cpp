// Both decoders and the validator agree on every flip of one bit and of two bits of every known vector of up to 128
// bytes.
#include <gtest/gtest.h>

#include <cstddef>
#include <iostream>
#include <string>
#include <vector>

#include "support/agreement.h"
#include "support/labelled_bytes.h"

namespace qmforge::testing {
namespace {

constexpr std::size_t largest = 128;

std::vector<KnownVector> small_vectors() {
  std::vector<KnownVector> vectors = known_vectors();
  std::erase_if(vectors, [](const KnownVector& vector) { return vector.bytes.size() > largest; });
  return vectors;
}

class BitFlips : public ::testing::TestWithParam<KnownVector> {
 protected:
  void flip(std::size_t bit) { bytes_[bit / 8] ^= std::byte{1} << (bit % 8); }

  /// Whether the decoders agree on the present bytes.
  bool agree(Revision revision) {
    ++tried_;
    const auto different = disagreement(bytes_, {.format = GetParam().format, .revision = revision});
    if (different) ADD_FAILURE() << *different;
    return !different;
  }

  std::vector<std::byte> bytes_ = GetParam().bytes;
  const std::size_t bits_ = bytes_.size() * 8;
  std::size_t tried_ = 0;
};

TEST_P(BitFlips, OfOneBitGiveTheSameResultInBothDecoders) {
  for (const Revision revision : {Revision::r0, Revision::r1})
    for (std::size_t bit = 0; bit < bits_; ++bit) {
      flip(bit);
      ASSERT_TRUE(agree(revision)) << "bit " << bit;
      flip(bit);
    }
  std::cout << GetParam().label << ": " << tried_ << " flips of one bit, in both revisions\n";
}

TEST_P(BitFlips, OfTwoBitsGiveTheSameResultInBothDecoders) {
  for (std::size_t first = 0; first < bits_; ++first) {
    flip(first);
    for (std::size_t second = first + 1; second < bits_; ++second) {
      flip(second);
      ASSERT_TRUE(agree(Revision::r0)) << "bits " << first << " and " << second;
      flip(second);
    }
    flip(first);
  }
  EXPECT_EQ(tried_, bits_ * (bits_ - 1) / 2);
  std::cout << GetParam().label << ": all " << tried_ << " flips of two bits\n";
}

INSTANTIATE_TEST_SUITE_P(All, BitFlips, ::testing::ValuesIn(small_vectors()), [](const auto& param) {
  std::string name = param.param.label;
  name[name.find('-')] = '_';
  return name;
});

}  // namespace
}  // namespace qmforge::testing
