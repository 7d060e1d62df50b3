// The sample events, and Owned.
#include "qmforge/testing/events.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "qmforge/testing/owned.h"
#include "qmforge/validate.h"

namespace qmforge {
namespace {

TEST(SampleEvents, HaveNoFindings) {
  for (const Revision revision : {Revision::r0, Revision::r1}) {
    EXPECT_TRUE(validate(test::make_transport_event(revision)).empty());
    EXPECT_TRUE(validate(test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24", revision)).empty());
    EXPECT_TRUE(validate(test::make_tunnel_event("2001:db8::/32", "fe80::/10", revision)).empty());
    EXPECT_EQ(test::make_transport_event(revision).revision, revision);
  }
}

TEST(SampleEvents, HaveTheDocumentedValues) {
  const Event event = test::make_transport_event();
  EXPECT_EQ(event.failureErrorCode, 13806U);
  EXPECT_EQ(event.failurePoint, FailurePoint::peer);
  EXPECT_EQ(event.keyingModuleType, KeyModuleType::ikev2);
  EXPECT_EQ(event.qmState, QmSaState::final);
  EXPECT_EQ(event.saRole, SaRole::responder);
  EXPECT_EQ(event.saTrafficType, TrafficType::transport);
  EXPECT_EQ(event.qmFilterId, 0x0102030405060708U);
  EXPECT_EQ(event.mmSaLuid, 0x1112131415161718U);
  EXPECT_EQ(event.mmProviderContextKey, (Guid{0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}}));
  EXPECT_EQ(test::make_tunnel_event("10.0.0.0/8", "fe80::/10").saTrafficType, TrafficType::tunnel);
}

TEST(SampleEvents, SayWhichTextTheyReject) {
  const auto message = [](auto make) {
    try {
      make();
    } catch (const std::invalid_argument& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(message([] { (void)test::v4("10.0.0.0/33"); }),
            "'10.0.0.0/33': expected an IPv4 address, '/', and 0 to 32 or a mask");
  EXPECT_EQ(message([] { (void)test::v6("::"); }), "'::': expected an IPv6 address, '/', and 0 to 255");
}

TEST(SampleEvents, AcceptSubnetsAsText) {
  const Event event = test::make_tunnel_event("10.1.0.0/16", "2001:db8::/129");
  EXPECT_EQ(event.localSubNet.v4AddrMask, (V4AddrMask{0x0a010000, 0xffff0000}));
  EXPECT_EQ(event.remoteSubNet.v6AddrMask, (V6AddrMask{{0x20, 0x01, 0x0d, 0xb8}, 129}));
}

TEST(SampleEvents, AcceptEveryPrefixLengthAndAnyMask) {
  EXPECT_EQ(test::v4("1.2.3.4/0").v4AddrMask.mask, 0U);
  EXPECT_EQ(test::v4("1.2.3.4/1").v4AddrMask.mask, 0x80000000U);
  EXPECT_EQ(test::v4("1.2.3.4/32").v4AddrMask.mask, 0xffffffffU);
  EXPECT_EQ(test::v4("1.2.3.4/255.0.255.0").v4AddrMask.mask, 0xff00ff00U);
  EXPECT_EQ(test::v6("::1/0").v6AddrMask.prefixLength, 0);
  EXPECT_EQ(test::v6("::1/255").v6AddrMask.prefixLength, 255);
}

TEST(SampleEvents, RejectOtherText) {
  for (const char* text :
       {"", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "10.0.0.0/8 ", "::/8"})
    EXPECT_THROW((void)test::v4(text), std::invalid_argument) << text;
  for (const char* text : {"", "::", "::/", "::/256", "10.0.0.0/8", "::/8x"})
    EXPECT_THROW((void)test::v6(text), std::invalid_argument) << text;
}

// Uses that would leave dangling views do not compile: see owned.h.
using OwnedEvent = test::Owned<Event>;
template <class T>
concept Dereferenced = requires(T&& owned) { *std::forward<T>(owned); };
template <class T>
concept Followed = requires(T&& owned) { std::forward<T>(owned).operator->(); };
static_assert(std::is_convertible_v<const OwnedEvent&, const Event&>);
static_assert(!std::is_convertible_v<OwnedEvent, const Event&> && !std::is_convertible_v<OwnedEvent, Event>);
static_assert(!std::is_constructible_v<Event, OwnedEvent>);
static_assert(Dereferenced<const OwnedEvent&> && !Dereferenced<OwnedEvent>);
static_assert(Followed<const OwnedEvent&> && !Followed<OwnedEvent>);

}  // namespace
}  // namespace qmforge
