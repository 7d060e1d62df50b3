// The generators for RapidCheck give what the simulator's do, as often: the tables of docs/generators.md.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>

#include "qmforge/sim/faults.h"
#include "qmforge/testing/rapidcheck.h"
#include "support/event_kinds.h"

namespace qmforge {
namespace {

using testing::Census;

// Calls `visit` with the generator's value for each of `count` seeds.
template <class T, class Visit>
void for_seeds(std::uint64_t count, const rc::Gen<T>& generator, Visit visit) {
  for (std::uint64_t seed = 1; seed <= count; ++seed) visit(generator(rc::Random(seed), 0).value());
}

constexpr std::uint64_t samples = 20'000;

TEST(GeneratorDistribution, OfEvents) {
  Census census;
  for_seeds(samples, test::any_event(), [&](const auto& event) { testing::count_event(census, *event); });
  census.expect("Any event");
}

TEST(GeneratorDistribution, OfValidEvents) {
  Census census;
  for_seeds(samples, test::valid_event(), [&](const auto& event) { testing::count_valid_event(census, *event); });
  census.expect("A valid event");
}

TEST(GeneratorDistribution, OfCleanEvents) {
  Census census;
  for_seeds(samples, test::clean_event(), [&](const auto& event) { testing::count_clean_event(census, *event); });
  census.expect("An event without findings");
}

TEST(GeneratorDistribution, OfSubnetsAndBounds) {
  Census subnets;
  Census bounds;
  for_seeds(samples, test::any_subnet(), [&](const auto& subnet) { testing::count_type(subnets, *subnet); });
  for_seeds(samples, test::any_value(), [&](const auto& value) { testing::count_type(bounds, *value); });
  subnets.expect("A subnet of a tunnel");
  bounds.expect("A bound of a range");
}

TEST(GeneratorDistribution, OfMasks) {
  Census v4;
  Census v6;
  for_seeds(samples, rc::gen::arbitrary<V4AddrMask>(), [&](const auto& mask) { testing::count_mask(v4, mask); });
  for_seeds(samples, rc::gen::arbitrary<V6AddrMask>(), [&](const auto& mask) { testing::count_mask(v6, mask); });
  v4.expect("FWP_V4_ADDR_MASK");
  v6.expect("FWP_V6_ADDR_MASK");
}

TEST(GeneratorDistribution, OfLabelledInputs) {
  Census census;
  for_seeds(40'000, test::labelled_input(), [&](const auto& input) { testing::count_input(census, *input); });
  census.expect("A labelled input");
}

template <class Enum>
void expect_enumeration(const std::string& heading) {
  Census census;
  for_seeds(samples, test::any_enumeration<Enum>(), [&](Enum value) {
    const auto number = static_cast<std::uint32_t>(value);
    const bool is_named = number <= member_count<Enum> + 1 || number == 0x80000000 || number == 0xffffffff;
    census.next();
    census.count("number " + (is_named ? std::to_string(number) : "another"));
  });
  census.expect(heading);
}

TEST(GeneratorDistribution, OfEnumerations) {
  expect_enumeration<FailurePoint>("FailurePoint, KeyModuleType");
  expect_enumeration<KeyModuleType>("FailurePoint, KeyModuleType");
  expect_enumeration<QmSaState>("QmSaState");
  expect_enumeration<SaRole>("SaRole, TrafficType");
  expect_enumeration<TrafficType>("SaRole, TrafficType");
}

template <class T>
void expect_evenly(const std::string& heading) {
  Census census;
  for_seeds(samples, rc::gen::arbitrary<T>(), [&](T value) {
    std::ostringstream name;
    rc::show(value, name);
    census.next();
    census.count("value " + name.str());
  });
  census.expect(heading);
}

TEST(GeneratorDistribution, OfTypesFormatsAndRevisions) {
  expect_evenly<DataType>("DataType");
  expect_evenly<Format>("Format");
  expect_evenly<Revision>("Revision");
}

// Every fault is as likely as any other, of all and of those that a format can have.
TEST(GeneratorDistribution, OfFaults) {
  const auto expect = [](double faults, std::uint64_t count, const auto& generator, const auto& fault_of) {
    std::map<sim::Fault, std::uint64_t> counts;
    for_seeds(count, generator, [&](const auto& generated) { ++counts[fault_of(generated)]; });
    const double expected = static_cast<double>(count) / faults;
    EXPECT_EQ(static_cast<double>(counts.size()), faults);
    for (const auto& [fault, seen] : counts)
      EXPECT_NEAR(static_cast<double>(seen), expected, 5 * std::sqrt(expected)) << sim::info(fault).name;
  };
  const auto occurs = [](Format format) {
    return static_cast<double>(std::ranges::count_if(sim::fault_catalogue(), [&](const sim::FaultInfo& fault) {
      return std::ranges::find(fault.formats, format) != fault.formats.end();
    }));
  };
  const auto all = static_cast<double>(sim::fault_catalogue().size());
  expect(all, samples, test::any_fault(), [](sim::Fault fault) { return fault; });
  const auto fault_of = [](const test::FaultedMessage& message) { return message.fault; };
  expect(all - 1, 6000, test::faulted_message(), fault_of);
  for (const Format format : {Format::ndr20, Format::native32})
    expect(occurs(format), 3000, test::faulted_message(format), fault_of);
}

}  // namespace
}  // namespace qmforge
