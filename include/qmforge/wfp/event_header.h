// The header of a net event.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "qmforge/views.h"

namespace qmforge::wfp {

enum class IpVersion : std::uint8_t { v4, v6 };

/// The header of a net event. A member without a value has its flag off and its bytes zero.
struct EventHeader {
  std::optional<std::uint32_t> flags;                     // replaces the flags that follow from the members
  std::optional<std::uint64_t> timeStamp;                 // 100 ns since 1601; without one, the fake's clock
  std::optional<IpVersion> ipVersion;                     // without it, the addresses are not set either
  std::optional<std::array<std::uint8_t, 16>> localAddr;  // network order; of an IPv4 address the first four bytes
  std::optional<std::array<std::uint8_t, 16>> remoteAddr;
  std::optional<std::uint8_t> ipProtocol;
  std::optional<std::uint16_t> localPort;
  std::optional<std::uint16_t> remotePort;
  std::optional<std::uint32_t> scopeId;
  std::optional<std::u16string> appId;  // without its NUL
  std::optional<Sid> userId;
  std::optional<Sid> packageSid;               // from FWPM_NET_EVENT2 on
  std::optional<std::u16string> enterpriseId;  // this and the next two: from FWPM_NET_EVENT3 on
  std::optional<std::uint64_t> policyFlags;
  std::optional<std::u16string> effectiveName;
};

}  // namespace qmforge::wfp
