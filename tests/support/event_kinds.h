// What kind of event, value or input something is, as docs/generators.md names the kinds.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

#include "qmforge/names.h"
#include "qmforge/sim/expected.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/text.h"
#include "support/census.h"

namespace qmforge::testing {

template <class Enum>
void count_enumeration(Census& census, const std::string& name, Enum value) {
  const auto number = static_cast<std::uint32_t>(value);
  const bool is_named =
      number <= member_count<Enum> + 1 || number == 0x7fffffff || number == 0x80000000 || number == 0xffffffff;
  census.count(name + ' ' + (is_named ? std::to_string(number) : "another"));
}

inline std::string error_code_kind(std::uint32_t code) {
  if (code == 0 || code == 13800 || code == 13897 || code == 13909) return std::to_string(code);
  if (code > 13800 && code < 13897) return "13801 to 13896";
  if (code > 13897 && code < 14000) return "13898 to 13999 but 13909";
  if (code >> 16 == 0x8007) return "HRESULT 0x8007nnnn";
  return code == 0xffffffff ? "all ones" : "another";
}

inline std::string number_kind(std::uint64_t number, unsigned bits) {
  const std::uint64_t all_ones = ~std::uint64_t{0} >> (64 - bits);
  const std::uint64_t sign = std::uint64_t{1} << (bits - 1);
  if (number <= 1) return std::to_string(number);
  if (number == all_ones) return "all ones";
  if (number == all_ones - 1) return "all ones but the last";
  if (number == sign) return "sign bit";
  if (number == sign - 1) return "sign bit - 1";
  return number == sign + 1 ? "sign bit + 1" : "another";
}

// Zeros, ones, bytes that count upwards, or anything else.
inline std::string bytes_kind(std::span<const std::uint8_t> bytes) {
  if (std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0; })) return "zeros";
  if (std::ranges::all_of(bytes, [](std::uint8_t byte) { return byte == 0xff; })) return "ones";
  for (std::size_t i = 1; i < bytes.size(); ++i)
    if (bytes[i] != static_cast<std::uint8_t>(bytes[i - 1] + 1)) return "another";
  return "pattern";
}

inline std::string guid_kind(const Guid& guid) {
  std::array<std::uint8_t, 16> bytes;
  for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(guid.data1 >> (8 * i));
  for (unsigned i = 0; i < 2; ++i) {
    bytes[4 + i] = static_cast<std::uint8_t>(guid.data2 >> (8 * i));
    bytes[6 + i] = static_cast<std::uint8_t>(guid.data3 >> (8 * i));
  }
  std::ranges::copy(guid.data4, bytes.begin() + 8);
  return bytes_kind(bytes);
}

inline std::string mask_kind(std::uint32_t mask) {
  constexpr std::array torn = {0x00ffffffU, 0xff00ff00U, 0xfffffffdU, 0x00000001U, 0x7fffffffU};
  constexpr std::array named = {0, 1, 8, 16, 24, 30, 31, 32};
  const int length = std::countl_one(mask);
  if (length == 32 || mask << length == 0)
    return std::ranges::find(named, length) == named.end() ? "another length" : '/' + std::to_string(length);
  char digits[11];
  std::snprintf(digits, sizeof digits, "0x%08x", static_cast<unsigned>(mask));
  return std::ranges::find(torn, mask) == torn.end() ? "another" : digits;
}

inline std::string v4_kind(std::uint32_t addr) {
  constexpr std::array<std::string_view, 8> named = {"0.0.0.0",   "10.0.0.0", "192.168.1.0", "172.16.0.0",
                                                     "127.0.0.1", "1.2.3.4",  "224.0.0.1",   "255.255.255.255"};
  const std::string text = v4_text(addr);
  return std::ranges::find(named, text) == named.end() ? "another" : text;
}

inline std::string v6_kind(const std::array<std::uint8_t, 16>& addr) {
  const std::string text = v6_text(addr);
  if (text == "2001:db8::1" || text == "::1" || text == "::ffff:192.0.2.1") return text;
  const std::string kind = bytes_kind(addr);
  return kind == "zeros" || kind == "ones" ? kind : "another";
}

/// A row of "Any event".
inline void count_event(Census& census, const Event& event) {
  census.next();
  census.count("revision " + std::to_string(static_cast<int>(event.revision)));
  count_enumeration(census, "saTrafficType", event.saTrafficType);
  count_enumeration(census, "failurePoint", event.failurePoint);
  count_enumeration(census, "keyingModuleType", event.keyingModuleType);
  count_enumeration(census, "qmState", event.qmState);
  count_enumeration(census, "saRole", event.saRole);
  census.count("failureErrorCode " + error_code_kind(event.failureErrorCode));
  census.count("qmFilterId " + number_kind(event.qmFilterId, 64));
}

/// "A subnet of a tunnel", and "A bound of a range".
template <class AnyValue>
void count_type(Census& census, const AnyValue& value) {
  census.next();
  census.count((value.is_null                 ? "NULL "
                : is_pointer_type(value.type) ? "pointer "
                                              : "inline ") +
               std::string(c_name(value.type)));
}

/// "A valid event".
inline void count_valid_event(Census& census, const Event& event) {
  census.next();
  const Findings findings = sim::expected_findings(event);
  ASSERT_EQ(sim::expected_verdict(findings), Verdict::valid);
  if (findings.empty()) census.count("no finding");
  std::set<std::string> kinds;
  for (const Finding& finding : findings) {
    const std::string path = finding.field.to_string();
    const bool is_host_bits = finding.rule == Rule::subnetHostBits;
    kinds.insert(std::string(to_string(finding.rule)) + (is_host_bits ? ' ' + path.substr(0, path.find('.')) : ""));
  }
  for (const std::string& kind : kinds) census.count(kind);
  if (!event.has_subnets()) return;
  census.count("tunnel");
  census.count("local " + std::string(c_name(event.localSubNet.type)));
  census.count("remote " + std::string(c_name(event.remoteSubNet.type)));
  ASSERT_FALSE(event.localSubNet.is_null || event.remoteSubNet.is_null);
}

/// "An event without findings".
inline void count_clean_event(Census& census, const Event& event) {
  census.next();
  ASSERT_TRUE(sim::expected_findings(event).empty());
  census.count("failureErrorCode " + error_code_kind(event.failureErrorCode));
  if (!event.has_subnets()) return census.count("transport");
  ASSERT_EQ(event.localSubNet.type, event.remoteSubNet.type);
  census.count("both subnets " + std::string(c_name(event.localSubNet.type)));
}

/// "FWP_V4_ADDR_MASK".
inline void count_mask(Census& census, const V4AddrMask& v4) {
  census.next();
  census.count("mask " + mask_kind(v4.mask));
}

/// "FWP_V6_ADDR_MASK".
inline void count_mask(Census& census, const V6AddrMask& v6) {
  constexpr std::array named = {0, 1, 7, 8, 9, 31, 32, 33, 48, 64, 127, 128, 129, 130, 254, 255};
  const bool is_named = std::ranges::find(named, v6.prefixLength) != named.end();
  census.next();
  census.count("prefixLength " + (is_named                 ? std::to_string(v6.prefixLength)
                                  : v6.prefixLength <= 128 ? "another valid"
                                                           : "another"));
}

/// "A labelled input".
inline void count_input(Census& census, const sim::LabelledInput& input) {
  census.next();
  census.count("format " + std::string(to_string(input.format)));
  census.count("revision " + std::to_string(static_cast<int>(input.revision)));
  census.count("verdict " + std::string(to_string(input.expected.verdict())));
  if (input.order == std::endian::big) census.count("big-endian");
  if (input.fault.find('+') != std::string::npos)
    census.count("two faults");
  else if (!input.fault.empty())
    census.count("fault " + input.fault);
}

}  // namespace qmforge::testing
