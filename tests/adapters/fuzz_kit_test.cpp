// The fuzz kit: its mutator and crossover, its seeds, and the reports of its checks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "qmforge/fuzz/targets.h"
#include "qmforge/sim/encode.h"
#include "qmforge/testing/events.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* /*data*/, std::size_t size, std::size_t /*max_size*/) {
  return size;
}

namespace qmforge::fuzz {

void wrong_answer(std::string_view oracle, const std::string& what) {
  throw std::logic_error(std::string(oracle) + ": " + what);
}

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes encoded(const Event& event, Format format) {
  std::vector<std::byte> bytes;
  EXPECT_TRUE(sim::encode(event, {.format = format}, bytes));
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  return {data, data + bytes.size()};
}

std::expected<Event, DecodeError> decoded(const Bytes& bytes, std::size_t size, Format format, Revision revision) {
  return decode(std::as_bytes(std::span(bytes)).first(size), {.format = format, .revision = revision});
}

TEST(CrossOver, TakesRevision1sMembersFromTheOther) {
  for (const Format format : all_formats) {
    const Event first = test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24", Revision::r1);
    Event second = first;
    second.mmSaLuid = 7;
    second.mmProviderContextKey.data1 = 8;
    const Bytes a = encoded(first, format);
    const Bytes b = encoded(second, format);
    std::set<std::string> taken;
    for (unsigned seed = 1; seed <= 300; ++seed) {
      Bytes out(4096);
      const std::size_t size = cross_over(format, a, b, out, seed);
      const auto event = decoded(out, size, format, Revision::r1);
      if (!event) continue;
      if (event->mmSaLuid == 7) taken.insert("mmSaLuid");
      if (event->mmProviderContextKey.data1 == 8) taken.insert("mmProviderContextKey");
      EXPECT_FALSE(event->mmSaLuid == 7 && event->mmProviderContextKey.data1 == 8) << "one member at a time";
    }
    EXPECT_EQ(taken, (std::set<std::string>{"mmSaLuid", "mmProviderContextKey"})) << to_string(format);
  }
}

TEST(CrossOver, NeverExceedsTheMaximumSize) {
  const Bytes a(100, 1);
  const Bytes b(7, 2);
  for (unsigned seed = 1; seed <= 200; ++seed)
    for (const std::size_t room : {std::size_t{0}, std::size_t{3}, std::size_t{50}, std::size_t{500}}) {
      Bytes out(room);
      EXPECT_LE(cross_over(Format::ndr20, a, b, out, seed), room);
    }
}

TEST(Mutate, MakesEventsFromEmptyInputsWithinTheMaximumSize) {
  for (const Format format : all_formats) {
    std::size_t events = 0;
    for (unsigned seed = 1; seed <= 100; ++seed) {
      Bytes data(4096);
      const std::size_t size = mutate(format, data.data(), 0, data.size(), seed);
      ASSERT_LE(size, data.size());
      for (const Revision revision : {Revision::r0, Revision::r1})
        events += decoded(data, size, format, revision).has_value();
    }
    EXPECT_GT(events, 10U) << to_string(format);
  }
}

TEST(Seeds, AreOfTheFormatAsked) {
  for (const Format format : all_formats) {
    const Seeds seeds = message_seeds(format);
    EXPECT_GT(seeds.size(), 40U) << to_string(format);
    const auto decodes = [format](const std::vector<std::byte>& seed) {
      return decode(seed, {.format = format}) || decode(seed, {.format = format, .revision = Revision::r1});
    };
    EXPECT_GT(std::ranges::count_if(seeds, decodes), 20) << to_string(format);
  }
}

TEST(Seeds, FitTheProfile) {
  const sim::ForgeProfile profile{.format = Format::ndr20Body, .malformed_percent = 100};
  for (const auto& seed : forged_seeds(profile)) {
    sim::ByteChoices choices({reinterpret_cast<const std::uint8_t*>(seed.data()), seed.size()});
    sim::Forge forge(profile);
    const sim::LabelledInput& input = forge.forge(choices);
    EXPECT_EQ(input.format, Format::ndr20Body);
    EXPECT_FALSE(input.expected.event.has_value());
    EXPECT_TRUE(choices.rest().empty()) << "the grammar asks for all of it";
  }
}

/// Reads every IPv4 address in the wrong byte order.
struct WrongByteOrder {
  static std::optional<Event> decode(std::span<const std::byte> input, const DecodeOptions& options) {
    auto event = qmforge::decode(input, options);
    if (!event) return std::nullopt;
    for (ConditionValue* subnet : {&event->localSubNet, &event->remoteSubNet})
      if (subnet->type == DataType::v4AddrMask && !subnet->is_null)
        subnet->v4AddrMask.addr = std::byteswap(subnet->v4AddrMask.addr);
    return *event;
  }
};

TEST(Checks, ReportTheFieldExpectedAndGot) {
  const Bytes bytes = encoded(test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24"), Format::ndr20);
  try {
    check_differential<WrongByteOrder>(std::as_bytes(std::span(bytes)), Format::ndr20);
    FAIL();
  } catch (const std::logic_error& finding) {
    EXPECT_THAT(finding.what(),
                ::testing::StartsWith("differential: localSubNet.v4AddrMask.addr: expected 10.0.0.0, got 0.0.0.10\n"
                                      "remoteSubNet.v4AddrMask.addr: expected 192.168.1.0, got 0.1.168.192\n"
                                      "ndr20 revision 0\nexpected: valid, {"));
  }
  const Bytes transport = encoded(test::make_transport_event(), Format::ndr20);
  EXPECT_NO_THROW(check_differential<WrongByteOrder>(std::as_bytes(std::span(transport)), Format::ndr20));
}

}  // namespace
}  // namespace qmforge::fuzz
