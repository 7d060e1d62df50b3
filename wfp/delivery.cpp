#include "delivery.h"

#include "event_image.h"
#include "garbage.h"

namespace qmforge::wfp {
namespace {

constexpr std::size_t forbidden_gap = 16;
constexpr std::size_t private_size = 64;  // Mode::privateFields
constexpr unsigned newest_version = 5;

constexpr std::size_t event_sizes[] = {sizeof(FWPM_NET_EVENT0), sizeof(FWPM_NET_EVENT1), sizeof(FWPM_NET_EVENT2),
                                       sizeof(FWPM_NET_EVENT3), sizeof(FWPM_NET_EVENT4), sizeof(FWPM_NET_EVENT5)};

std::size_t rounded(std::size_t size) { return (size + 7) / 8 * 8; }

/// The size of FWPM_NET_EVENT<version> with the private bytes after it.
std::size_t structure_size(const Record& record, unsigned version) {
  return rounded(event_sizes[version]) + (ModeSet(record.modes).contains(Mode::privateFields) ? private_size : 0);
}

/// A pointer to an offset of the image.
template <class T>
T* pointer(std::byte* image, std::uint32_t offset) {
  return offset == none ? nullptr : reinterpret_cast<T*>(image + offset);
}

/// The flags of members that a header has: those up to the last of HEADER0, HEADER2, HEADER3.
template <class Header>
constexpr std::uint32_t known_flags = requires(Header h) { h.enterpriseId; } ? 0x3fff
                                      : requires(Header h) { h.packageSid; } ? 0x07ff
                                                                             : 0x03ff;

template <class Header>
Header make_header(const Record& record, std::byte* image) {
  auto header = zeroed<Header>();
  header.timeStamp.dwLowDateTime = static_cast<DWORD>(record.timeStamp);
  header.timeStamp.dwHighDateTime = static_cast<DWORD>(record.timeStamp >> 32);
  header.flags = record.flags & known_flags<Header>;
  header.ipVersion = static_cast<FWP_IP_VERSION>(record.ipVersion);
  header.ipProtocol = record.ipProtocol;
  std::memcpy(&header.localAddrV6, record.localAddr.data(), record.localAddr.size());
  std::memcpy(&header.remoteAddrV6, record.remoteAddr.data(), record.remoteAddr.size());
  header.localPort = record.localPort;
  header.remotePort = record.remotePort;
  header.scopeId = record.scopeId;
  header.appId.size = record.app_id_size;
  header.appId.data = pointer<UINT8>(image, record.appId);
  header.userId = pointer<SID>(image, record.userId);
  if constexpr (requires { header.addressFamily; }) header.addressFamily = static_cast<FWP_AF>(record.addressFamily);
  if constexpr (requires { header.packageSid; }) header.packageSid = pointer<SID>(image, record.packageSid);
  if constexpr (requires { header.enterpriseId; }) {
    header.enterpriseId = pointer<WCHAR>(image, record.enterpriseId);
    header.policyFlags = record.policyFlags;
    header.effectiveName.size = record.effective_name_size;
    header.effectiveName.data = pointer<UINT8>(image, record.effectiveName);
  }
  return header;
}

template <class NetEvent>
void place_event(std::byte* at, const Record& record, std::byte* image) {
  auto event = zeroed<NetEvent>();
  event.header = make_header<decltype(event.header)>(record, image);
  event.type = static_cast<FWPM_NET_EVENT_TYPE>(record.type);
  if (record.has_body) event.ikeQmFailure = pointer<std::remove_pointer_t<decltype(event.ikeQmFailure)>>(image, 0);
  std::memcpy(at, &event, sizeof(event));
}

}  // namespace

std::size_t placed_size(const Record& record, unsigned version) {
  return structure_size(record, version) + rounded(record.image_size) + forbidden_gap;
}

void place(std::byte* at, const Record& record, unsigned version) {
  std::byte* const image = at + structure_size(record, version);
  switch (version) {
    case 0: place_event<FWPM_NET_EVENT0>(at, record, image); break;
    case 1: place_event<FWPM_NET_EVENT1>(at, record, image); break;
    case 2: place_event<FWPM_NET_EVENT2>(at, record, image); break;
    case 3: place_event<FWPM_NET_EVENT3>(at, record, image); break;
    case 4: place_event<FWPM_NET_EVENT4>(at, record, image); break;
    default: place_event<FWPM_NET_EVENT5>(at, record, image); break;
  }
  if (ModeSet(record.modes).contains(Mode::privateFields)) forbid(image - private_size, private_size);
  if (record.image_size != 0) std::memcpy(image, record.image(), record.image_size);

  // The body of an older version lacks the last members of the newest one's, so the pointers in these are not valid.
  const auto type = static_cast<FWPM_NET_EVENT_TYPE>(record.type);
  const std::size_t shown = record.has_body ? body_size(type, version) : 0;
  const std::size_t whole = record.has_body ? body_size(type, newest_version) : 0;
  for (const std::uint32_t slot : record.pointers())
    if (slot < shown || slot >= whole) relocate(image + slot, image);
  if (shown < whole) forbid(image + shown, whole - shown);
  if (record.garbage_size != 0) forbid(image + record.garbage_at, record.garbage_size);
  std::byte* const end = image + record.image_size;
  forbid(end, static_cast<std::size_t>(at + placed_size(record, version) - end));
}

std::size_t batch_size(std::span<const Record* const> records, unsigned version) {
  std::size_t size = rounded(records.size() * sizeof(void*)) + forbidden_gap;
  for (const Record* record : records) size += placed_size(*record, version);
  return size;
}

void place_batch(std::byte* at, std::span<const Record* const> records, unsigned version) {
  std::byte* event = at + rounded(records.size() * sizeof(void*)) + forbidden_gap;
  for (std::size_t i = 0; i < records.size(); ++i) {
    std::memcpy(at + i * sizeof(void*), static_cast<const void*>(&event), sizeof(void*));
    place(event, *records[i], version);
    event += placed_size(*records[i], version);
  }
  std::byte* const end_of_array = at + records.size() * sizeof(void*);
  forbid(end_of_array, rounded(records.size() * sizeof(void*)) + forbidden_gap - records.size() * sizeof(void*));
}

}  // namespace qmforge::wfp
