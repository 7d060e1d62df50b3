// The fake's templates against the tables of matcher.h: every field, type of value and comparison, with values on both
// sides of every boundary; then several conditions and an interval at once, in enumerations and in subscriptions.
#include "matcher.h"

#include <algorithm>
#include <array>
#include <deque>
#include <random>
#include <span>
#include <tuple>

#include "support.h"

namespace qmforge::wfp {
namespace {

using Address = std::array<std::uint8_t, 16>;

constexpr Address v6_base = {0x20, 0x01, 0x0d, 0xb8, 0x5a, 0xa5, 0xff, 0, 0x80, 1, 0x7f, 0xfe, 0x33, 0xcc, 0, 0xff};
constexpr std::uint32_t v4_base = 0x0a81feff;  // 10.129.254.255

Address v4(std::uint32_t address) {
  Address bytes{};
  for (std::size_t i = 0; i < 4; ++i) bytes[i] = static_cast<std::uint8_t>(address >> (24 - 8 * i));
  return bytes;
}

Address with_bit_flipped(Address address, std::size_t bit) {
  address[bit / 8] = static_cast<std::uint8_t>(address[bit / 8] ^ 0x80 >> bit % 8);
  return address;
}

const std::vector<std::u16string>& paths() {
  static const std::vector<std::u16string> list = {
      u"", u"a", u"A", u"b", u"app", u"apps", u"apq", std::u16string(u"a\0b", 3), std::u16string(300, u'x')};
  return list;
}

const std::vector<std::vector<std::uint32_t>>& sub_authorities() {
  static const std::vector<std::vector<std::uint32_t>> list = [] {
    std::vector<std::vector<std::uint32_t>> sids = {{}, {18}, {19}, {32, 544}, {32, 545}, {0x80000012}};
    for (const std::uint32_t last : {7u, 8u}) {
      sids.emplace_back(15, 1u);
      sids.back().back() = last;
    }
    return sids;
  }();
  return list;
}

/// Headers with every value that a condition below names, and the values beside it.
std::vector<EventHeader> population() {
  std::vector<EventHeader> all;
  const auto add = [&all](auto change) {
    EventHeader header;
    change(header);
    all.push_back(header);
  };
  const auto add_addresses = [&](IpVersion version, const Address& local, const Address& remote) {
    add([&](EventHeader& h) { std::tie(h.ipVersion, h.localAddr, h.remoteAddr) = std::tuple(version, local, remote); });
  };
  add_addresses(IpVersion::v6, v6_base, v6_base);
  for (std::size_t bit = 0; bit < 128; ++bit)  // the address that differs in one bit is the first beyond a prefix
    add_addresses(IpVersion::v6, with_bit_flipped(v6_base, bit), with_bit_flipped(v6_base, 127 - bit));
  add_addresses(IpVersion::v6, {}, v6_base);
  Address ones;
  ones.fill(0xff);
  add_addresses(IpVersion::v6, ones, {});
  add_addresses(IpVersion::v4, v4(v4_base), v4(v4_base));
  for (std::size_t bit = 0; bit < 32; ++bit)
    add_addresses(IpVersion::v4, with_bit_flipped(v4(v4_base), bit), with_bit_flipped(v4(v4_base), 31 - bit));
  for (const std::uint32_t address : {0u, 1u, v4_base - 1, v4_base + 1, 0x7fffffffu, 0x80000000u, 0xffffffffu})
    add_addresses(IpVersion::v4, v4(address), v4(~address));
  add([](EventHeader& h) { std::tie(h.ipVersion, h.localAddr) = std::tuple(IpVersion::v4, v4(v4_base)); });
  add([](EventHeader& h) { std::tie(h.ipVersion, h.remoteAddr) = std::tuple(IpVersion::v6, v6_base); });
  for (const int protocol : {0, 1, 5, 6, 7, 127, 128, 254, 255})
    add([&](EventHeader& h) { h.ipProtocol = static_cast<std::uint8_t>(protocol); });
  for (const int port : {0, 1, 255, 256, 499, 500, 501, 0x7fff, 0x8000, 0xfffe, 0xffff}) {
    add([&](EventHeader& h) { h.localPort = static_cast<std::uint16_t>(port); });
    add([&](EventHeader& h) { h.remotePort = static_cast<std::uint16_t>(port); });
  }
  for (const std::u16string& path : paths()) add([&](EventHeader& h) { h.appId = path; });
  for (const auto& sub : sub_authorities())
    for (const std::uint8_t authority : {std::uint8_t{1}, std::uint8_t{5}})
      add([&](EventHeader& h) {
        h.userId = Sid{1, {0, 0, 0, 0, 0, authority}, IntegerView<std::uint32_t>(std::span<const std::uint32_t>(sub))};
        h.packageSid = h.userId;
      });
  // All members, with every flag and without one each; and flags without the members.
  for (unsigned bit = 0; bit < 15; ++bit)
    add([&](EventHeader& h) {
      std::tie(h.ipVersion, h.localAddr, h.remoteAddr) = std::tuple(IpVersion::v4, v4(v4_base), v4(v4_base));
      std::tie(h.ipProtocol, h.localPort, h.remotePort) =
          std::tuple(std::uint8_t{6}, std::uint16_t{500}, std::uint16_t{500});
      h.appId = u"app";
      h.userId = Sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(std::span(sub_authorities()[1]))};
      h.flags = 0x3fff & ~(1u << bit);
    });
  add([](EventHeader& h) { h.flags = 0x3fff; });
  return all;
}

constexpr std::uint64_t start = 0xffffff80;  // the time stamps pass 32 bits

/// Every event as a program sees it that asks for all of them; each has a time stamp of its own. Some are of other
/// types.
std::vector<Seen> feed_population(Delivery delivery = Delivery::logged) {
  set_clock(start, 1);
  for (const EventHeader& header : population()) feed(transport_event(), header, {delivery});
  set_mode(Mode::unknownTypes);
  feed(std::vector<Event>(10, transport_event()), {delivery});
  set_mode(Mode::unknownTypes, false);
  for (const char* type :
       {"IKEEXT_MM_FAILURE", "IKEEXT_EM_FAILURE", "CLASSIFY_DROP", "IPSEC_KERNEL_DROP", "IPSEC_DOSP_DROP",
        "CLASSIFY_ALLOW", "CAPABILITY_DROP", "CAPABILITY_ALLOW", "CLASSIFY_DROP_MAC", "LPM_PACKET_ARRIVAL"})
    EXPECT_TRUE(feed_json(R"({"type": ")" + std::string(type) + R"(", "event": {}})", {delivery}).has_value());
  wait_delivered();
  const Everything<5> everything;
  std::vector<Seen> seen;
  for (const auto* event : everything.page.entries()) seen.push_back(seen_of(*event));
  EXPECT_EQ(seen.back().timeStamp, start + seen.size() - 1);
  return seen;
}

/// Values of conditions, and what they point to, which stays where it is.
class Values {
 public:
  std::vector<FWP_CONDITION_VALUE0> list;

  Values() {
    add_numbers();
    add_bytes();
    add_masks();
    add_ranges();
    add_rest();
  }

 private:
  template <class V = FWP_CONDITION_VALUE0>
  static V of(FWP_DATA_TYPE type) {
    V value{};
    value.type = type;
    return value;
  }
  template <class V, class Number>
  static V number(FWP_DATA_TYPE type, Number content) {
    V value = of<V>(type);
    if constexpr (sizeof(Number) == 1) value.uint8 = content;
    if constexpr (sizeof(Number) == 2) value.uint16 = content;
    if constexpr (sizeof(Number) == 4) value.uint32 = content;
    return value;
  }
  /// The values that a range may have for bounds, and others.
  template <class V>
  std::vector<V> singles() {
    std::vector<V> values;
    for (const int n : {0, 1, 6, 127, 128, 255}) values.push_back(number<V>(FWP_UINT8, static_cast<std::uint8_t>(n)));
    for (const int n : {0, 1, 256, 500, 0x7fff, 0x8000, 0xffff})
      values.push_back(number<V>(FWP_UINT16, static_cast<std::uint16_t>(n)));
    for (const std::uint32_t n :
         {0u, 1u, 2u, 3u, 10u, 11u, 20u, v4_base, v4_base - 1, v4_base ^ 0x10000, 0x80000000u, 0xffffffffu})
      values.push_back(number<V>(FWP_UINT32, n));
    for (const std::size_t bit : {0u, 32u, 33u, 64u, 127u, 128u}) {
      arrays_.push_back({});
      const Address address = bit == 128 ? v6_base : with_bit_flipped(v6_base, bit);
      std::ranges::copy(address, arrays_.back().byteArray16);
      values.push_back(of<V>(FWP_BYTE_ARRAY16_TYPE));
      values.back().byteArray16 = &arrays_.back();
    }
    return values;
  }
  void add_numbers() { list = singles<FWP_CONDITION_VALUE0>(); }
  void add_bytes() {
    for (const std::u16string& path : paths())
      for (const std::size_t missing : {0u, 1u, 2u}) {  // the whole blob, half of its NUL, no NUL
        texts_.push_back(path);
        const auto size = static_cast<UINT32>(2 * path.size() + 2 - missing);
        blobs_.push_back({size, reinterpret_cast<UINT8*>(texts_.back().data())});
        list.push_back(of(FWP_BYTE_BLOB_TYPE));
        list.back().byteBlob = &blobs_.back();
      }
    blobs_.push_back({0, nullptr});
    blobs_.push_back({1, nullptr});
    for (std::size_t i = 2; i > 0; --i) {
      list.push_back(of(FWP_BYTE_BLOB_TYPE));
      list.back().byteBlob = &blobs_[blobs_.size() - i];
    }
    for (const auto& sub : sub_authorities()) {
      sids_.emplace_back(8 + 4 * sub.size());
      std::vector<std::uint8_t>& sid = sids_.back();
      sid[0] = 1;
      sid[1] = static_cast<std::uint8_t>(sub.size());
      sid[7] = 5;
      if (!sub.empty()) std::memcpy(sid.data() + 8, sub.data(), 4 * sub.size());
      list.push_back(of(FWP_SID));
      list.back().sid = reinterpret_cast<SID*>(sid.data());
    }
  }
  void add_masks() {
    const auto add_v4 = [this](std::uint32_t addr, std::uint32_t mask) {
      v4_masks_.push_back({addr, mask});
      list.push_back(of(FWP_V4_ADDR_MASK));
      list.back().v4AddrMask = &v4_masks_.back();
    };
    for (unsigned bits = 0; bits <= 32; ++bits) {
      const auto mask = static_cast<std::uint32_t>(0xffffffff00000000 >> bits);
      for (const std::uint32_t addr : {v4_base, v4_base & mask, v4_base | ~mask}) add_v4(addr, mask);
    }
    for (const std::uint32_t hole : {1u, 0x7fffffffu, 0xff00ff00u, 0xfffffffdu, 0xbfffffffu}) add_v4(v4_base, hole);
    for (unsigned prefix = 0; prefix <= 130; ++prefix)
      for (const bool host_bits : {true, false}) {
        v6_masks_.push_back({{}, static_cast<UINT8>(prefix == 130 ? 255 : prefix)});
        for (std::size_t i = 0; i < 16; ++i)
          if (host_bits || 8 * i < prefix) v6_masks_.back().addr[i] = v6_base[i];
        list.push_back(of(FWP_V6_ADDR_MASK));
        list.back().v6AddrMask = &v6_masks_.back();
      }
  }
  void add_ranges() {
    std::vector<FWP_VALUE0> bounds = singles<FWP_VALUE0>();
    for (const FWP_DATA_TYPE type : {FWP_EMPTY, FWP_SID, FWP_BYTE_ARRAY16_TYPE, FWP_V4_ADDR_MASK, FWP_RANGE_TYPE})
      bounds.push_back(of<FWP_VALUE0>(type));  // nothing that it points to
    for (const FWP_VALUE0& low : bounds)
      for (const FWP_VALUE0& high : bounds) {
        if (low.type != high.type && (bounds.size() + ranges_.size() * 7 + ++skipped_) % 5 != 0) continue;  // a sample
        ranges_.push_back({low, high});
        list.push_back(of(FWP_RANGE_TYPE));
        list.back().rangeValue = &ranges_.back();
      }
  }
  /// Every type, also those that no field takes, with a pointer to nothing.
  void add_rest() {
    for (const int type : {0,  1,  2,  3,  4,  5,  6,  7,    8,     9,     10,    11,    12,   13,
                           14, 15, 16, 17, 18, 19, 20, 0xff, 0x100, 0x101, 0x102, 0x103, 0x104})
      list.push_back(of(static_cast<FWP_DATA_TYPE>(type)));
  }

  std::deque<FWP_BYTE_ARRAY16> arrays_;
  std::deque<std::u16string> texts_;
  std::deque<FWP_BYTE_BLOB> blobs_;
  std::deque<std::vector<std::uint8_t>> sids_;
  std::deque<FWP_V4_ADDR_AND_MASK> v4_masks_;
  std::deque<FWP_V6_ADDR_AND_MASK> v6_masks_;
  std::deque<FWP_RANGE0> ranges_;
  std::size_t skipped_ = 0;
};

/// Every field, and keys that are not those of a field.
std::vector<GUID> keys() {
  std::vector<GUID> all;
  for (const matcher::FieldRow& field : matcher::fields()) all.push_back(field.key);
  all.push_back(all.front());
  all.back().Data4[7] ^= 1;
  all.push_back({});
  return all;
}

constexpr int match_types = 14;  // beyond FWP_MATCH_TYPE_MAX

FWPM_NET_EVENT_ENUM_TEMPLATE0 template_of(std::span<FWPM_FILTER_CONDITION0> conditions) {
  FWPM_NET_EVENT_ENUM_TEMPLATE0 all{};
  all.numFilterConditions = static_cast<UINT32>(conditions.size());
  all.filterCondition = conditions.data();
  return all;
}

std::string text_of(const FWPM_NET_EVENT_ENUM_TEMPLATE0& all) {
  std::string text;
  for (UINT32 i = 0; i < all.numFilterConditions; ++i) {
    const FWPM_FILTER_CONDITION0& condition = all.filterCondition[i];
    char line[80];
    std::snprintf(line, sizeof(line), "field %08x, comparison %d, type %#x; ",
                  static_cast<unsigned>(condition.fieldKey.Data1), static_cast<int>(condition.matchType),
                  static_cast<unsigned>(condition.conditionValue.type));
    text += line;
    if (condition.conditionValue.type == FWP_V6_ADDR_MASK && condition.conditionValue.v6AddrMask != nullptr)
      text += "prefix " + std::to_string(condition.conditionValue.v6AddrMask->prefixLength) + "; ";
    if (condition.conditionValue.type == FWP_V4_ADDR_MASK && condition.conditionValue.v4AddrMask != nullptr)
      text += "mask " + std::to_string(condition.conditionValue.v4AddrMask->mask) + "; ";
  }
  return text;
}

std::vector<std::uint64_t> times_of(const std::vector<Seen>& events, const FWPM_NET_EVENT_ENUM_TEMPLATE0& selected_by) {
  std::vector<std::uint64_t> times;
  for (const Seen& seen : events)
    if (matcher::selects(selected_by, seen)) times.push_back(seen.timeStamp);
  return times;
}

class Matcher : public WfpTest {
 protected:
  Matcher() { EXPECT_EQ(FwpmEngineOpen0(nullptr, RPC_C_AUTHN_WINNT, nullptr, nullptr, &session_), ERROR_SUCCESS); }
  ~Matcher() override { EXPECT_EQ(FwpmEngineClose0(session_), ERROR_SUCCESS); }

  /// Compares code and selected events. False after a difference.
  bool agrees(const FWPM_NET_EVENT_ENUM_TEMPLATE0& all, const std::vector<Seen>& events) {
    HANDLE handle = nullptr;
    const DWORD expected = matcher::code_of(all);
    const DWORD code = FwpmNetEventCreateEnumHandle0(session_, &all, &handle);
    EXPECT_EQ(code, expected) << text_of(all);
    if (code != expected) return false;
    if (code != ERROR_SUCCESS) return true;
    const Page<5> page(session_, handle, 0xffffffff);
    std::vector<std::uint64_t> times;
    for (const auto* event : page.entries()) times.push_back(seen_of(*event).timeStamp);
    EXPECT_EQ(FwpmNetEventDestroyEnumHandle0(session_, handle), ERROR_SUCCESS);
    const std::vector<std::uint64_t> selected = times_of(events, all);
    EXPECT_EQ(times, selected) << text_of(all);
    return times == selected;
  }

  HANDLE session_ = nullptr;
};

TEST_F(Matcher, AgreesOnEveryFieldTypeAndComparison) {
  const std::vector<Seen> events = feed_population();
  const Values values;
  std::size_t selecting = 0;
  for (const GUID& key : keys())
    for (const FWP_CONDITION_VALUE0& value : values.list)
      for (int match = 0; match < match_types; ++match) {
        FWPM_FILTER_CONDITION0 condition{key, static_cast<FWP_MATCH_TYPE>(match), value};
        const auto all = template_of(std::span(&condition, 1));
        if (!agrees(all, events)) return;
        const DWORD code = matcher::code_of(all);
        if (code == ERROR_SUCCESS) ++selecting;
        if (code == FWP_E_TYPE_MISMATCH && match == FWP_MATCH_GREATER) break;  // whatever the comparison
      }
  EXPECT_GT(selecting, 2000u);
}

/// Templates of up to four conditions, most of them without an error, and of an interval now and then.
class RandomTemplates {
 public:
  explicit RandomTemplates(std::uint64_t seed) : random_(seed) {}

  FWPM_NET_EVENT_ENUM_TEMPLATE0 next(std::vector<FWPM_FILTER_CONDITION0>& conditions) {
    static const std::vector<GUID> all_keys = keys();
    conditions.clear();
    for (std::uint64_t i = random_() % 4; i > 0; --i) {
      FWPM_FILTER_CONDITION0 condition{};
      do {
        condition = {all_keys[random_() % all_keys.size()], static_cast<FWP_MATCH_TYPE>(random_() % 11),
                     values_.list[random_() % values_.list.size()]};
      } while (matcher::code_of(condition) != ERROR_SUCCESS && random_() % 400 != 0);
      conditions.push_back(condition);
    }
    auto all = template_of(conditions);
    if (random_() % 2 == 0) {
      set(all.startTime);
      set(all.endTime);
    }
    return all;
  }

 private:
  void set(FILETIME& time) {
    const std::uint64_t around = start - 2 + random_() % 300;
    const std::uint64_t all[] = {0, start, start - 1, UINT64_MAX, around, around};
    const std::uint64_t chosen = all[random_() % std::size(all)];
    time.dwLowDateTime = static_cast<DWORD>(chosen);
    time.dwHighDateTime = static_cast<DWORD>(chosen >> 32);
  }

  std::mt19937_64 random_;
  Values values_;
};

TEST_F(Matcher, AgreesOnSeveralConditionsAndAnInterval) {
  const std::vector<Seen> events = feed_population();
  RandomTemplates templates(1);
  std::vector<FWPM_FILTER_CONDITION0> conditions;
  for (int i = 0; i < 4000; ++i) {
    const auto all = templates.next(conditions);
    if (!agrees(all, events)) return;
  }
}

// The same templates select for subscriptions. What FwpmNetEventSubscriptionsGet0 returns selects what the original
// did.
TEST_F(Matcher, AgreesOnSubscriptionsAndTheirListedTemplates) {
  constexpr std::size_t count = 60;
  struct Subscription {
    std::vector<FWPM_FILTER_CONDITION0> conditions;
    FWPM_NET_EVENT_ENUM_TEMPLATE0 all{};
    std::vector<std::uint64_t> times;
  };
  const auto callback = [](void* context, const FWPM_NET_EVENT5* event) {
    static_cast<Subscription*>(context)->times.push_back(seen_of(*event).timeStamp);
  };
  std::deque<Subscription> subscriptions;
  RandomTemplates templates(2);
  while (subscriptions.size() < count) {
    Subscription& made = subscriptions.emplace_back();
    made.all = templates.next(made.conditions);
    const FWPM_NET_EVENT_SUBSCRIPTION0 subscription{&made.all, 0, {}};
    HANDLE handle = nullptr;
    const DWORD code = FwpmNetEventSubscribe4(session_, &subscription, callback, &made, &handle);
    ASSERT_EQ(code, matcher::code_of(made.all));
    if (code != ERROR_SUCCESS) subscriptions.pop_back();
  }
  const std::vector<Seen> events = feed_population(Delivery::live);
  FWPM_NET_EVENT_SUBSCRIPTION0** entries = nullptr;
  UINT32 listed = 0;
  ASSERT_EQ(FwpmNetEventSubscriptionsGet0(session_, &entries, &listed), ERROR_SUCCESS);
  ASSERT_EQ(listed, count);
  for (std::size_t i = 0; i < count; ++i) {
    EXPECT_EQ(subscriptions[i].times, times_of(events, subscriptions[i].all)) << text_of(subscriptions[i].all);
    const auto& copy = *entries[i]->enumTemplate;
    EXPECT_EQ(text_of(copy), text_of(subscriptions[i].all));
    EXPECT_EQ(times_of(events, copy), times_of(events, subscriptions[i].all)) << text_of(copy);
  }
  FwpmFreeMemory0(reinterpret_cast<void**>(&entries));
}

}  // namespace
}  // namespace qmforge::wfp
