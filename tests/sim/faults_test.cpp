// The catalogue of faults: both decoders and the validator give the expected results, and every error occurs.
#include "qmforge/sim/faults.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <string>

#include "qmforge/sim/expected.h"
#include "sim/fault_answers.h"

namespace qmforge::sim {
namespace {

using namespace qmforge::testing;

TEST(Catalogue, HasEachFaultUnderADistinctName) {
  std::set<std::string_view> names;
  for (const FaultInfo& entry : fault_catalogue()) {
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
    EXPECT_EQ(fault_from_name(entry.name), entry.fault);
    EXPECT_EQ(&info(entry.fault), &entry);
    EXPECT_FALSE(entry.description.empty()) << entry.name;
    EXPECT_FALSE(to_string(entry.fault_class).empty()) << entry.name;
    EXPECT_EQ(entry.rule.has_value(), entry.fault_class == FaultClass::rule) << entry.name;
  }
  EXPECT_EQ(fault_from_name("no-such-fault"), std::nullopt);
  EXPECT_EQ(fault_from_name(""), std::nullopt);
  EXPECT_EQ(to_string(FaultClass{9}), "") << "not a class";
}

TEST(Catalogue, HasNamesThatAreValidFileNames) {
  for (const FaultInfo& entry : fault_catalogue()) {
    EXPECT_EQ(entry.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string_view::npos);
    EXPECT_LE(entry.name.size(), 40U) << entry.name;
    for (const std::string_view reserved : {"con", "prn", "aux", "nul", "com1", "lpt1"})
      EXPECT_NE(entry.name, reserved);
  }
}

TEST(Catalogue, NamesEveryErrorCodeAndEveryRule) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::badAddress); ++code)
    EXPECT_TRUE(std::ranges::any_of(fault_catalogue(), [&](const FaultInfo& entry) {
      return std::ranges::find(entry.codes, static_cast<ErrorCode>(code)) != entry.codes.end();
    })) << to_string(static_cast<ErrorCode>(code));
  for (int rule = 0; rule <= static_cast<int>(Rule::errorCodeMarker); ++rule)
    EXPECT_TRUE(std::ranges::any_of(fault_catalogue(), [&](const FaultInfo& entry) {
      return entry.rule == static_cast<Rule>(rule);
    })) << to_string(static_cast<Rule>(rule));
}

/// The error codes that decoding a format can give: docs/format.md 3.2.
std::set<ErrorCode> codes_of(Format format) {
  using enum ErrorCode;
  switch (format) {
    case Format::ndr20:
      return {truncated,          trailingBytes, headerVersion,    headerEndianness,
              headerLength,       objectLength,  unionTagMismatch, unionTagUnknown,
              arrayCountMismatch, stringOffset,  stringLength,     stringUnterminated};
    case Format::ndr20Body:
    case Format::ndr64:
      return {truncated,          trailingBytes, unionTagMismatch, unionTagUnknown,
              arrayCountMismatch, stringOffset,  stringLength,     stringUnterminated};
    default: return {truncated, unionTagUnknown, stringUnterminated, badAddress};
  }
}

using Place = std::pair<ErrorCode, std::string>;

/// The places in a message where each code can occur, by its field map.
void add_places(const EncodedMessage& message, std::set<Place>& places) {
  const bool image = message.options.format == Format::native64 || message.options.format == Format::native32;
  std::uint64_t end = 0;  // of the fields so far
  for (const WireField& field : message.map.fields) {
    const auto add = [&](ErrorCode code) { places.emplace(code, field.path.to_string()); };
    if (is_required(field.kind) && field.end() > end && (!image || field.end() <= message.map.object_end)) {
      // An ndr20 body ends at a multiple of 8: the last multiple before the field's end must not cut off earlier
      // fields.
      const bool in_steps = message.options.format == Format::ndr20 && field.offset >= message.map.body_begin;
      if (!in_steps || (field.end() - 1) / 8 * 8 >= end) add(ErrorCode::truncated);
      end = field.end();
    }
    switch (field.kind) {
      case FieldKind::outerTag:
      case FieldKind::innerTag: add(ErrorCode::unionTagMismatch); break;
      case FieldKind::type: add(ErrorCode::unionTagUnknown); break;
      case FieldKind::maxCount:
        if (field.partner != WireField::none) add(ErrorCode::arrayCountMismatch);
        break;
      case FieldKind::stringOffset: add(ErrorCode::stringOffset); break;
      case FieldKind::actualCount: add(ErrorCode::stringLength); break;
      case FieldKind::units: add(ErrorCode::stringUnterminated); break;
      case FieldKind::pointer:
        if (image && field.partner != WireField::none) add(ErrorCode::badAddress);
        break;
      default: break;
    }
  }
}

class EveryFault : public ::testing::TestWithParam<EncodeOptions> {};

TEST_P(EveryFault, HasTheExpectedResultAtEverySite) {
  constexpr std::size_t longest = 220;  // a shorter message has the same shape
  const Format format = GetParam().format;
  std::pmr::monotonic_buffer_resource storage;
  std::map<Fault, std::uint64_t> applied;
  std::map<Fault, std::set<ErrorCode>> codes;
  std::set<Rule> rules;
  std::set<Place> possible;
  std::set<Place> provoked;
  EncodedMessage message;
  for (const Event& event : every_event(storage)) {
    ASSERT_TRUE(encode(event, GetParam(), message));
    if (message.bytes.size() > longest) continue;
    add_places(message, possible);
    for (const FaultInfo& entry : fault_catalogue()) {
      for (const Site& site : sites(entry.fault, message)) {
        const FaultedMessage faulted = apply(entry.fault, site, message);
        ++applied[entry.fault];
        ASSERT_TRUE(gives_expected(message, faulted)) << described({entry.fault, site});
        ASSERT_NE(faulted.bytes, message.bytes) << described({entry.fault, site});
        ASSERT_EQ(revert(faulted), message.bytes) << described({entry.fault, site});
        if (faulted.expected.event) {
          for (const Finding& finding : faulted.expected.findings) rules.insert(finding.rule);
        } else {
          codes[entry.fault].insert(faulted.expected.event.error().code);
          provoked.emplace(faulted.expected.event.error().code, faulted.expected.event.error().field.to_string());
        }
      }
    }
  }

  std::set<ErrorCode> all_codes;
  for (const FaultInfo& entry : fault_catalogue()) {
    const bool occurs = std::ranges::find(entry.formats, format) != entry.formats.end();
    EXPECT_EQ(applied[entry.fault] != 0, occurs) << entry.name;
    for (const ErrorCode code : codes[entry.fault])
      EXPECT_NE(std::ranges::find(entry.codes, code), entry.codes.end()) << entry.name << " gives " << to_string(code);
    all_codes.merge(std::set(codes[entry.fault]));
  }
  EXPECT_EQ(all_codes, codes_of(format));
  EXPECT_EQ(rules.size(), static_cast<std::size_t>(Rule::errorCodeMarker)) << "all rules except traffic-type-range";
  EXPECT_FALSE(rules.contains(Rule::trafficTypeRange));
  for (const auto& [code, field] : possible)
    EXPECT_TRUE(provoked.contains({code, field})) << to_string(code) << " of " << field << " does not occur";
}

INSTANTIATE_TEST_SUITE_P(In, EveryFault, ::testing::ValuesIn(canonical_forms()), form_name);

class AnyForm : public ::testing::TestWithParam<EncodeOptions> {};

/// The first, the last and a middle one.
std::vector<Site> some(const std::vector<Site>& sites) {
  if (sites.size() <= 3) return sites;
  return {sites.front(), sites[sites.size() / 2], sites.back()};
}

TEST_P(AnyForm, HasTheExpectedResultsInRandomEvents) {
  RandomChoices choices(0);
  EncodedMessage message;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    choices.reseed(seed);
    std::pmr::monotonic_buffer_resource storage;
    const Event event = generate(choices, Profile().for_format(GetParam().format), storage);
    ASSERT_TRUE(encode(event, GetParam(), message));
    for (const FaultInfo& entry : fault_catalogue()) {
      for (const Site& site : some(sites(entry.fault, message))) {
        const FaultedMessage faulted = apply(entry.fault, site, message);
        ASSERT_TRUE(gives_expected(message, faulted)) << described({entry.fault, site});
        ASSERT_EQ(revert(faulted), message.bytes) << described({entry.fault, site});
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Legal, AnyForm, ::testing::ValuesIn(legal_forms()), form_name);

TEST(Sites, AreEmptyInImagesWithSharedPointees) {
  EncodedMessage message;
  const Event event = tunnel_event(test::v4(1, 2), test::v4(1, 2));
  ASSERT_TRUE(encode(event, {.format = Format::native64, .placement = {.share = true}}, message));
  for (const FaultInfo& entry : fault_catalogue()) {
    if (entry.fault_class == FaultClass::rule) continue;
    EXPECT_TRUE(sites(entry.fault, message).empty()) << entry.name;
  }
  EXPECT_FALSE(sites(Fault::subnetIsNull, message).empty());
}

TEST(RuleFaults, BreakOneRuleOfAValidEvent) {
  const ConditionValue v4 = test::v4(0x0a000000, 0xff000000);
  const ConditionValue v6 = test::v6({0xfe, 0x80}, 64);
  std::set<Rule> broken_rules;
  for (const Event& event : {transport_event(), tunnel_event(v4, v4), tunnel_event(v6, v6)}) {
    ASSERT_TRUE(validate(event).empty());
    for (const FaultInfo& entry : fault_catalogue()) {
      for (const Site& site : rule_sites(entry.fault, event)) {
        const InvalidEvent broken = break_rule(entry.fault, site, event);
        EXPECT_EQ(broken.finding.rule, entry.rule);
        broken_rules.insert(broken.finding.rule);
        const Findings findings = validate(broken.event);
        EXPECT_TRUE(findings == expected_findings(broken.event)) << described({entry.fault, site});
        ASSERT_EQ(findings.size(), 1U) << described({entry.fault, site});
        EXPECT_EQ(*findings.begin(), broken.finding) << described({entry.fault, site});
      }
    }
  }
  EXPECT_EQ(broken_rules.size(), static_cast<std::size_t>(Rule::errorCodeMarker) + 1) << "all rules";
}

TEST(RuleFaults, OfTheTrafficTypeHaveNoEncoding) {
  const Event event = transport_event();
  EncodedMessage message;
  ASSERT_TRUE(encode(event, {}, message));
  EXPECT_FALSE(rule_sites(Fault::trafficTypeOutOfRange, event).empty());
  EXPECT_TRUE(sites(Fault::trafficTypeOutOfRange, message).empty());
}

}  // namespace
}  // namespace qmforge::sim
