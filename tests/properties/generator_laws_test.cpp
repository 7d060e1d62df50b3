// The laws of the grammar and of its choices.
#include <memory_resource>
#include <vector>

#include "laws.h"
#include "qmforge/sim/choices.h"
#include "qmforge/sim/generate.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

using laws::check_law;
using laws::Distribution;

/// Any consistent profile: it may fix a subnet type other than a mask only if events may be invalid.
rc::Gen<sim::Profile> any_profile() {
  return test::from_choices([](sim::Choices& choices) {
    sim::Profile profile;
    profile.validity = static_cast<sim::Validity>(choices.choose(3));
    profile.contents = static_cast<sim::Contents>(choices.choose(3));
    if (choices.coin()) profile.revision = static_cast<Revision>(choices.choose(2));
    if (choices.coin()) profile.traffic_type = static_cast<TrafficType>(choices.choose(2));
    const auto masks = std::array{DataType::v4AddrMask, DataType::v6AddrMask};
    const bool any = profile.validity == sim::Validity::any;
    const auto type = [&] { return any ? choices.one_of(all_data_types) : choices.one_of(masks); };
    if (choices.coin()) profile.local_type = type();
    if (choices.coin()) profile.remote_type = profile.validity == sim::Validity::clean ? profile.local_type : type();
    profile.inner_nuls = choices.coin();
    profile.unencodable = any && choices.coin();
    return profile;
  });
}

const char* name_of(sim::Validity validity) {
  constexpr std::array names = {"any", "valid", "clean"};
  return names[static_cast<std::size_t>(validity)];
}

bool allows(const sim::Profile& profile, const Event& event) {
  const Findings findings = validate(event);
  if (profile.validity == sim::Validity::valid && findings.has_error()) return false;
  if (profile.validity == sim::Validity::clean && !findings.empty()) return false;
  if (profile.revision && event.revision != *profile.revision) return false;
  if (profile.traffic_type && event.saTrafficType != *profile.traffic_type) return false;
  if (event.has_subnets() && profile.local_type && event.localSubNet.type != *profile.local_type) return false;
  if (event.has_subnets() && profile.remote_type && event.remoteSubNet.type != *profile.remote_type) return false;
  std::vector<std::byte> bytes;
  if (!profile.unencodable && !sim::encode(event, {}, bytes)) return false;
  return profile.inner_nuls || profile.unencodable || sim::encode(event, {.format = Format::native64}, bytes);
}

TEST(Law, GeneratedEventsMatchProfile) {
  check_law(
      [](Distribution& seen) {
        const sim::Profile profile = *any_profile();
        seen.count(name_of(profile.validity));
        const auto event = *test::any_event(profile);
        RC_ASSERT(allows(profile, *event));
      },
      {"any", "valid", "clean"}, 100);
}

TEST(Law, ZeroAnswersGiveTheSimplestEvent) {
  check_law(
      [](Distribution& seen) {
        const sim::Profile profile = *any_profile();
        sim::ReplayedChoices zeroes({});
        std::pmr::monotonic_buffer_resource storage;
        const Event event = sim::generate(zeroes, profile, storage);
        RC_ASSERT(allows(profile, event));
        RC_ASSERT(event.saTrafficType == profile.traffic_type.value_or(TrafficType::transport));
        RC_ASSERT(event.revision == profile.revision.value_or(Revision::r0));
        // The event is valid, except that the profile may fix a subnet's type that is not a mask.
        const auto asked = [](const std::optional<DataType>& type) {
          return type && *type != DataType::v4AddrMask && *type != DataType::v6AddrMask;
        };
        for (const Finding& finding : validate(event))
          RC_ASSERT((finding.rule == Rule::subnetType &&
                     asked(finding.field.step(0) == Step::localSubNet ? profile.local_type : profile.remote_type)) ||
                    (finding.rule == Rule::subnetFamilyMismatch && profile.local_type != profile.remote_type));
        seen.count(event.has_subnets() ? "tunnel" : "transport");
      },
      {"tunnel", "transport"}, 100);
}

TEST(Law, ReplayedAnswersGiveTheSameEvent) {
  check_law(
      [](Distribution& seen) {
        sim::RandomChoices random(*rc::gen::arbitrary<std::uint64_t>());
        sim::RecordedChoices recorded(random);
        std::pmr::monotonic_buffer_resource storage;
        const Event event = sim::generate(recorded, {.unencodable = true}, storage);
        sim::ReplayedChoices replayed(recorded.answers());
        RC_ASSERT(sim::generate(replayed, {.unencodable = true}, storage) == event);
        sim::ByteChoices bytes(recorded.bytes());
        RC_ASSERT(sim::generate(bytes, {.unencodable = true}, storage) == event);
        seen.count(event.has_subnets() ? "tunnel" : "without subnets");
      },
      {"tunnel", "without subnets"}, 100);
}

}  // namespace
}  // namespace qmforge
