// The members of the event.
#include <algorithm>

#include "grammar.h"
#include "qmforge/sim/expected.h"

namespace qmforge::sim {
namespace {

// An invalid value of an enumeration; neighbours of the valid values are the simplest.
std::uint32_t out_of_range(Choices& choices, std::uint32_t max_member) {
  switch (choices.choose(6)) {
    case 0: return max_member;
    case 1: return max_member + 1;
    case 2: return 0xffffffff;
    case 3: return 0x80000000;
    case 4: return 0x7fffffff;
    default: return max_member + static_cast<std::uint32_t>(choices.choose(~std::uint32_t{0} - max_member));
  }
}

}  // namespace

template <class Enum>
Enum Grammar::enumeration(Question question) {
  if (is_any() && contents_ == Contents::arbitrary && choices_.one_in(12))
    return static_cast<Enum>(out_of_range(choices_, member_count<Enum>));
  return static_cast<Enum>(choices_.choose(member_count<Enum>, question));
}

TrafficType Grammar::traffic_type() {
  if (profile_.traffic_type) return *profile_.traffic_type;
  if (is_any() && profile_.unencodable && choices_.one_in(12))
    return static_cast<TrafficType>(out_of_range(choices_, member_count<TrafficType>));
  return static_cast<TrafficType>(choices_.choose(member_count<TrafficType>, Question::trafficType));
}

std::uint32_t Grammar::error_code() {
  constexpr std::uint32_t first_ipsec_error = 13801;
  constexpr std::array markers = {13800U, 13897U, 13909U};
  if (contents_ == Contents::fixed) return 13806;
  std::uint32_t code = 0;
  if (contents_ == Contents::edges) {
    code = edge_error_code(choices_);
  } else {
    switch (choices_.choose(7, Question::errorCode)) {
      case 0: code = first_ipsec_error + static_cast<std::uint32_t>(choices_.choose(96)); break;
      case 1: code = 13800 + static_cast<std::uint32_t>(choices_.choose(200)); break;
      case 2: code = static_cast<std::uint32_t>(choices_.bits(16)); break;
      case 3: code = 0x80070000U | static_cast<std::uint32_t>(choices_.bits(16)); break;
      case 4: code = choices_.one_of(markers); break;
      case 5: code = 0; break;
      default: code = static_cast<std::uint32_t>(choices_.integer(32));
    }
  }
  return is_clean() && is_suspect_error_code(code) ? first_ipsec_error : code;
}

std::uint32_t edge_error_code(Choices& choices) {
  constexpr std::array<std::uint32_t, 12> edges = {13801, 0,     13800, 13897, 13909,      13799,
                                                   13896, 13898, 13908, 13910, 0x80004005, 0xffffffff};
  return choices.one_of(edges);
}

Guid Grammar::guid() {
  const auto bytes = array<16>();
  Guid guid;
  guid.data1 = std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
               std::uint32_t{bytes[3]} << 24;
  guid.data2 = static_cast<std::uint16_t>(bytes[4] | bytes[5] << 8);
  guid.data3 = static_cast<std::uint16_t>(bytes[6] | bytes[7] << 8);
  std::copy_n(bytes.begin() + 8, 8, guid.data4.begin());
  return guid;
}

Event Grammar::event() {
  Event event;
  event.revision = profile_.revision ? *profile_.revision : static_cast<Revision>(choices_.coin(Question::revision));
  event.saTrafficType = traffic_type();
  event.failureErrorCode = error_code();
  event.failurePoint = enumeration<FailurePoint>(Question::failurePoint);
  event.keyingModuleType = enumeration<KeyModuleType>(Question::keyingModuleType);
  event.qmState = enumeration<QmSaState>(Question::qmState);
  event.saRole = enumeration<SaRole>(Question::saRole);
  event.qmFilterId = scalar(64);
  if (event.revision == Revision::r1) {
    event.mmSaLuid = scalar(64);
    event.mmProviderContextKey = guid();
  } else {
    event.mmSaLuid = 0;
    event.mmProviderContextKey = {};
  }
  if (event.has_subnets()) {
    event.localSubNet = subnet(Subnet::local, profile_.local_type);
    const bool same_family = is_clean() && !profile_.remote_type;
    event.remoteSubNet = subnet(Subnet::remote, same_family ? event.localSubNet.type : profile_.remote_type);
  } else {
    event.localSubNet = ConditionValue(DataType::empty);
    event.remoteSubNet = ConditionValue(DataType::empty);
  }
  return event;
}

Event generate(Choices& choices, const Profile& profile, std::pmr::memory_resource& storage) {
  return Grammar(choices, profile, storage).event();
}

}  // namespace qmforge::sim
