// A user's own little decoder, with a bug that such code often has, tested with our generators: the property test finds
// the bug and shrinks it to the simplest event that shows it.
#include <qmforge/testing/gtest.h>
#include <qmforge/testing/rapidcheck.h>

#include <cstdint>
#include <cstring>
#include <iostream>
#include <span>
#include <string>
#include <vector>

namespace {

/// The remote subnet of an IPv4 tunnel as text, from a little-endian NDR 2.0 body. The bug: the address is in host
/// order, but this prints its bytes in the order of the wire.
std::string remote_subnet(std::span<const std::byte> body) {
  const std::byte* const mask = body.data() + 72;  // behind the flat part (64 bytes) and the local mask
  const auto byte = [&](std::size_t i) { return std::to_integer<unsigned>(mask[i]); };
  std::uint32_t bits = 0;
  std::memcpy(&bits, mask + 4, sizeof(bits));
  return std::to_string(byte(0)) + '.' + std::to_string(byte(1)) + '.' + std::to_string(byte(2)) + '.' +
         std::to_string(byte(3)) + '/' + std::to_string(__builtin_popcount(bits));
}

std::string expected_text(const qmforge::V4AddrMask& subnet) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += std::to_string(subnet.addr >> shift & 0xff) + (shift ? "." : "");
  return text + '/' + std::to_string(__builtin_popcount(subnet.mask));
}

bool is_v4_tunnel(const qmforge::Event& event) {
  return event.has_subnets() && event.localSubNet.type == qmforge::DataType::v4AddrMask &&
         event.remoteSubNet.type == qmforge::DataType::v4AddrMask;
}

}  // namespace

int main() {
  std::string simplest;
  const bool passed = rc::check("the remote subnet is printed as it is", [&] {
    const auto event = *rc::gen::suchThat(
        qmforge::test::clean_event({.revision = qmforge::Revision::r0, .traffic_type = qmforge::TrafficType::tunnel}),
        [](const auto& candidate) { return is_v4_tunnel(*candidate); });
    std::vector<std::byte> body;
    RC_ASSERT(qmforge::sim::encode(*event, {.format = qmforge::Format::ndr20Body}, body).has_value());
    const std::string due = expected_text(event->remoteSubNet.v4AddrMask);
    if (remote_subnet(body) != due) simplest = due;  // the last one that failed is the simplest
    RC_ASSERT(remote_subnet(body) == due);
  });
  if (passed) return 1;
  std::cout << "found: remoteSubNet " << simplest << '\n';

  // The matchers work outside our own tests too.
  const auto combination = qmforge::test::all_combinations().front();
  std::vector<std::byte> bytes;
  if (!qmforge::sim::encode(combination.event(), {}, bytes)) return 1;
  return testing::Value(bytes, qmforge::test::DecodesTo(combination.event())) ? 0 : 1;
}
