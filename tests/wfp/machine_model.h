// The state machine's model of docs/wfp.md: events as a program must see them, modes, templates.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <vector>

#include "matcher.h"
#include "shown.h"
#include "support.h"

namespace qmforge::wfp::model {

/// What a program learns from an event: its header, whether there is a body, and of a Quick Mode failure two members.
struct Told {
  Seen seen;
  bool has_body = false;
  std::uint64_t filter_id = 0, luid = 0;
  bool operator==(const Told&) const = default;
};

template <class NetEvent>
Told told_by(const NetEvent& event) {
  Told told{seen_of(event), event.ikeQmFailure != nullptr, 0, 0};
  if (event.type != FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE || !told.has_body) return told;
  told.filter_id = event.ikeQmFailure->qmFilterId;
  if constexpr (requires { event.ikeQmFailure->mmSaLuid; }) told.luid = event.ikeQmFailure->mmSaLuid;
  return told;
}

/// An event in the log.
struct Logged {
  EventHeader header;
  std::uint32_t type = FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE;
  bool has_body = true;
  std::uint64_t filter_id = 0, luid = 0;
  std::uint64_t time = 0;  // the clock's when it was logged

  [[nodiscard]] Told told(unsigned version) const {
    const bool failure = type == FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE && has_body;
    return {shown(header, version, time, type), has_body, failure ? filter_id : 0, failure && version >= 4 ? luid : 0};
  }
};

using Address = std::array<std::uint8_t, 16>;

// What is fed. Every event has an id, from which the rest follows.
// ---------------------------------------------------------------------------------------------------------------

inline Event event_of(std::uint64_t id) {
  Event event = id % 3 == 0 ? transport_event(id) : id % 3 == 1 ? v4_tunnel(id) : v6_tunnel(id);
  event.mmSaLuid = id + 7;
  event.revision = id % 2 == 0 ? Revision::r0 : Revision::r1;
  return event;
}

/// A header of its own, or none.
inline std::optional<EventHeader> header_of(std::uint64_t id) {
  static const std::uint32_t users[2][2] = {{32, 544}, {32, 545}};
  EventHeader header;
  switch (id % 7) {
    case 0:
      header.localPort = static_cast<std::uint16_t>(499 + id / 7 % 4);
      header.ipProtocol = static_cast<std::uint8_t>(16 + id / 14 % 2);
      return header;
    case 1:
      header.ipVersion = IpVersion::v6;
      header.localAddr = {0x20, 0x01, 0x0d, 0xb8, static_cast<std::uint8_t>(id % 2 == 0 ? 0x80 : 0x7f)};
      header.timeStamp = 1000 * id;
      return header;
    case 2:
      header.ipVersion = IpVersion::v4;
      header.remoteAddr = {10, 1, 2, static_cast<std::uint8_t>(id % 2 == 0 ? 127 : 128)};
      header.localAddr = header.remoteAddr;
      return header;
    case 3:
      header.appId = id % 2 == 0 ? u"app" : u"App";
      header.userId = Sid{1, {0, 0, 0, 0, 0, 5}, IntegerView<std::uint32_t>(std::span(users[id / 2 % 2]))};
      header.packageSid = header.userId;
      header.effectiveName = u"name";
      return header;
    case 4: header.flags = static_cast<std::uint32_t>(id * 0x1357); return header;
    default: return std::nullopt;
  }
}

/// The modes as the table in docs/wfp.md has them: what is logged for one event, the `number`th that was fed from 0.
class Modes {
 public:
  std::set<Mode> on;
  std::uint64_t silent_after = 1;

  [[nodiscard]] bool has(Mode mode) const { return on.contains(mode); }

  [[nodiscard]] std::vector<Logged> logged(std::uint64_t id, std::uint32_t number) const {
    const Event event = event_of(id);
    Logged first;
    first.header = header_of(id).value_or(default_header(event));
    first.filter_id = id | wide();
    if (event.revision == Revision::r1) first.luid = event.mmSaLuid | wide();
    first.has_body = !has(Mode::nullBody);
    std::vector<Logged> all = {first};
    if (has(Mode::bothFamilies)) {
      all.push_back(first);
      turn(all.back().header, event);
    }
    // What a mode adds is not changed by the others.
    if (has(Mode::otherKinds)) {
      static constexpr std::uint32_t types[] = {0, 2, 3};
      all.push_back({first.header, types[number % 3]});
    }
    if (has(Mode::unknownTypes)) {
      static constexpr std::uint32_t types[] = {11, 13, 14, 15, 16, 17, 18, 19, 20, 0xffffffff};
      all.push_back({first.header, types[number % 10], number / 10 % 2 == 0});
    }
    return all;
  }

 private:
  [[nodiscard]] std::uint64_t wide() const { return has(Mode::wideIds) ? 0x8000000100000000 : 0; }

  /// An address of a tunnel's subnet in a family: of the subnet itself, or turned into that family.
  static Address subnet(const ConditionValue& value, IpVersion version) {
    Address address{};
    if (value.type == DataType::v6AddrMask) {
      if (version == IpVersion::v6) return value.v6AddrMask.addr;
      std::copy(value.v6AddrMask.addr.begin() + 12, value.v6AddrMask.addr.end(), address.begin());
      return address;
    }
    if (version == IpVersion::v6) address = {0x20, 0x01, 0x0d, 0xb8};
    for (std::size_t i = 0; i < 4; ++i)
      address[i + (version == IpVersion::v6 ? 12 : 0)] =
          static_cast<std::uint8_t>(value.v4AddrMask.addr >> (24 - 8 * i));
    return address;
  }
  static EventHeader gateways(IpVersion version) {
    return header_for(version == IpVersion::v6 ? v6_tunnel() : v4_tunnel());
  }
  static IpVersion family(const Event& event) {
    return event.localSubNet.type == DataType::v6AddrMask ? IpVersion::v6 : IpVersion::v4;
  }
  /// The addresses of a header in a family: a tunnel's subnets, if they are of that family.
  [[nodiscard]] EventHeader addresses(const Event& event, IpVersion version, IpVersion of_subnets) const {
    EventHeader header = gateways(version);
    if (!has(Mode::subnetHeaders) || event.saTrafficType != TrafficType::tunnel || version != of_subnets) return header;
    header.localAddr = subnet(event.localSubNet, version);
    header.remoteAddr = subnet(event.remoteSubNet, version);
    return header;
  }
  [[nodiscard]] EventHeader default_header(const Event& event) const {
    EventHeader header = addresses(event, family(event), family(event));
    if (has(Mode::subnetHeaders)) header.ipProtocol = std::uint8_t{17};
    return header;
  }
  void turn(EventHeader& header, const Event& event) const {
    header.ipVersion = header.ipVersion == IpVersion::v6 ? IpVersion::v4 : IpVersion::v6;
    const EventHeader other =
        addresses(event, *header.ipVersion, family(event) == IpVersion::v6 ? IpVersion::v4 : IpVersion::v6);
    header.localAddr = other.localAddr;
    header.remoteAddr = other.remoteAddr;
  }
};

// Templates
// ---------------------------------------------------------------------------------------------------------------

/// What an enumeration or a subscription asks for.
struct Choice {
  static constexpr int kinds = 10;
  int kind = 0;           // 0: no condition
  bool is_other = false;  // another comparison or value than the usual one
  std::uint64_t start = 0, end = 0;
};

/// The choice as a template.
class Template {
 public:
  explicit Template(const Choice& choice) {
    all.startTime = {static_cast<DWORD>(choice.start), static_cast<DWORD>(choice.start >> 32)};
    all.endTime = {static_cast<DWORD>(choice.end), static_cast<DWORD>(choice.end >> 32)};
    all.filterCondition = conditions_;
    const FWP_MATCH_TYPE equal = choice.is_other ? FWP_MATCH_NOT_EQUAL : FWP_MATCH_EQUAL;
    switch (choice.kind) {
      case 1: add(FWPM_CONDITION_IP_LOCAL_PORT, equal, FWP_UINT16).uint16 = 500; break;
      case 2:
        range_.valueLow.type = range_.valueHigh.type = FWP_UINT16;
        range_.valueLow.uint16 = 500;
        range_.valueHigh.uint16 = 501;
        add(FWPM_CONDITION_IP_LOCAL_PORT, choice.is_other ? FWP_MATCH_NOT_EQUAL : FWP_MATCH_RANGE, FWP_RANGE_TYPE)
            .rangeValue = &range_;
        break;
      case 3:
        v6_ = {{0x20, 0x01, 0x0d, 0xb8, 1}, static_cast<UINT8>(choice.is_other ? 32 : 33)};
        add(FWPM_CONDITION_IP_LOCAL_ADDRESS, FWP_MATCH_EQUAL, FWP_V6_ADDR_MASK).v6AddrMask = &v6_;
        break;
      case 4:
        v4_ = {0x0a010203, choice.is_other ? 0xffffff00 : 0xffffff80};
        add(FWPM_CONDITION_IP_REMOTE_ADDRESS, FWP_MATCH_EQUAL, FWP_V4_ADDR_MASK).v4AddrMask = &v4_;
        break;
      case 5:
        add(FWPM_CONDITION_IP_PROTOCOL, choice.is_other ? FWP_MATCH_GREATER : FWP_MATCH_LESS_OR_EQUAL, FWP_UINT8)
            .uint8 = 16;
        break;
      case 6:
        blob_ = {8, reinterpret_cast<UINT8*>(path_)};
        add(FWPM_CONDITION_ALE_APP_ID, equal, FWP_BYTE_BLOB_TYPE).byteBlob = &blob_;
        break;
      case 7: add(FWPM_CONDITION_ALE_USER_ID, equal, FWP_SID).sid = reinterpret_cast<SID*>(user_); break;
      case 8: add(FWPM_CONDITION_NET_EVENT_TYPE, equal, FWP_UINT32).uint32 = 1; break;
      case 9:
        add(FWPM_CONDITION_IP_LOCAL_PORT, FWP_MATCH_GREATER_OR_EQUAL, FWP_UINT16).uint16 = 501;
        add(FWPM_CONDITION_IP_PROTOCOL, equal, FWP_UINT8).uint8 = 17;
        break;
      default: break;
    }
  }
  Template(const Template&) = delete;
  Template& operator=(const Template&) = delete;

  FWPM_NET_EVENT_ENUM_TEMPLATE0 all{};

 private:
  FWP_CONDITION_VALUE0& add(const GUID& field, FWP_MATCH_TYPE match, FWP_DATA_TYPE type) {
    FWPM_FILTER_CONDITION0& condition = conditions_[all.numFilterConditions++];
    condition.fieldKey = field;
    condition.matchType = match;
    condition.conditionValue.type = type;
    return condition.conditionValue;
  }

  FWPM_FILTER_CONDITION0 conditions_[2] = {};
  FWP_RANGE0 range_{};
  FWP_V4_ADDR_AND_MASK v4_{};
  FWP_V6_ADDR_AND_MASK v6_{};
  FWP_BYTE_BLOB blob_{};
  char16_t path_[4] = {u'a', u'p', u'p', 0};
  alignas(SID) std::uint8_t user_[16] = {1, 2, 0, 0, 0, 0, 0, 5, 32, 0, 0, 0, 0x20, 2, 0, 0};
};

inline bool takes(const Choice& choice, const Logged& event) {
  return matcher::selects(Template(choice).all, event.told(5).seen);
}

}  // namespace qmforge::wfp::model
