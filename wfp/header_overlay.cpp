#include "header_overlay.h"

#include <cstring>
#include <string>

#include "documentation_addresses.h"
#include "event/json/node.h"
#include "event/json/unicode.h"
#include "header_defaults.h"
#include "qmforge/text.h"

namespace qmforge::wfp {
namespace {

using json::Node;

struct ParsedAddress {
  Address bytes;
  IpVersion version;
};

ParsedAddress read_address(const Node& node) {
  const std::string_view text = node.string();
  if (const auto v4 = v4_from_text(text)) return {network_order(*v4), IpVersion::v4};
  if (const auto v6 = v6_from_text(text)) return {*v6, IpVersion::v6};
  node.fail_as("must be null or an address such as \"192.0.2.1\" or \"2001:db8::1\"");
}

IpVersion read_version(const Node& node) {
  const std::string_view text = node.is_string() ? node.string() : std::string_view();
  if (text == "FWP_IP_VERSION_V4") return IpVersion::v4;
  if (text == "FWP_IP_VERSION_V6") return IpVersion::v6;
  node.fail_as("must be null, \"FWP_IP_VERSION_V4\" or \"FWP_IP_VERSION_V6\"");
}

std::u16string read_text(const Node& node) { return json::to_utf16(node.string()); }

}  // namespace

HeaderOverlay::HeaderOverlay(const Node& object) : storage_(std::make_shared<std::pmr::monotonic_buffer_resource>()) {
  object.has_only({"timeStamp", "flags", "ipVersion", "localAddr", "remoteAddr", "ipProtocol", "localPort",
                   "remotePort", "scopeId", "appId", "userId", "packageSid", "enterpriseId", "policyFlags",
                   "effectiveName"});
  // Sets what `read` gives, or nothing for null.
  const auto member = [&](std::string_view key, auto EventHeader::* where, auto read) {
    const auto node = object.member_if_any(key);
    if (!node) return;
    std::remove_reference_t<decltype(std::declval<EventHeader>().*where)> value;
    if (!node->is_null()) value = read(*node);
    members_.push_back([where, value](EventHeader& header) { header.*where = value; });
  };
  const auto sid = [this](const Node& node) {
    if (const auto read = sid_from_text(node.string(), *storage_)) return *read;
    node.fail_as("must be null or a SID such as \"S-1-5-32-544\"");
  };
  const auto address = [this](const Node& node) {
    const ParsedAddress read = read_address(node);
    if (version_ && *version_ != read.version)
      node.fail_as("must be of the family of the other address and of ipVersion");
    version_ = read.version;
    return read.bytes;
  };
  member("ipVersion", &EventHeader::ipVersion, [this](const Node& node) { return *(version_ = read_version(node)); });
  member("localAddr", &EventHeader::localAddr, address);
  member("remoteAddr", &EventHeader::remoteAddr, address);
  member("timeStamp", &EventHeader::timeStamp, [](const Node& node) { return node.decimal<std::uint64_t>(); });
  member("flags", &EventHeader::flags, [](const Node& node) { return node.number<std::uint32_t>(); });
  member("ipProtocol", &EventHeader::ipProtocol, [](const Node& node) { return node.number<std::uint8_t>(); });
  member("localPort", &EventHeader::localPort, [](const Node& node) { return node.number<std::uint16_t>(); });
  member("remotePort", &EventHeader::remotePort, [](const Node& node) { return node.number<std::uint16_t>(); });
  member("scopeId", &EventHeader::scopeId, [](const Node& node) { return node.number<std::uint32_t>(); });
  member("appId", &EventHeader::appId, read_text);
  member("userId", &EventHeader::userId, sid);
  member("packageSid", &EventHeader::packageSid, sid);
  member("enterpriseId", &EventHeader::enterpriseId, read_text);
  member("policyFlags", &EventHeader::policyFlags, [](const Node& node) { return node.decimal<std::uint64_t>(); });
  member("effectiveName", &EventHeader::effectiveName, read_text);
}

EventHeader HeaderOverlay::header(const Event* event, const ModeSet& modes) const {
  const IpVersion version = version_ ? *version_ : event != nullptr ? family_of(*event) : IpVersion::v4;
  EventHeader header =
      event != nullptr && modes.contains(Mode::subnetHeaders) ? subnet_header(*event, version) : header_in(version);
  for (const auto& member : members_) member(header);
  return header;
}

}  // namespace qmforge::wfp
