// Sample events for tests. Header-only; needs only the CMake target qmforge::event.
//
//     const Event transport = test::make_transport_event();
//     Event tunnel = test::make_tunnel_event("10.0.0.0/8", "192.168.1.0/24");
//     tunnel.localSubNet = test::v6("2001:db8::/32");
#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "qmforge/event.h"
#include "qmforge/text.h"

namespace qmforge::test {

namespace detail {

struct Prefix {
  std::string_view address;
  std::string_view length;
};

[[noreturn]] inline void reject_prefix(std::string_view text, std::string_view expected) {
  throw std::invalid_argument("'" + std::string(text) + "': expected " + std::string(expected));
}

inline Prefix split_prefix(std::string_view text, std::string_view expected) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) reject_prefix(text, expected);
  return {text.substr(0, slash), text.substr(slash + 1)};
}

inline std::optional<unsigned> number_up_to(std::string_view text, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > most) return std::nullopt;
  return number;
}

}  // namespace detail

/// FWP_V4_ADDR_MASK, both numbers in host order.
[[nodiscard]] inline ConditionValue v4(std::uint32_t addr, std::uint32_t mask) {
  ConditionValue subnet(DataType::v4AddrMask);
  subnet.v4AddrMask = {addr, mask};
  return subnet;
}

/// FWP_V6_ADDR_MASK, the address in network order, the length 0 to 255.
[[nodiscard]] inline ConditionValue v6(const std::array<std::uint8_t, 16>& addr, unsigned prefix_length) {
  ConditionValue subnet(DataType::v6AddrMask);
  subnet.v6AddrMask = {addr, static_cast<std::uint8_t>(prefix_length)};
  return subnet;
}

/// FWP_V4_ADDR_MASK from `10.0.0.0/8`, or from `10.0.0.0/255.0.255.0` for a mask that is not a prefix. Throws
/// std::invalid_argument for any other text.
[[nodiscard]] inline ConditionValue v4(std::string_view prefix) {
  constexpr std::string_view expected = "an IPv4 address, '/', and 0 to 32 or a mask";
  const auto [address, length] = detail::split_prefix(prefix, expected);
  const auto addr = v4_from_text(address);
  std::optional<std::uint32_t> mask = v4_from_text(length);
  if (const auto bits = detail::number_up_to(length, 32)) mask = *bits == 0 ? 0 : ~std::uint32_t{0} << (32 - *bits);
  if (!addr || !mask) detail::reject_prefix(prefix, expected);
  return v4(*addr, *mask);
}

/// FWP_V6_ADDR_MASK from `2001:db8::/32`. A length above 128, up to 255, makes an invalid subnet. Throws
/// std::invalid_argument for any other text.
[[nodiscard]] inline ConditionValue v6(std::string_view prefix) {
  constexpr std::string_view expected = "an IPv6 address, '/', and 0 to 255";
  const auto [address, length] = detail::split_prefix(prefix, expected);
  const auto addr = v6_from_text(address);
  const auto bits = detail::number_up_to(length, 255);
  if (!addr || !bits) detail::reject_prefix(prefix, expected);
  return v6(*addr, *bits);
}

/// An event in transport mode without findings: ERROR_IPSEC_IKE_NO_CERT of the peer, IKEv2, final state, responder,
/// filter 0x0102030405060708. The bytes of each 64-bit member and of the GUID differ, so that a wrong byte order shows.
[[nodiscard]] inline Event make_transport_event(Revision revision = Revision::r0) {
  Event event;
  event.revision = revision;
  event.failureErrorCode = 13806;
  event.failurePoint = FailurePoint::peer;
  event.keyingModuleType = KeyModuleType::ikev2;
  event.qmState = QmSaState::final;
  event.saRole = SaRole::responder;
  event.qmFilterId = 0x0102030405060708;
  event.mmSaLuid = 0x1112131415161718;
  event.mmProviderContextKey = {0x12345678, 0x9abc, 0xdef0, {1, 2, 3, 4, 5, 6, 7, 8}};
  return event;
}

/// The same event in tunnel mode, between these subnets.
[[nodiscard]] inline Event make_tunnel_event(const ConditionValue& local, const ConditionValue& remote,
                                             Revision revision = Revision::r0) {
  Event event = make_transport_event(revision);
  event.saTrafficType = TrafficType::tunnel;
  event.localSubNet = local;
  event.remoteSubNet = remote;
  return event;
}

/// The same, with the subnets as text: IPv6 if the text has a colon, otherwise IPv4.
[[nodiscard]] inline Event make_tunnel_event(std::string_view local, std::string_view remote,
                                             Revision revision = Revision::r0) {
  const auto subnet = [](std::string_view text) { return text.contains(':') ? v6(text) : v4(text); };
  return make_tunnel_event(subnet(local), subnet(remote), revision);
}

}  // namespace qmforge::test
