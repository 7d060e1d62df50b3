#include "record.h"

#include <string>

#include "event_image.h"

namespace qmforge::wfp {
namespace {

/// An address as the header's union holds it.
std::array<std::uint8_t, 16> as_in_header(const std::array<std::uint8_t, 16>& address, IpVersion version) {
  if (version == IpVersion::v6) return address;
  const std::uint32_t host_order = static_cast<std::uint32_t>(address[0]) << 24 |
                                   static_cast<std::uint32_t>(address[1]) << 16 |
                                   static_cast<std::uint32_t>(address[2]) << 8 | address[3];
  std::array<std::uint8_t, 16> result{};
  std::memcpy(result.data(), &host_order, sizeof(host_order));
  return result;
}

/// Sets `flag` and gives the value if there is one.
template <class T>
T take(const std::optional<T>& value, std::uint32_t flag, std::uint32_t& flags) {
  if (!value) return T{};
  flags |= flag;
  return *value;
}

std::uint32_t append_sid_if(Image& image, const std::optional<Sid>& sid, std::uint32_t flag, std::uint32_t& flags) {
  if (!sid) return none;
  flags |= flag;
  return append_sid(image, *sid);
}

std::uint32_t append_text_if(Image& image, const std::optional<std::u16string>& text, std::uint32_t flag,
                             std::uint32_t& flags) {
  if (!text) return none;
  flags |= flag;
  return append_string(image, Utf16View(std::span(text->data(), text->size())));
}

/// The size of a string in a blob, its NUL included.
std::uint32_t blob_size(const std::optional<std::u16string>& text) {
  return text ? static_cast<std::uint32_t>(2 * (text->size() + 1)) : 0;
}

}  // namespace

std::vector<std::byte> make_record(Draft draft) {
  const EventHeader& header = draft.header;
  auto record = zeroed<Record>();
  std::uint32_t& flags = record.flags;
  record.type = static_cast<std::uint32_t>(draft.type);
  record.has_time_stamp = header.timeStamp.has_value();
  record.timeStamp = header.timeStamp.value_or(0);
  record.ipVersion = FWP_IP_VERSION_NONE;
  record.addressFamily = FWP_AF_NONE;
  if (header.ipVersion) {
    const bool v6 = *header.ipVersion == IpVersion::v6;
    flags |= FWPM_NET_EVENT_FLAG_IP_VERSION_SET;
    record.ipVersion = v6 ? FWP_IP_VERSION_V6 : FWP_IP_VERSION_V4;
    record.addressFamily = v6 ? FWP_AF_INET6 : FWP_AF_INET;
    record.localAddr =
        as_in_header(take(header.localAddr, FWPM_NET_EVENT_FLAG_LOCAL_ADDR_SET, flags), *header.ipVersion);
    record.remoteAddr =
        as_in_header(take(header.remoteAddr, FWPM_NET_EVENT_FLAG_REMOTE_ADDR_SET, flags), *header.ipVersion);
  }
  record.ipProtocol = take(header.ipProtocol, FWPM_NET_EVENT_FLAG_IP_PROTOCOL_SET, flags);
  record.localPort = take(header.localPort, FWPM_NET_EVENT_FLAG_LOCAL_PORT_SET, flags);
  record.remotePort = take(header.remotePort, FWPM_NET_EVENT_FLAG_REMOTE_PORT_SET, flags);
  record.scopeId = take(header.scopeId, FWPM_NET_EVENT_FLAG_SCOPE_ID_SET, flags);
  record.policyFlags = take(header.policyFlags, FWPM_NET_EVENT_FLAG_POLICY_FLAGS_SET, flags);
  Image& image = draft.image;
  record.userId = append_sid_if(image, header.userId, FWPM_NET_EVENT_FLAG_USER_ID_SET, flags);
  record.packageSid = append_sid_if(image, header.packageSid, FWPM_NET_EVENT_FLAG_PACKAGE_ID_SET, flags);
  record.appId = append_text_if(image, header.appId, FWPM_NET_EVENT_FLAG_APP_ID_SET, flags);
  record.app_id_size = blob_size(header.appId);
  record.enterpriseId = append_text_if(image, header.enterpriseId, FWPM_NET_EVENT_FLAG_ENTERPRISE_ID_SET, flags);
  record.effectiveName = append_text_if(image, header.effectiveName, FWPM_NET_EVENT_FLAG_EFFECTIVE_NAME_SET, flags);
  record.effective_name_size = blob_size(header.effectiveName);
  if (header.flags) flags = *header.flags;
  record.modes = draft.modes.bits();
  record.has_body = draft.has_body;
  record.garbage_at = draft.garbage_at;
  record.garbage_size = draft.garbage_size;
  record.image_size = static_cast<std::uint32_t>(image.bytes.size());
  record.pointer_count = static_cast<std::uint32_t>(image.pointers.size());

  const std::size_t pointers = Record::pointers_size(image.pointers.size());
  std::vector<std::byte> bytes(sizeof(Record) + pointers + (image.bytes.size() + 7) / 8 * 8);
  std::memcpy(bytes.data(), &record, sizeof(record));
  if (!image.pointers.empty())
    std::memcpy(bytes.data() + sizeof(Record), image.pointers.data(), image.pointers.size() * 4);
  if (!image.bytes.empty())
    std::memcpy(bytes.data() + sizeof(Record) + pointers, image.bytes.data(), image.bytes.size());
  return bytes;
}

}  // namespace qmforge::wfp
