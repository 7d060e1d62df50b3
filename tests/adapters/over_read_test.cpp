// Labelled inputs have exactly the bytes of the message: AddressSanitizer sees a read of one byte past the end. The
// decoder is the example's with its first bug, which reads that byte where a message is one byte too short.
#include <gtest/gtest.h>

#include "mine.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/labelled.h"

namespace qmforge {
namespace {

void decode_forged(unsigned count) {
  sim::RandomChoices choices(1);
  sim::Forge forge;  // reused, as it is meant to be: buffers that grew once would hide the byte
  for (unsigned i = 0; i < 5'000; ++i) (void)forge.forge(choices);
  for (unsigned i = 0; i < count; ++i) {
    const sim::LabelledInput& input = forge.forge(choices);
    (void)Mine::decode(input.bytes, {input.format, input.revision, sim::set_image_base});
  }
}

TEST(OverReadByOne, IsSeenWithin15000ForgedInputs) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(decode_forged(15'000), "heap-buffer-overflow.*\n(.*\n)*READ of size 1");
}

}  // namespace
}  // namespace qmforge
