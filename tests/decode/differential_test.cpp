// Generated events in every form, and the same with random changes of their bytes. Both decoders must agree on event,
// code, offset and field, and an unchanged message must decode to the generated event.
#include <cstdint>
#include <iostream>
#include <map>
#include <memory_resource>
#include <random>

#include "both_decoders.h"
#include "qmforge/names.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/generate.h"

namespace qmforge {
namespace {

using testing::decoders_agree;

sim::EncodeOptions any_form(Format format, std::mt19937_64& random) {
  sim::EncodeOptions options;
  options.format = format;
  if (random() % 2 == 0) return options;
  options.order = random() % 2 == 0 ? std::endian::little : std::endian::big;
  options.referents.seed = random();
  options.common_filler = static_cast<std::uint32_t>(random());
  options.object_filler = static_cast<std::uint32_t>(random());
  options.string_slack = static_cast<std::uint32_t>(random() % 3);
  options.trailing = static_cast<std::uint8_t>(random() % 8);
  options.padding_seed = random();
  options.placement = {.seed = random() % 4, .share = random() % 2 == 0};
  return options;
}

std::size_t below(std::size_t end, std::mt19937_64& random) { return static_cast<std::size_t>(random() % end); }

/// Makes one to three random changes, mostly to edge cases of a field.
void mutate(std::vector<std::byte>& bytes, std::mt19937_64& random) {
  constexpr std::uint8_t edges[] = {0, 1, 2, 3, 0x7f, 0x80, 0xfe, 0xff};
  for (auto changes = 1 + random() % 3; changes > 0 && !bytes.empty(); --changes) {
    const std::size_t at = below(bytes.size(), random);
    switch (random() % 6) {
      case 0: bytes[at] = static_cast<std::byte>(random()); break;
      case 1: bytes[at] = static_cast<std::byte>(edges[random() % std::size(edges)]); break;
      case 2: bytes[at] ^= static_cast<std::byte>(1U << random() % 8); break;
      case 3: bytes.resize(at); break;
      case 4: bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), 1 + below(8, random), std::byte{0}); break;
      default: {  // a u32 copied from elsewhere
        if (bytes.size() < 8) break;
        const std::size_t from = below(bytes.size() / 4, random) * 4;
        const std::size_t to = below(bytes.size() / 4, random) * 4;
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(from), 4,
                    bytes.begin() + static_cast<std::ptrdiff_t>(to));
      }
    }
  }
}

class Differential : public ::testing::TestWithParam<Format> {};

TEST_P(Differential, DecodersAgreeOnGeneratedAndOnMutatedBytes) {
  const Format format = GetParam();
  std::mt19937_64 random(20261122);
  std::map<std::string_view, int> counts;
  std::vector<std::byte> bytes;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    sim::RandomChoices choices(seed);
    for (int n = 0; n < 10; ++n) {
      std::pmr::monotonic_buffer_resource storage;
      const Event event = sim::generate(choices, sim::Profile{}.for_format(format), storage);
      ASSERT_TRUE(sim::encode(event, any_form(format, random), bytes).has_value());
      const DecodeOptions options{format, event.revision};
      const auto decoded = decode(bytes, options);
      ASSERT_TRUE(decoded.has_value()) << testing::describe(decoded) << " " << testing::to_hex(bytes);
      ASSERT_EQ(*decoded, event) << testing::to_hex(bytes);
      ASSERT_TRUE(decoders_agree(bytes, options));
      ASSERT_TRUE(decoders_agree(bytes, {format, event.revision == Revision::r0 ? Revision::r1 : Revision::r0}));
      const std::vector<std::byte> whole = bytes;
      for (int changed = 0; changed < 8; ++changed) {
        bytes = whole;
        mutate(bytes, random);
        ASSERT_TRUE(decoders_agree(bytes, options));
        const auto result = decode(bytes, options);
        ++counts[result ? "accepted" : to_string(result.error().code)];
      }
    }
  }
  for (const auto& [what, count] : counts)
    std::cout << "  " << to_string(format) << ' ' << what << ' ' << count << '\n';
  EXPECT_GT(counts.size(), format == Format::ndr20 ? 11u : 3u) << "the changes cause too few kinds of errors";
}

INSTANTIATE_TEST_SUITE_P(, Differential, ::testing::ValuesIn(all_formats), [](const auto& test) {
  std::string text(to_string(test.param));
  std::erase(text, '-');
  return text;
});

}  // namespace
}  // namespace qmforge
