// Headers with one member set, and with all, in every version of the structures, enumerated and delivered to a
// callback. shown.h computes the expected headers.
#include <array>
#include <vector>

#include "shown.h"
#include "support.h"

namespace qmforge::wfp {
namespace {

class Headers : public WfpTest {
 protected:
  static constexpr std::array<std::uint32_t, 3> user = {21, 0xfedcba98, 1001};
  static constexpr std::array<std::uint32_t, 15> package = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47};

  static Sid sid(std::uint8_t authority, std::span<const std::uint32_t> sub_authorities) {
    return Sid{1, {0, 0, 0, 0, 0, authority}, IntegerView<std::uint32_t>(sub_authorities)};
  }

  static EventHeader full(IpVersion version) {
    EventHeader header;
    header.ipVersion = version;
    header.localAddr = {1, 2, 3, 4};
    header.remoteAddr = {250, 251, 252, 253};
    if (version == IpVersion::v6) {
      (*header.localAddr)[15] = 16;
      (*header.remoteAddr)[4] = 99;
    }
    header.ipProtocol = std::uint8_t{0xab};
    header.localPort = std::uint16_t{0x1234};
    header.remotePort = std::uint16_t{0xfedc};
    header.scopeId = 0x89abcdef;
    header.appId = u"\\device\\harddiskvolume1\\app.exe";
    header.userId = sid(5, user);
    header.packageSid = sid(15, package);
    header.enterpriseId = u"example.org";
    header.policyFlags = 0x0123456789abcdef;
    header.effectiveName = u"a name";
    return header;
  }

  /// Each member by itself, all, none, flags that are not the members', and a time of its own.
  static std::vector<EventHeader> headers() {
    const EventHeader all = full(IpVersion::v4);
    std::vector<EventHeader> result = {{}, all, full(IpVersion::v6)};
    result.front().timeStamp = 5;  // the clock waits
    const auto alone = [&](auto EventHeader::* member) {
      EventHeader header;
      header.*member = all.*member;
      result.push_back(header);
    };
    alone(&EventHeader::ipVersion);
    alone(&EventHeader::ipProtocol);
    alone(&EventHeader::localPort);
    alone(&EventHeader::remotePort);
    alone(&EventHeader::scopeId);
    alone(&EventHeader::appId);
    alone(&EventHeader::userId);
    alone(&EventHeader::packageSid);
    alone(&EventHeader::enterpriseId);
    alone(&EventHeader::policyFlags);
    alone(&EventHeader::effectiveName);
    alone(&EventHeader::localAddr);  // without the IP version: not set
    for (const IpVersion version : {IpVersion::v4, IpVersion::v6})
      for (auto EventHeader::* const address : {&EventHeader::localAddr, &EventHeader::remoteAddr}) {
        EventHeader header;
        header.ipVersion = version;
        header.*address = full(version).*address;
        result.push_back(header);
      }
    for (const std::uint32_t flags : {0u, 0x3fffu, 0x0200u, 0xffffffffu}) {
      result.push_back(all);
      result.back().flags = flags;
    }
    for (const std::uint64_t time : {std::uint64_t{0}, std::uint64_t{0xffffffff}, std::uint64_t{0x123456789abcdef0}}) {
      result.push_back({});
      result.back().timeStamp = time;
    }
    return result;
  }

  static constexpr std::uint64_t start = 0xfffffffe;  // the clock passes 32 bits

  static void feed_all(Delivery delivery) {
    set_clock(start, 1);
    for (const EventHeader& header : headers()) feed(transport_event(), header, {delivery});
  }

  /// Compares what was seen of feed_all(), in order, with what must be.
  static void expect_all(const std::vector<Seen>& seen, unsigned version) {
    const std::vector<EventHeader> fed = headers();
    ASSERT_EQ(seen.size(), fed.size());
    std::uint64_t clock = start;
    for (std::size_t i = 0; i < fed.size(); ++i) {
      EXPECT_TRUE(seen[i] == shown(fed[i], version, clock))
          << "FWPM_NET_EVENT" << version << ", header " << i << ", flags " << std::hex << seen[i].flags;
      if (!fed[i].timeStamp) ++clock;
    }
  }
};

template <unsigned n>
std::vector<Seen> enumerated() {
  const Everything<n> everything;
  std::vector<Seen> seen;
  for (const auto* event : everything.page.entries()) seen.push_back(seen_of(*event));
  return seen;
}

TEST_F(Headers, EnumeratedShowTheMembersOfTheirVersion) {
  feed_all(Delivery::logged);
  expect_all(enumerated<0>(), 0);
  expect_all(enumerated<1>(), 1);
  expect_all(enumerated<2>(), 2);
  expect_all(enumerated<3>(), 3);
  expect_all(enumerated<4>(), 4);
  expect_all(enumerated<5>(), 5);
}

/// What a subscription of FwpmNetEventSubscribe<n - 1> is called with while `feed_events` feeds.
template <unsigned n, class Subscribe>
std::vector<Seen> called_back(Subscribe subscribe, void (*feed_events)(Delivery)) {
  const Session session;
  std::vector<Seen> seen;
  const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{};
  HANDLE events = nullptr;
  const auto callback = [](void* context, const typename Version<n>::NetEvent* event) {
    static_cast<std::vector<Seen>*>(context)->push_back(seen_of(*event));
  };
  EXPECT_EQ(subscribe(session, &subscription, callback, &seen, &events), ERROR_SUCCESS);
  feed_events(Delivery::live);
  wait_delivered();
  EXPECT_EQ(FwpmNetEventUnsubscribe0(session, events), ERROR_SUCCESS);
  return seen;
}

TEST_F(Headers, OfCallbacksShowTheMembersOfTheNextVersion) {
  expect_all(called_back<1>(&FwpmNetEventSubscribe0, &feed_all), 1);
  expect_all(called_back<2>(&FwpmNetEventSubscribe1, &feed_all), 2);
  expect_all(called_back<3>(&FwpmNetEventSubscribe2, &feed_all), 3);
  expect_all(called_back<4>(&FwpmNetEventSubscribe3, &feed_all), 4);
  expect_all(called_back<5>(&FwpmNetEventSubscribe4, &feed_all), 5);
}

// The reserved members of FWPM_NET_EVENT1's header, too.
TEST_F(Headers, ReservedMembersAreZero) {
  feed_all(Delivery::logged);
  const Everything<1> everything;
  for (const auto* event : everything.page.entries()) {
    constexpr std::size_t first = offsetof(FWPM_NET_EVENT_HEADER1, addressFamily) + sizeof(FWP_AF);
    constexpr std::array<std::byte, sizeof(FWPM_NET_EVENT_HEADER1) - first> zeros{};
    EXPECT_EQ(std::memcmp(reinterpret_cast<const std::byte*>(&event->header) + first, zeros.data(), zeros.size()), 0);
  }
}

}  // namespace
}  // namespace qmforge::wfp
