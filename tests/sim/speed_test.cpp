// The simulator's speed: figures to read, not a gate. The gate counts instructions, see bench/.
#include <gtest/gtest.h>

#include <ctime>
#include <iostream>
#include <memory_resource>
#include <vector>

#include "qmforge/sim/encode.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/sim/sets.h"

namespace qmforge::sim {
namespace {

// Calls `make` with 0 to `count` - 1, and prints how many of them run in a second of processor time.
template <class Make>
void measure(const char* what, std::uint64_t count, Make make) {
  const std::clock_t begin = std::clock();
  for (std::uint64_t i = 0; i < count; ++i) make(i);
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  std::cout << what << ": " << static_cast<double>(count) / seconds / 1e6 << " million a second\n";
}

// The common shapes: transport, and tunnels between IPv4 and IPv6 subnets. A new swarm of weights every 64, as in a
// set.
TEST(Speed, GeneratesAndEncodesTheCommonShapes) {
  for (const Format format : all_formats) {
    RandomChoices choices(0);
    EncodeOptions options;
    options.format = format;
    const Profile profile = Profile{.validity = Validity::valid}.for_format(format);
    std::vector<std::byte> bytes;
    std::vector<std::byte> block(4096);
    std::pmr::monotonic_buffer_resource storage(block.data(), block.size());
    std::uint64_t encoded = 0;
    measure(std::string(to_string(format)).c_str(), 2'000'000, [&](std::uint64_t i) {
      if (i % swarm_size == 0) choices.reseed(i / swarm_size);
      storage.release();
      encoded += encode(generate(choices, profile, storage), options, bytes).has_value();
    });
    EXPECT_EQ(encoded, 2'000'000U);
  }
}

TEST(Speed, GeneratesLabelledInputs) {
  Forge forge;
  RandomChoices choices(0);
  std::uint64_t bytes = 0;
  measure("labelled inputs, half of them malformed", 200'000, [&](std::uint64_t i) {
    if (i % swarm_size == 0) choices.reseed(i / swarm_size);
    bytes += forge.forge(choices).bytes.size();
  });
  EXPECT_GT(bytes, 0U);
}

}  // namespace
}  // namespace qmforge::sim
