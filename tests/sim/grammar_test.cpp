// The grammar: it generates every possible event, nothing that a profile excludes, and edge cases often.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "qmforge/sim/expected.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/odometer.h"

namespace qmforge::sim {
namespace {

// Calls `visit` with `count` events, a new seed every 64.
void for_events(const Profile& profile, std::uint64_t count, const std::function<void(const Event&)>& visit) {
  RandomChoices choices(0);
  for (std::uint64_t i = 0; i < count; ++i) {
    if (i % 64 == 0) choices.reseed(i / 64);
    std::pmr::monotonic_buffer_resource storage;
    visit(generate(choices, profile, storage));
  }
}

std::uint64_t walk(const Profile& profile, Subnet side) {
  std::uint64_t sequences = 0;
  Odometer odometer;
  do {
    std::pmr::monotonic_buffer_resource storage;
    static_cast<void>(generate_subnet(odometer, profile, side, storage));
    ++sequences;
  } while (odometer.next());
  return sequences;
}

bool has_inner_nul(const Utf16View& text) { return std::find(text.begin(), text.end(), u'\0') != text.end(); }

TEST(Grammar, AllZeroAnswersGiveAValidTransportEvent) {
  std::pmr::monotonic_buffer_resource storage;
  ReplayedChoices zeros({});
  const Event event = generate(zeros, {}, storage);
  EXPECT_EQ(event.revision, Revision::r0);
  EXPECT_EQ(event.saTrafficType, TrafficType::transport);
  EXPECT_EQ(event.failureErrorCode, 13801U);
  EXPECT_EQ(event.qmFilterId, 0U);
  EXPECT_TRUE(expected_findings(event).empty());
}

TEST(Grammar, AllZeroAnswersGiveATunnelOfTwoIPv4Subnets) {
  std::pmr::monotonic_buffer_resource storage;
  ReplayedChoices zeros({});
  const Event event = generate(zeros, {.traffic_type = TrafficType::tunnel}, storage);
  EXPECT_EQ(event.localSubNet.type, DataType::v4AddrMask);
  EXPECT_EQ(event.remoteSubNet.type, DataType::v4AddrMask);
  EXPECT_TRUE(expected_findings(event).empty());
}

TEST(Grammar, EqualAnswersGiveEqualEvents) {
  RandomChoices random(0);
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    random.reseed(seed);
    std::pmr::monotonic_buffer_resource storage;
    RecordedChoices recorded(random);
    const Event event = generate(recorded, {}, storage);
    ReplayedChoices replayed(recorded.answers());
    ByteChoices bytes(recorded.bytes());
    EXPECT_TRUE(generate(replayed, {}, storage) == event) << seed;
    EXPECT_TRUE(generate(bytes, {}, storage) == event) << seed;
  }
}

TEST(Grammar, ShorterAndSmallerAnswersStillGiveEvents) {
  RandomChoices random(0);
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    random.reseed(seed);
    std::pmr::monotonic_buffer_resource storage;
    RecordedChoices recorded(random);
    static_cast<void>(generate(recorded, {}, storage));
    for (std::size_t length = 0; length < recorded.answers().size(); ++length) {
      std::vector<std::uint64_t> answers(recorded.answers().begin(),
                                         recorded.answers().begin() + static_cast<std::ptrdiff_t>(length));
      for (std::uint64_t& answer : answers) answer /= 2;
      ReplayedChoices replayed(answers);
      const Event event = generate(replayed, {.validity = Validity::valid}, storage);
      EXPECT_EQ(expected_verdict(expected_findings(event)), Verdict::valid);
    }
  }
}

TEST(Grammar, AValidProfileGivesValidEvents) {
  int warned = 0;
  for_events({.validity = Validity::valid}, 20000, [&](const Event& event) {
    const Findings findings = expected_findings(event);
    ASSERT_EQ(expected_verdict(findings), Verdict::valid);
    warned += !findings.empty();
  });
  EXPECT_GT(warned, 2000) << "warnings are not errors";
}

TEST(Grammar, ACleanProfileGivesEventsWithoutFindings) {
  int tunnels = 0;
  for_events({.validity = Validity::clean}, 20000, [&](const Event& event) {
    ASSERT_TRUE(expected_findings(event).empty());
    tunnels += event.has_subnets();
  });
  EXPECT_GT(tunnels, 5000);
}

TEST(Grammar, ACleanProfileCanFixTheSubnetTypes) {
  for (const DataType type : {DataType::v4AddrMask, DataType::v6AddrMask})
    for_events(
        {.validity = Validity::clean, .traffic_type = TrafficType::tunnel, .local_type = type, .remote_type = type},
        500, [&](const Event& event) {
          ASSERT_EQ(event.localSubNet.type, type);
          ASSERT_EQ(event.remoteSubNet.type, type);
          ASSERT_TRUE(expected_findings(event).empty());
        });
}

TEST(Grammar, EdgeCasesOfEachFieldAreAShortList) {
  std::set<std::uint32_t> codes;
  std::set<std::uint64_t> filters;
  for_events({.contents = Contents::edges}, 2000, [&](const Event& event) {
    codes.insert(event.failureErrorCode);
    filters.insert(event.qmFilterId);
  });
  // 0, an HRESULT and all ones; the range markers and their neighbours.
  EXPECT_EQ(codes, (std::set<std::uint32_t>{0, 13799, 13800, 13801, 13896, 13897, 13898, 13908, 13909, 13910,
                                            0x80004005, 0xffffffff}));
  constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  EXPECT_EQ(filters,
            (std::set<std::uint64_t>{0, 1, sign - 1, sign, sign + 1, ~std::uint64_t{0} - 1, ~std::uint64_t{0}}));
}

TEST(Grammar, AProfileFixesRevisionAndTrafficType) {
  for (const Revision revision : {Revision::r0, Revision::r1})
    for (const TrafficType type : {TrafficType::transport, TrafficType::tunnel})
      for_events({.revision = revision, .traffic_type = type}, 500, [&](const Event& event) {
        ASSERT_EQ(event.revision, revision);
        ASSERT_EQ(event.saTrafficType, type);
      });
}

TEST(Grammar, OnlyAnUnencodableProfileGivesTypesWithoutAnArm) {
  const auto leaves = [](const Event& event) {
    return !is_valid(event.saTrafficType) ||
           (event.has_subnets() &&
            (!is_condition_value_type(event.localSubNet.type) || !is_condition_value_type(event.remoteSubNet.type)));
  };
  int left = 0;
  for_events({}, 20000, [&](const Event& event) { left += leaves(event); });
  EXPECT_EQ(left, 0);
  for_events({.unencodable = true}, 20000, [&](const Event& event) { left += leaves(event); });
  EXPECT_GT(left, 1000);
}

TEST(Grammar, ForFormatRestrictsTheProfile) {
  const Profile all{.unencodable = true};
  for (const Format format : all_formats) {
    const Profile narrowed = all.for_format(format);
    EXPECT_FALSE(narrowed.unencodable);
    EXPECT_EQ(narrowed.inner_nuls, format != Format::native64 && format != Format::native32);
  }
}

// How often each feature occurs in `events` events; each must occur at least `least` times.
class Census {
 public:
  void count(const std::string& what) { ++seen_[what]; }
  void expect(const std::string& what, int least) const {
    const auto found = seen_.find(what);
    EXPECT_GE(found == seen_.end() ? 0 : found->second, least) << what;
  }

 private:
  std::map<std::string, int> seen_;
};

std::string shape(DataType type, bool is_null) { return std::string(c_name(type)) + (is_null ? " NULL" : ""); }

void count_sids(Census& census, const SidAndAttributesView& sids, std::uint32_t count) {
  census.count(sids.is_null()     ? count == 0 ? "sids NULL" : "sids NULL with a count"
               : sids.size() == 0 ? "sids empty"
                                  : "sids some");
  for (const SidAndAttributes& element : sids) census.count(element.sid ? "element with a SID" : "element without");
}

struct CountContents {
  Census& census;

  void operator()(DataType, const ByteBlob& blob) const {
    census.count(blob.data == nullptr ? blob.size == 0 ? "blob NULL" : "blob NULL with a size"
                 : blob.size == 0     ? "blob empty"
                                      : "blob some");
  }
  void operator()(DataType, const Sid& sid) const { census.count("SID of " + std::to_string(sid.subAuthority.size())); }
  void operator()(DataType, const TokenInformation& token) const {
    count_sids(census, token.sids, token.sidCount);
    count_sids(census, token.restrictedSids, token.restrictedSidCount);
  }
  void operator()(DataType, const Utf16View& text) const {
    if (text.empty()) census.count("string empty");
    if (has_inner_nul(text)) census.count("string with a NUL");
    char16_t before = 0;
    for (const char16_t unit : text) {
      if (unit >= 0xdc00 && unit < 0xe000 && (before < 0xd800 || before >= 0xdc00)) census.count("unpaired surrogate");
      before = unit;
    }
  }
  void operator()(DataType, const V4AddrMask& v) const {
    for (const unsigned ones : {0U, 1U, 31U, 32U})
      if (v.mask == (ones == 0 ? 0 : ~0U << (32 - ones))) census.count("v4 /" + std::to_string(ones));
    if ((v.addr & ~v.mask) != 0) census.count("v4 host bits");
  }
  void operator()(DataType, const V6AddrMask& v) const { census.count("v6 /" + std::to_string(v.prefixLength)); }
  void operator()(DataType, const Range& range) const {
    census.count("low " + shape(range.valueLow.type, range.valueLow.is_null));
    census.count("high " + shape(range.valueHigh.type, range.valueHigh.is_null));
    if (range.valueLow.type == range.valueHigh.type) census.count("range of one type");
    visit(range.valueLow, *this);
    visit(range.valueHigh, *this);
  }
  template <class T>
  void operator()(DataType, const T&) const {}
};

TEST(Grammar, EveryShapeAndEveryEdgeCaseOccurs) {
  Census census;
  for_events({}, 60000, [&](const Event& event) {
    census.count("revision " + std::to_string(static_cast<int>(event.revision)));
    census.count("failurePoint " + std::to_string(static_cast<std::uint32_t>(event.failurePoint)));
    census.count("keyingModuleType " + std::to_string(static_cast<std::uint32_t>(event.keyingModuleType)));
    census.count("qmState " + std::to_string(static_cast<std::uint32_t>(event.qmState)));
    census.count("saRole " + std::to_string(static_cast<std::uint32_t>(event.saRole)));
    census.count("saTrafficType " + std::to_string(static_cast<std::uint32_t>(event.saTrafficType)));
    census.count("error " + std::to_string(event.failureErrorCode));
    census.count("filter " + std::to_string(event.qmFilterId));
    for (const Finding& finding : expected_findings(event))
      census.count("rule " + std::to_string(static_cast<int>(finding.rule)));
    if (!event.has_subnets()) return;
    census.count("local " + shape(event.localSubNet.type, event.localSubNet.is_null));
    census.count("remote " + shape(event.remoteSubNet.type, event.remoteSubNet.is_null));
    visit(event.localSubNet, CountContents{census});
    visit(event.remoteSubNet, CountContents{census});
  });
  constexpr std::uint32_t sign = 0x80000000;
  const std::vector<std::pair<std::string, std::vector<std::uint32_t>>> enumerations = {
      {"revision", {0, 1}},
      {"failurePoint", {0, 1, 2, 3, 4, sign, sign - 1, 0xffffffff}},
      {"keyingModuleType", {0, 1, 2, 3, 4, sign, sign - 1, 0xffffffff}},
      {"qmState", {0, 1, 2, 3, 4, 5, sign, sign - 1, 0xffffffff}},
      {"saRole", {0, 1, 2, 3, sign, sign - 1, 0xffffffff}},
      {"saTrafficType", {0, 1}},
      {"error", {0, 13800, 13801, 13897, 13909, 0xffffffff}},
  };
  for (const auto& [name, values] : enumerations)
    for (const std::uint32_t value : values) census.expect(name + " " + std::to_string(value), 100);
  for (const std::uint64_t id : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0}, std::uint64_t{1} << 63})
    census.expect("filter " + std::to_string(id), 100);
  for (const DataType type : all_data_types)
    for (const bool is_null : {false, true}) {
      if (is_null && !is_pointer_type(type)) continue;
      census.expect("local " + shape(type, is_null), 30);
      census.expect("remote " + shape(type, is_null), 30);
      if (!is_value_type(type)) continue;
      census.expect("low " + shape(type, is_null), 2);
      census.expect("high " + shape(type, is_null), 2);
    }
  for (const int ones : {0, 1, 31, 32}) census.expect("v4 /" + std::to_string(ones), 100);
  for (const int prefix : {0, 31, 32, 64, 127, 128, 129, 255}) census.expect("v6 /" + std::to_string(prefix), 50);
  for (int count = 0; count <= 16; ++count) census.expect("SID of " + std::to_string(count), 1);
  census.expect("SID of 255", 10);
  for (const char* const what :
       {"v4 host bits", "blob NULL", "blob NULL with a size", "blob empty", "blob some", "string empty",
        "string with a NUL", "unpaired surrogate", "sids NULL", "sids NULL with a count", "sids empty", "sids some",
        "element with a SID", "element without", "range of one type"})
    census.expect(what, 20);
  for (std::uint32_t rule = 0; rule <= static_cast<std::uint32_t>(Rule::errorCodeMarker); ++rule)
    if (rule != static_cast<std::uint32_t>(Rule::trafficTypeRange)) census.expect("rule " + std::to_string(rule), 300);
}

TEST(Grammar, WithoutInnerNulsNoStringHasOne) {
  int strings = 0;
  for_events({.traffic_type = TrafficType::tunnel, .inner_nuls = false}, 30000, [&](const Event& event) {
    for (const ConditionValue* const value : {&event.localSubNet, &event.remoteSubNet})
      if (value->type == DataType::unicodeString && !value->is_null) {
        ASSERT_FALSE(has_inner_nul(value->arm.unicodeString));
        ++strings;
      }
  });
  EXPECT_GT(strings, 100);
}

TEST(Grammar, FixedContentsWalkEveryShape) {
  const std::uint64_t shapes =
      all_data_types.size() +
      static_cast<std::size_t>(std::ranges::count_if(all_data_types, [](DataType t) { return is_pointer_type(t); }));
  EXPECT_EQ(shapes, 39U);
  EXPECT_EQ(walk({.contents = Contents::fixed}, Subnet::local), shapes);
  EXPECT_EQ(walk({.validity = Validity::valid, .contents = Contents::fixed}, Subnet::remote), 2U);
}

TEST(Grammar, FixedContentsOfTheTwoSubnetsDiffer) {
  std::pmr::monotonic_buffer_resource storage;
  ReplayedChoices zeros({});
  const Profile fixed{.contents = Contents::fixed};
  EXPECT_FALSE(generate_subnet(zeros, fixed, Subnet::local, storage) ==
               generate_subnet(zeros, fixed, Subnet::remote, storage));
}

TEST(Grammar, EdgeCasesOfASubnetCanBeWalked) {
  constexpr std::uint64_t scalars = 11 * Choices::edge_count;  // integers, floats and the bitmap index
  constexpr std::uint64_t arrays = 3 * 3;                      // zeros, a pattern, ones
  constexpr std::uint64_t blobs = 3 * (3 + 11);                // NULL with a size, or a length
  constexpr std::uint64_t sids = 6 * 2;                        // counts, authorities
  constexpr std::uint64_t tokens = 6 * 6;                      // kinds of array
  constexpr std::uint64_t strings = 4 + 6;                     // lengths, odd units
  constexpr std::uint64_t v4 = (33 + 5) * 3;                   // masks, addresses
  constexpr std::uint64_t v6 = (129 + 4) * 3;
  constexpr std::uint64_t ranges = 33 * 33;  // each bound: 21 types, 12 of them NULL or not
  constexpr std::uint64_t nulls = 15;
  constexpr std::uint64_t all = 1 + scalars + arrays + blobs + sids + tokens + strings + v4 + v6 + ranges + nulls;
  EXPECT_EQ(walk({.contents = Contents::edges}, Subnet::local), all);
  EXPECT_EQ(walk({.contents = Contents::edges, .inner_nuls = false}, Subnet::remote), all - 1);
  EXPECT_EQ(walk({.validity = Validity::valid, .contents = Contents::edges}, Subnet::local), 33 * 3 + 129 * 3);
}

}  // namespace
}  // namespace qmforge::sim
