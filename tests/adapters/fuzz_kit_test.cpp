// The fuzz kit: its mutator and crossover, its seeds, and the reports of its checks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "qmforge/fuzz/targets.h"
#include "qmforge/sim/encode.h"
#include "qmforge/sim/sets.h"
#include "qmforge/testing/events.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
// The engine, which changes nothing here.
static unsigned engine_calls = 0;
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* /*data*/, std::size_t size, std::size_t /*max_size*/) {
  ++engine_calls;
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

// Two events that differ in every member, and in both subnets.
Event one_event() {
  Event event = test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24", Revision::r1);
  event.mmSaLuid = 1;
  event.mmProviderContextKey.data1 = 1;
  return event;
}
Event other_event() {
  Event event = test::make_tunnel_event("2001:db8::/32", "fe80::/10", Revision::r1);
  event.failureErrorCode = 13868;
  event.failurePoint = FailurePoint::me;
  event.keyingModuleType = KeyModuleType::ike;
  event.qmState = QmSaState::initial;
  event.saRole = SaRole::initiator;
  event.qmFilterId = 2;
  event.mmSaLuid = 2;
  event.mmProviderContextKey.data1 = 2;
  return event;
}

// The members that `event` has from `other`; nothing if a fault gave one of them a third value.
std::optional<std::set<std::string>> taken_members(const Event& event, const Event& one, const Event& other) {
  std::set<std::string> taken;
  bool third = false;
  const auto compare = [&](const char* name, const auto& its, const auto& ones, const auto& others) {
    if (its == ones) return;
    third |= !(its == others);
    taken.insert(name);
  };
  compare("failureErrorCode", event.failureErrorCode, one.failureErrorCode, other.failureErrorCode);
  compare("failurePoint", event.failurePoint, one.failurePoint, other.failurePoint);
  compare("keyingModuleType", event.keyingModuleType, one.keyingModuleType, other.keyingModuleType);
  compare("qmState", event.qmState, one.qmState, other.qmState);
  compare("saRole", event.saRole, one.saRole, other.saRole);
  compare("saTrafficType", event.saTrafficType, one.saTrafficType, other.saTrafficType);
  if (event.has_subnets() && one.has_subnets()) {
    compare("localSubNet", event.localSubNet, one.localSubNet, other.localSubNet);
    compare("remoteSubNet", event.remoteSubNet, one.remoteSubNet, other.remoteSubNet);
  }
  compare("qmFilterId", event.qmFilterId, one.qmFilterId, other.qmFilterId);
  compare("mmSaLuid", event.mmSaLuid, one.mmSaLuid, other.mmSaLuid);
  compare("mmProviderContextKey", event.mmProviderContextKey, one.mmProviderContextKey, other.mmProviderContextKey);
  if (third) return std::nullopt;
  return taken;
}

// How often crossing `one` with `other` takes each set of members.
std::map<std::set<std::string>, unsigned> crossed(const Event& one, const Event& other) {
  const Bytes a = encoded(one, Format::ndr64);
  const Bytes b = encoded(other, Format::ndr64);
  std::map<std::set<std::string>, unsigned> counts;
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    Bytes out(4096);
    const std::size_t size = cross_over(Format::ndr64, a, b, out, seed);
    if (const auto event = decoded(out, size, Format::ndr64, Revision::r1))
      if (const auto taken = taken_members(*event, one, other)) ++counts[*taken];
  }
  return counts;
}

TEST(CrossOver, TakesOneMemberFromTheOther) {
  auto counts = crossed(one_event(), other_event());
  // The traffic type, which is the same here, comes with both subnets.
  for (const auto& taken : std::vector<std::set<std::string>>{{"failureErrorCode"},
                                                              {"failurePoint"},
                                                              {"keyingModuleType"},
                                                              {"qmState"},
                                                              {"saRole"},
                                                              {"localSubNet", "remoteSubNet"},
                                                              {"localSubNet"},
                                                              {"remoteSubNet"},
                                                              {"qmFilterId"},
                                                              {"mmSaLuid"},
                                                              {"mmProviderContextKey"}}) {
    EXPECT_GT(counts[taken], 50U) << ::testing::PrintToString(taken);
    counts.erase(taken);
  }
  // A fault can set a member to a value that the other event has.
  unsigned others = 0;
  for (const auto& [taken, count] : counts) others += count;
  EXPECT_LT(others, 60U);
}

TEST(CrossOver, TakesTheTrafficTypeWithTheSubnets) {
  Event transport = other_event();
  transport.saTrafficType = TrafficType::transport;
  transport.localSubNet = transport.remoteSubNet = ConditionValue();
  EXPECT_GT((crossed(one_event(), transport)[{"saTrafficType"}]), 50U);
  EXPECT_GT((crossed(transport, one_event())[{"saTrafficType"}]), 50U);
  EXPECT_EQ((crossed(transport, one_event()).count({"localSubNet"})), 0U) << "a transport event has no subnets";
}

TEST(CrossOver, JoinsInputsThatDoNotDecode) {
  const Bytes a(100, 1);
  const Bytes b(7, 2);
  std::set<std::size_t> heads;
  for (unsigned seed = 1; seed <= 2000; ++seed)
    for (const std::size_t size : {std::size_t{50}, std::size_t{500}}) {
      Bytes out(size, 9);
      const std::size_t written = cross_over(Format::ndr20, a, b, out, seed);
      const auto head = static_cast<std::size_t>(std::ranges::count(out, 1));
      const std::size_t tail = std::min(b.size() - std::min(head, b.size()), size - head);
      Bytes expected(head, 1);
      expected.insert(expected.end(), tail, 2);
      EXPECT_EQ(written, expected.size());
      expected.resize(size, 9);
      EXPECT_EQ(out, expected) << "the beginning of the first and the end of the second, and no byte more";
      if (size == 500) heads.insert(head);
    }
  EXPECT_EQ(heads.size(), 101U) << "0 to all of the first";
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

TEST(Mutate, LeavesHalfOfTheMutationsToTheEngine) {
  const Bytes input = encoded(one_event(), Format::ndr64);
  engine_calls = 0;
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    Bytes data = input;
    data.resize(4096);
    (void)mutate(Format::ndr64, data.data(), input.size(), data.size(), seed);
  }
  EXPECT_GT(engine_calls, 900U);
  EXPECT_LT(engine_calls, 1100U);
}

TEST(Mutate, LeavesAllToTheEngineWhereNoMessageFits) {
  engine_calls = 0;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    Bytes data(8, 7);
    const Bytes before = data;
    EXPECT_EQ(mutate(Format::ndr64, data.data(), 5, data.size(), seed), 5U);
    EXPECT_EQ(data, before);
  }
  EXPECT_EQ(engine_calls, 100U);
}

TEST(Mutate, ChangesOneMemberOfTheEventAndSometimesPutsAFault) {
  for (const Format format : all_formats) {
    const Event original = one_event();
    const Bytes input = encoded(original, format);
    unsigned ours = 0, malformed = 0;
    std::map<std::string, unsigned> kept;
    for (unsigned seed = 1; seed <= 2000; ++seed) {
      Bytes data = input;
      data.resize(4096);
      engine_calls = 0;
      const std::size_t size = mutate(format, data.data(), input.size(), data.size(), seed);
      if (engine_calls != 0) continue;
      ++ours;
      const auto r0 = decoded(data, size, format, Revision::r0);
      const auto r1 = decoded(data, size, format, Revision::r1);
      malformed += !r0 && !r1;
      if (!r1) continue;
      kept["qmFilterId"] += r1->qmFilterId == original.qmFilterId;
      kept["failureErrorCode"] += r1->failureErrorCode == original.failureErrorCode;
      kept["subnets"] += r1->has_subnets() && r1->localSubNet == original.localSubNet;
    }
    for (const auto& [name, count] : kept) EXPECT_GT(count, ours / 3) << name << ' ' << to_string(format);
    EXPECT_GT(malformed, 10U) << to_string(format) << ": faults that are not rules";
    EXPECT_LT(malformed, ours / 3 + ours / 20) << to_string(format);
  }
}

// The shapes of a local subnet, with the revision, in seeds that decode in that revision.
TEST(Seeds, HaveEveryShapeOfSubnetInBothRevisions) {
  for (const Format format : all_formats) {
    std::set<std::tuple<Revision, DataType, bool>> shapes;
    std::set<Revision> transport;
    const Seeds seeds = message_seeds(format);
    for (const auto& seed : seeds)
      for (const Revision revision : {Revision::r0, Revision::r1})
        if (const auto event =
                decode(seed, {.format = format, .revision = revision, .image_base = sim::set_image_base})) {
          if (!event->has_subnets()) transport.insert(revision);
          if (event->has_subnets()) shapes.emplace(revision, event->localSubNet.type, event->localSubNet.is_null);
        }
    EXPECT_EQ(transport.size(), 2U) << to_string(format);
    EXPECT_EQ(shapes.size(), 2 * (24U + 15U)) << to_string(format);
    EXPECT_LT(seeds.size(), 500U) << "one input of each kind, not all that were generated";
  }
}

TEST(Seeds, HaveAnInputOfEachFault) {
  const sim::SetOptions options{.count = 20'000, .profile = {.format = Format::ndr20}};
  std::set<std::vector<std::byte>> first_of_each;
  std::set<std::string> faults;
  sim::make_set(options, [&](const sim::LabelledInput& input) {
    if (!input.fault.empty() && !input.expected.event && faults.insert(input.fault).second)
      first_of_each.insert(input.bytes);
  });
  EXPECT_GT(first_of_each.size(), 30U);
  const Seeds seeds = message_seeds(Format::ndr20);
  for (const auto& bytes : first_of_each) EXPECT_NE(std::ranges::find(seeds, bytes), seeds.end());
}

TEST(Seeds, OfAProfileAre64DifferentOnes) {
  const Seeds seeds = forged_seeds({.format = Format::ndr64});
  EXPECT_EQ(seeds.size(), 64U);
  EXPECT_EQ((std::set<std::vector<std::byte>>(seeds.begin(), seeds.end()).size()), 64U);
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

TEST(Checks, CompareALabelledInputWithItsLabel) {
  sim::make_set({.count = 200, .profile = {.format = Format::ndr20}}, [](const sim::LabelledInput& input) {
    const bool differs = input.expected.event && input.expected.event->has_subnets() &&
                         (input.expected.event->localSubNet.holds(DataType::v4AddrMask) ||
                          input.expected.event->remoteSubNet.holds(DataType::v4AddrMask));
    std::string reported;
    try {
      check_forged<WrongByteOrder>(input);
    } catch (const std::logic_error& finding) {
      reported = finding.what();
    }
    if (!differs) {
      EXPECT_EQ(reported, "");
    } else if (!reported.empty()) {  // an address can be the same in both byte orders
      EXPECT_THAT(reported, ::testing::StartsWith("forged: "));
      EXPECT_THAT(reported, ::testing::HasSubstr("ndr20 revision "));
    }
  });
}

}  // namespace
}  // namespace qmforge::fuzz
