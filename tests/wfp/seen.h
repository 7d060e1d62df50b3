// A net event as a program sees it, whatever the version of its structure: what tests compare.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "qmforge/wfp/fwpmu.h"

namespace qmforge::wfp {

/// FWPM_NET_EVENT_FLAG_…, as Windows' documentation has them.
namespace flag {
inline constexpr std::uint32_t ip_protocol = 0x1, local_addr = 0x2, remote_addr = 0x4, local_port = 0x8,
                               remote_port = 0x10, app_id = 0x20, user_id = 0x40, scope_id = 0x80, ip_version = 0x100,
                               reauth_reason = 0x200, package_id = 0x400, enterprise_id = 0x800, policy_flags = 0x1000,
                               effective_name = 0x2000;
}  // namespace flag

/// The flags that the header of FWPM_NET_EVENT<version> has: HEADER0 and 1, HEADER2, HEADER3 (docs/wfp.md).
[[nodiscard]] constexpr std::uint32_t flags_of_version(unsigned version) {
  constexpr std::uint32_t flags[] = {0x3ff, 0x3ff, 0x7ff, 0x3fff, 0x3fff, 0x3fff};
  return flags[version];
}

/// Everything that a header and a type can say. A pointer's bytes, or nothing for NULL; a member that the version of
/// the structure does not have is nothing, or zero.
struct Seen {
  std::uint64_t timeStamp = 0;
  std::uint32_t flags = 0;
  std::uint32_t ipVersion = 0;
  std::uint32_t addressFamily = 0;
  std::uint8_t ipProtocol = 0;
  std::array<std::uint8_t, 16> localAddr{}, remoteAddr{};  // the unions' bytes
  std::uint16_t localPort = 0, remotePort = 0;
  std::uint32_t scopeId = 0;
  std::optional<std::vector<std::uint8_t>> appId, userId, packageSid, effectiveName;
  std::optional<std::u16string> enterpriseId;
  std::uint64_t policyFlags = 0;
  std::uint32_t type = 0;

  bool operator==(const Seen&) const = default;
};

inline std::optional<std::vector<std::uint8_t>> bytes_of(const FWP_BYTE_BLOB& blob) {
  if (blob.data == nullptr) return std::nullopt;
  return std::vector<std::uint8_t>(blob.data, blob.data + blob.size);
}

/// Revision, count, authority, and four bytes for each sub-authority.
inline std::optional<std::vector<std::uint8_t>> bytes_of(const SID* sid) {
  if (sid == nullptr) return std::nullopt;
  std::vector<std::uint8_t> bytes(8 + std::size_t{4} * sid->SubAuthorityCount);
  std::memcpy(bytes.data(), sid, bytes.size());
  return bytes;
}

template <class NetEvent>
Seen seen_of(const NetEvent& event) {
  const auto& header = event.header;
  Seen seen;
  seen.timeStamp = static_cast<std::uint64_t>(header.timeStamp.dwHighDateTime) << 32 | header.timeStamp.dwLowDateTime;
  seen.flags = header.flags;
  seen.ipVersion = static_cast<std::uint32_t>(header.ipVersion);
  seen.ipProtocol = header.ipProtocol;
  std::memcpy(seen.localAddr.data(), &header.localAddrV6, 16);
  std::memcpy(seen.remoteAddr.data(), &header.remoteAddrV6, 16);
  seen.localPort = header.localPort;
  seen.remotePort = header.remotePort;
  seen.scopeId = header.scopeId;
  seen.appId = bytes_of(header.appId);
  seen.userId = bytes_of(header.userId);
  if constexpr (requires { header.addressFamily; })
    seen.addressFamily = static_cast<std::uint32_t>(header.addressFamily);
  if constexpr (requires { header.packageSid; }) seen.packageSid = bytes_of(header.packageSid);
  if constexpr (requires { header.enterpriseId; }) {
    if (header.enterpriseId != nullptr) seen.enterpriseId = header.enterpriseId;
    seen.policyFlags = header.policyFlags;
    seen.effectiveName = bytes_of(header.effectiveName);
  }
  seen.type = static_cast<std::uint32_t>(event.type);
  return seen;
}

}  // namespace qmforge::wfp
