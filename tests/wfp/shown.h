// What a program must see of a header that was fed, in each version of the structures; from docs/wfp.md and the
// comments of event_header.h.
#pragma once

#include <iterator>

#include "qmforge/wfp/event_header.h"
#include "seen.h"

namespace qmforge::wfp {

/// An address as the unions hold it: IPv4 in host order.
inline std::array<std::uint8_t, 16> address_in_union(const std::array<std::uint8_t, 16>& address, IpVersion version) {
  if (version == IpVersion::v6) return address;
  std::array<std::uint8_t, 16> bytes{};
  const std::uint32_t host_order = std::uint32_t{address[0]} << 24 | std::uint32_t{address[1]} << 16 |
                                   std::uint32_t{address[2]} << 8 | std::uint32_t{address[3]};
  std::memcpy(bytes.data(), &host_order, 4);
  return bytes;
}

/// A text in a blob: its NUL is part of it.
inline std::vector<std::uint8_t> blob_of(const std::u16string& text) {
  std::vector<std::uint8_t> bytes(2 * text.size() + 2);
  std::memcpy(bytes.data(), text.c_str(), bytes.size());
  return bytes;
}

inline std::vector<std::uint8_t> sid_bytes(const Sid& sid) {
  std::vector<std::uint8_t> bytes = {sid.revision, static_cast<std::uint8_t>(sid.subAuthority.size())};
  bytes.insert(bytes.end(), std::begin(sid.identifierAuthority), std::end(sid.identifierAuthority));
  for (std::uint32_t i = 0; i < sid.subAuthority.size(); ++i)
    for (unsigned shift = 0; shift < 32; shift += 8)
      bytes.push_back(static_cast<std::uint8_t>(sid.subAuthority[i] >> shift));
  return bytes;
}

/// The header of FWPM_NET_EVENT<version>. `clock` is the fake's time, for a header without one of its own.
inline Seen shown(const EventHeader& header, unsigned version, std::uint64_t clock,
                  std::uint32_t type = FWPM_NET_EVENT_TYPE_IKEEXT_QM_FAILURE) {
  Seen seen;
  seen.timeStamp = header.timeStamp.value_or(clock);
  seen.type = type;
  seen.ipVersion = FWP_IP_VERSION_NONE;
  seen.addressFamily = FWP_AF_NONE;
  std::uint32_t flags = 0;
  const auto show = [&flags](std::uint32_t its_flag, const auto& member, auto set) {
    if (!member) return;
    flags |= its_flag;
    set(*member);
  };
  if (header.ipVersion) {
    flags |= flag::ip_version;
    const bool v6 = *header.ipVersion == IpVersion::v6;
    seen.ipVersion = v6 ? FWP_IP_VERSION_V6 : FWP_IP_VERSION_V4;
    seen.addressFamily = v6 ? FWP_AF_INET6 : FWP_AF_INET;
    show(flag::local_addr, header.localAddr,
         [&](const auto& value) { seen.localAddr = address_in_union(value, *header.ipVersion); });
    show(flag::remote_addr, header.remoteAddr,
         [&](const auto& value) { seen.remoteAddr = address_in_union(value, *header.ipVersion); });
  }
  show(flag::ip_protocol, header.ipProtocol, [&](std::uint8_t value) { seen.ipProtocol = value; });
  show(flag::local_port, header.localPort, [&](std::uint16_t value) { seen.localPort = value; });
  show(flag::remote_port, header.remotePort, [&](std::uint16_t value) { seen.remotePort = value; });
  show(flag::scope_id, header.scopeId, [&](std::uint32_t value) { seen.scopeId = value; });
  show(flag::app_id, header.appId, [&](const auto& value) { seen.appId = blob_of(value); });
  show(flag::user_id, header.userId, [&](const auto& value) { seen.userId = sid_bytes(value); });
  show(flag::package_id, header.packageSid, [&](const auto& value) { seen.packageSid = sid_bytes(value); });
  show(flag::enterprise_id, header.enterpriseId, [&](const auto& value) { seen.enterpriseId = value; });
  show(flag::policy_flags, header.policyFlags, [&](std::uint64_t value) { seen.policyFlags = value; });
  show(flag::effective_name, header.effectiveName, [&](const auto& value) { seen.effectiveName = blob_of(value); });
  seen.flags = header.flags.value_or(flags) & flags_of_version(version);
  // What the version's header has no member for.
  if (version == 0) seen.addressFamily = 0;
  if (version < 2) seen.packageSid = std::nullopt;
  if (version < 3) {
    seen.enterpriseId = std::nullopt;
    seen.policyFlags = 0;
    seen.effectiveName = std::nullopt;
  }
  return seen;
}

}  // namespace qmforge::wfp
