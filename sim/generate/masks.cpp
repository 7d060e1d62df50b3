// Subnets: addresses and their masks.
#include "grammar.h"

namespace qmforge::sim {
namespace {

constexpr std::array<std::uint32_t, 5> torn_masks = {0x00ffffff, 0xff00ff00, 0xfffffffd, 1, 0x7fffffff};
constexpr std::array<std::uint8_t, 4> long_prefixes = {129, 130, 254, 255};

constexpr std::array<std::uint8_t, 16> documentation_address = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0,
                                                                0,    0,    0,    0,    0, 0, 0, 1};
constexpr std::array<std::uint8_t, 16> mapped_address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1};

std::uint32_t mask_of(std::uint64_t ones) { return ones == 0 ? 0 : ~std::uint32_t{0} << (32 - ones); }

void clear_host_bits(std::array<std::uint8_t, 16>& address, std::uint8_t prefix) {
  for (std::size_t bit = prefix; bit < 128; bit += 8 - bit % 8)
    address[bit / 8] &= static_cast<std::uint8_t>(~(0xffU >> bit % 8));
}

}  // namespace

// Host bits cause a warning: events without findings have none; one of three others keeps its host bits.
bool Grammar::clears_host_bits() {
  if (is_clean()) return true;
  return contents_ == Contents::arbitrary && choices_.choose(3, Question::hostBits) != 2;
}

std::uint32_t Grammar::v4_bits() {
  constexpr std::uint64_t masks = 33;
  if (contents_ == Contents::fixed) return 0xffffff00;
  if (contents_ == Contents::edges) {
    const std::uint64_t n = choices_.choose(is_any() ? masks + torn_masks.size() : masks);
    return n < masks ? mask_of(n) : torn_masks[static_cast<std::size_t>(n - masks)];
  }
  constexpr std::array<std::uint8_t, 8> often = {0, 32, 24, 31, 8, 16, 1, 30};
  switch (choices_.choose(is_any() ? 5 : 3, Question::v4Mask)) {
    case 0:
    case 1: return mask_of(choices_.one_of(often));
    case 2: return mask_of(choices_.choose(masks));
    case 3: return choices_.one_of(torn_masks);
    default: return static_cast<std::uint32_t>(choices_.bits(32));
  }
}

std::uint32_t Grammar::v4_address() {
  constexpr std::array<std::uint32_t, 3> edges = {0, 0x0a000001, 0xffffffff};
  if (contents_ == Contents::fixed) return 0x0a000000U | static_cast<std::uint32_t>(scalar(16)) << 8;
  if (contents_ == Contents::edges) return choices_.one_of(edges);
  constexpr std::array<std::uint32_t, 8> often = {0,          0x0a000000, 0xc0a80100, 0xac100000,
                                                  0x7f000001, 0x01020304, 0xe0000001, 0xffffffff};
  return choices_.coin(Question::v4Address) ? static_cast<std::uint32_t>(choices_.bits(32)) : choices_.one_of(often);
}

V4AddrMask Grammar::v4_mask() {
  V4AddrMask v;
  v.mask = v4_bits();
  v.addr = v4_address();
  if (clears_host_bits()) v.addr &= v.mask;
  return v;
}

std::uint8_t Grammar::v6_prefix() {
  constexpr std::uint64_t prefixes = 129;
  if (contents_ == Contents::fixed) return 64;
  if (contents_ == Contents::edges) {
    const std::uint64_t n = choices_.choose(is_any() ? prefixes + long_prefixes.size() : prefixes);
    return n < prefixes ? static_cast<std::uint8_t>(n) : long_prefixes[static_cast<std::size_t>(n - prefixes)];
  }
  constexpr std::array<std::uint8_t, 12> often = {0, 128, 64, 127, 48, 1, 31, 32, 33, 7, 8, 9};
  switch (choices_.choose(is_any() ? 5 : 3, Question::v6Prefix)) {
    case 0:
    case 1: return choices_.one_of(often);
    case 2: return static_cast<std::uint8_t>(choices_.choose(prefixes));
    case 3: return choices_.one_of(long_prefixes);
    default: return static_cast<std::uint8_t>(choices_.bits(8));
  }
}

std::array<std::uint8_t, 16> Grammar::v6_address() {
  std::array<std::uint8_t, 16> address{};
  if (contents_ == Contents::fixed) {
    address = {0x20, 0x01, 0x0d, 0xb8};
    fill(std::span(address).subspan(4, 4));
    return address;
  }
  enum : std::uint64_t { unspecified, documentation, ones, loopback, mapped, any };
  switch (contents_ == Contents::edges ? choices_.choose(loopback) : choices_.choose(any + 1, Question::v6Address)) {
    case unspecified: break;
    case documentation: address = documentation_address; break;
    case ones: address.fill(0xff); break;
    case loopback: address[15] = 1; break;
    case mapped: address = mapped_address; break;
    default: address = array<16>();
  }
  return address;
}

V6AddrMask Grammar::v6_mask() {
  V6AddrMask v;
  v.prefixLength = v6_prefix();
  v.addr = v6_address();
  if (clears_host_bits()) clear_host_bits(v.addr, v.prefixLength);
  return v;
}

}  // namespace qmforge::sim
