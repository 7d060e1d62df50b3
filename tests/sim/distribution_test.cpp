// What the generators give, and how often: the tables of docs/generators.md.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>

#include "qmforge/names.h"
#include "qmforge/sim/expected.h"
#include "qmforge/sim/generate.h"
#include "qmforge/sim/labelled.h"
#include "qmforge/text.h"
#include "support/census.h"
#include "support/event_kinds.h"

namespace qmforge::sim {
namespace {

using namespace testing;

constexpr std::uint64_t samples = 50'000;

// Calls `visit` with a value for each of `count` seeds.
template <class Make, class Visit>
void for_seeds(std::uint64_t count, Make make, Visit visit) {
  RandomChoices choices(0);
  for (std::uint64_t seed = 1; seed <= count; ++seed) {
    choices.reseed(seed);
    std::pmr::monotonic_buffer_resource storage;
    visit(make(choices, storage));
  }
}

void for_events(const Profile& profile, const std::function<void(const Event&)>& visit) {
  for_seeds(samples, [&](auto& choices, auto& storage) { return generate(choices, profile, storage); }, visit);
}

// Calls `visit` with subnets of one type that are not NULL.
void for_subnets(DataType type, const std::function<void(const ConditionValue&)>& visit) {
  const Profile profile{.local_type = type};
  for_seeds(
      20'000, [&](auto& choices, auto& storage) { return generate_subnet(choices, profile, Subnet::local, storage); },
      [&](const ConditionValue& subnet) {
        ASSERT_EQ(subnet.type, type);
        if (!subnet.is_null) visit(subnet);
      });
}

TEST(Distribution, OfEvents) {
  Census any;
  Census additions;
  for_events({}, [&](const Event& event) {
    count_event(any, event);
    if (event.revision == Revision::r0) return;
    additions.next();
    additions.count("mmSaLuid " + number_kind(event.mmSaLuid, 64));
    additions.count("mmProviderContextKey " + guid_kind(event.mmProviderContextKey));
  });
  any.expect("Any event");
  additions.expect("The additions of revision 1");
}

TEST(Distribution, OfSubnets) {
  Census local;
  Census remote;
  for_events({.traffic_type = TrafficType::tunnel}, [&](const Event& event) {
    count_type(local, event.localSubNet);
    count_type(remote, event.remoteSubNet);
  });
  local.expect("A subnet of a tunnel");
  remote.expect("A subnet of a tunnel");
}

TEST(Distribution, OfEventsWithoutAnArm) {
  Census census;
  for_events({.unencodable = true}, [&](const Event& event) {
    census.next();
    count_enumeration(census, "saTrafficType", event.saTrafficType);
    if (!event.has_subnets()) return;
    const auto count = [&](const std::string& side, DataType type) {
      if (!is_condition_value_type(type))
        census.count(side + " type " + std::to_string(static_cast<std::uint32_t>(type)));
    };
    count("local", event.localSubNet.type);
    count("remote", event.remoteSubNet.type);
  });
  census.expect("An event for validators");
}

TEST(Distribution, OfValidEvents) {
  Census census;
  for_events({.validity = Validity::valid}, [&](const Event& event) { count_valid_event(census, event); });
  census.expect("A valid event");
}

TEST(Distribution, OfEventsWithoutFindings) {
  Census census;
  for_events({.validity = Validity::clean}, [&](const Event& event) { count_clean_event(census, event); });
  census.expect("An event without findings");
}

TEST(Distribution, OfMasks) {
  Census v4;
  Census v4_address;
  Census v6;
  Census v6_address;
  Census v4_host_bits;
  Census v6_host_bits;
  for_seeds(
      samples,
      [](auto& choices, auto& storage) {
        return generate_subnet(choices, {.local_type = DataType::v4AddrMask}, Subnet::local, storage);
      },
      [&](const ConditionValue& subnet) {
        if (subnet.is_null) return;
        const auto [addr, mask] = subnet.v4AddrMask;
        count_mask(v4, subnet.v4AddrMask);
        if (mask == 0xffffffff) {
          v4_address.next();
          v4_address.count("addr " + v4_kind(addr));
        } else if (mask == 0) {
          v4_host_bits.next();
          v4_host_bits.count(addr == 0 ? "address is 0" : "address is not 0");
        }
      });
  for_seeds(
      samples,
      [](auto& choices, auto& storage) {
        return generate_subnet(choices, {.local_type = DataType::v6AddrMask}, Subnet::local, storage);
      },
      [&](const ConditionValue& subnet) {
        if (subnet.is_null) return;
        const auto& [addr, prefix] = subnet.v6AddrMask;
        count_mask(v6, subnet.v6AddrMask);
        if (prefix == 128) {
          v6_address.next();
          v6_address.count("addr " + v6_kind(addr));
        } else if (prefix == 0) {
          v6_host_bits.next();
          v6_host_bits.count(bytes_kind(addr) == "zeros" ? "address is 0" : "address is not 0");
        }
      });
  v4.expect("FWP_V4_ADDR_MASK");
  v4_address.expect("The address of a /32");
  v4_host_bits.expect("The host bits of an IPv4 /0");
  v6.expect("FWP_V6_ADDR_MASK");
  v6_address.expect("The address of a /128");
  v6_host_bits.expect("The host bits of an IPv6 /0");
}

// The bits of an arm that is a number, and how many there are; 0 for another arm.
std::pair<std::uint64_t, unsigned> number_of(const ConditionValue& value) {
  switch (value.type) {
    case DataType::uint8:
    case DataType::bitmapIndex: return {value.arm.uint8, 8};
    case DataType::int8: return {static_cast<std::uint8_t>(value.arm.int8), 8};
    case DataType::uint16: return {value.arm.uint16, 16};
    case DataType::int16: return {static_cast<std::uint16_t>(value.arm.int16), 16};
    case DataType::uint32: return {value.arm.uint32, 32};
    case DataType::int32: return {static_cast<std::uint32_t>(value.arm.int32), 32};
    case DataType::float32: return {value.arm.float32, 32};
    case DataType::uint64: return {value.arm.uint64, 64};
    case DataType::int64: return {static_cast<std::uint64_t>(value.arm.int64), 64};
    case DataType::double64: return {value.arm.double64, 64};
    default: return {0, 0};
  }
}

TEST(Distribution, OfNumbers) {
  for (const DataType type : all_data_types) {
    if (number_of(ConditionValue(type)).second == 0) continue;
    SCOPED_TRACE(c_name(type));
    Census census;
    for_subnets(type, [&](const ConditionValue& value) {
      const auto [number, bits] = number_of(value);
      census.next();
      census.count("number " + number_kind(number, bits));
    });
    const bool is_byte = number_of(ConditionValue(type)).second == 8;
    census.expect(is_byte ? "A number of 8 bits" : "A number of 16, 32 or 64 bits");
  }
}

TEST(Distribution, OfByteArrays) {
  for (const DataType type : {DataType::byteArray16, DataType::byteArray6, DataType::bitmapArray64}) {
    SCOPED_TRACE(c_name(type));
    Census census;
    for_subnets(type, [&](const ConditionValue& value) {
      census.next();
      census.count("bytes " + (type == DataType::byteArray16  ? bytes_kind(value.arm.byteArray16)
                               : type == DataType::byteArray6 ? bytes_kind(value.arm.byteArray6)
                                                              : bytes_kind(value.arm.bitmapArray64)));
    });
    census.expect("An array of bytes");
  }
}

std::string length_kind(std::size_t length) {
  const bool is_named = length < 10 ? length != 6 : length == 255 || length == 256;
  return is_named ? std::to_string(length) : "another number";
}

TEST(Distribution, OfBlobs) {
  for (const DataType type : {DataType::byteBlob, DataType::securityDescriptor, DataType::tokenAccessInformation}) {
    SCOPED_TRACE(c_name(type));
    Census census;
    Census lengths;
    for_subnets(type, [&](const ConditionValue& value) {
      const ByteBlob blob = type == DataType::byteBlob             ? value.arm.byteBlob
                            : type == DataType::securityDescriptor ? value.arm.sd
                                                                   : value.arm.tokenAccessInformation;
      census.next();
      census.count(blob.data != nullptr ? "data is there"
                   : blob.size == 0     ? "data is NULL size is 0"
                                        : "data is NULL size is not 0");
      if (blob.data == nullptr) return;
      lengths.next();
      lengths.count("elements " + length_kind(blob.size));
    });
    census.expect("A blob");
    lengths.expect("The length of an array");
  }
}

TEST(Distribution, OfSids) {
  Census census;
  for_subnets(DataType::sid, [&](const ConditionValue& value) {
    const Sid& sid = value.arm.sid;
    census.next();
    const std::size_t count = sid.subAuthority.size();
    constexpr std::array<std::size_t, 9> named = {0, 1, 2, 3, 5, 14, 15, 16, 255};
    census.count("sub-authorities " + (std::ranges::find(named, count) != named.end() ? std::to_string(count)
                                       : count <= 16                                  ? "another number up to 16"
                                                                                      : "another number"));
    std::uint64_t authority = 0;
    for (const std::uint8_t byte : sid.identifierAuthority) authority = authority << 8 | byte;
    const bool is_named = authority == 5 || authority == 0xffffffff || authority == 0x100000000;
    census.count("authority " + (is_named         ? std::to_string(authority)
                                 : authority < 20 ? "another below 20"
                                                  : "another"));
    census.count(sid.revision == 1 ? "revision 1" : "revision another");
  });
  census.expect("FWP_SID");
}

void count_sids(Census& census, const std::string& name, const SidAndAttributesView& sids, std::uint32_t count) {
  if (sids.is_null()) return census.count(name + (count == 0 ? " NULL" : " NULL with a count"));
  const std::size_t size = sids.size();
  census.count(name + ' ' + (size < 2 || size == 3 ? std::to_string(size) : "another number"));
}

TEST(Distribution, OfTokens) {
  Census census;
  for_subnets(DataType::tokenInformation, [&](const ConditionValue& value) {
    const TokenInformation& token = value.arm.tokenInformation;
    census.next();
    count_sids(census, "sids", token.sids, token.sidCount);
    count_sids(census, "restrictedSids", token.restrictedSids, token.restrictedSidCount);
    bool has_sid = false;
    bool has_none = false;
    for (const SidAndAttributesView* const sids : {&token.sids, &token.restrictedSids})
      for (const SidAndAttributes& element : *sids) (element.sid ? has_sid : has_none) = true;
    if (has_sid) census.count("an element with a SID");
    if (has_none) census.count("an element without a SID");
  });
  census.expect("FWP_TOKEN_INFORMATION_TYPE");
}

bool is_high(char16_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low(char16_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

void count_units(Census& census, const std::u16string& text) {
  const auto count_if = [&](const std::string& what, auto is) {
    if (std::ranges::any_of(text, is)) census.count("has " + what);
  };
  count_if("a control character", [](char16_t unit) { return unit > 0 && unit < 0x20; });
  count_if("U+0080 to U+07FF", [](char16_t unit) { return unit >= 0x80 && unit < 0x800; });
  count_if("a high surrogate", is_high);
  count_if("a low surrogate", is_low);
  count_if("U+E000 to U+FFFF", [](char16_t unit) { return unit >= 0xe000; });
  count_if("a NUL", [](char16_t unit) { return unit == 0; });
  bool has_pair = false;
  bool has_unpaired = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_pair = is_high(text[i]) && i + 1 < text.size() && is_low(text[i + 1]);
    if (is_pair)
      ++i;
    else if (is_high(text[i]) || is_low(text[i]))
      has_unpaired = true;
    has_pair = has_pair || is_pair;
  }
  if (has_unpaired) census.count("has an unpaired surrogate");
  if (has_pair) census.count("has a surrogate pair");
}

TEST(Distribution, OfStrings) {
  Census lengths;
  Census units;
  for_subnets(DataType::unicodeString, [&](const ConditionValue& value) {
    const std::u16string text(value.arm.unicodeString.begin(), value.arm.unicodeString.end());
    lengths.next();
    lengths.count("elements " + length_kind(text.size()));
    if (text.size() != 256) return;
    units.next();
    bool is_alphabet = true;
    for (std::size_t i = 0; i < text.size(); ++i) is_alphabet = is_alphabet && text[i] == u'a' + i % 26;
    if (is_alphabet) units.count("the alphabet, over and over");
    count_units(units, text);
  });
  lengths.expect("The length of an array");
  units.expect("A string of 256 units");
}

TEST(Distribution, OfRanges) {
  Census bounds;
  for_seeds(
      samples, [](auto& choices, auto& storage) { return generate_value(choices, {}, storage); },
      [&](const Value& bound) { count_type(bounds, bound); });
  bounds.expect("A bound of a range");
  Census ranges;
  for_subnets(DataType::range, [&](const ConditionValue& value) {
    const auto& [low, high] = value.rangeValue;
    ranges.next();
    ranges.count(low.type == high.type ? "the two bounds have one type" : "the two bounds have two types");
    if (low.is_null) ranges.count("valueLow is NULL");
    if (high.is_null) ranges.count("valueHigh is NULL");
  });
  ranges.expect("FWP_RANGE_TYPE");
}

TEST(Distribution, OfLabelledInputs) {
  Census census;
  Forge forge;
  RandomChoices choices(0);
  for (std::uint64_t seed = 1; seed <= samples; ++seed) {
    choices.reseed(seed);
    count_input(census, forge.forge(choices));
  }
  census.expect("A labelled input");
}

std::string referents_kind(const Referents& referents) {
  if (referents == Referents{}) return "canonical";
  if (referents.seed != 0) return "random";
  if (referents.step == 0) return "all equal";
  return referents.step == 1 ? "from 1 up by 1" : "above 32 bits";
}

TEST(Distribution, OfEncodings) {
  for (const Format format : all_formats) {
    SCOPED_TRACE(to_string(format));
    const bool is_image = is_memory_image(format);
    Census census;
    for_seeds(
        20'000, [&](auto& choices, auto&) { return choose_encoding(choices, format); },
        [&](const EncodeOptions& options) {
          census.next();
          ASSERT_EQ(options.format, format);
          ASSERT_EQ(options.image_base, 0x10000U);
          census.count(options.padding_seed == 0 ? "padding zeros" : "padding random");
          if (is_image) {
            census.count(options.placement.seed == 0 ? "pointees in order" : "pointees scattered");
            census.count(options.placement.share ? "equal pointees at one address" : "equal pointees apart");
            return;
          }
          census.count("referent ids " + referents_kind(options.referents));
          census.count("string slack " + std::to_string(options.string_slack));
          if (format == Format::ndr20) {
            census.count(options.order == std::endian::big ? "byte order big" : "byte order little");
            census.count(options.common_filler == 0xcccccccc ? "filler at 4 0xcccccccc" : "filler at 4 another");
            census.count(options.object_filler == 0 ? "filler at 12 0" : "filler at 12 another");
          } else {
            census.count("trailing bytes " + std::to_string(options.trailing));
          }
        });
    census.expect(is_image                  ? "How a memory image is written"
                  : format == Format::ndr20 ? "How ndr20 is written"
                                            : "How NDR is written");
  }
}

}  // namespace
}  // namespace qmforge::sim
